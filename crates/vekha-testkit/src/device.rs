use crate::{City, TestHost};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use vekha_app::{App, CommandError, Host, Notification};

/// A resident's device: the real app with its own folder, which outlives the app like a disk does.
pub struct Device {
    pub host: Arc<TestHost>,
    app: Option<Arc<App>>,
    data: TempDir,
}

impl Device {
    /// # Panics
    /// The app does not start.
    pub async fn of(resident: &str, city: &City) -> Self {
        let data = TempDir::new().expect("a folder");
        let host = TestHost::new(resident, &city.url, city.now, data.path().join("downloads"));
        let mut device = Self {
            host,
            app: None,
            data,
        };
        device.start().await;
        device
    }

    /// A device that is signed in and has read everything once.
    ///
    /// # Panics
    /// The city does not let the resident in.
    pub async fn signed_in(resident: &str, city: &City) -> Self {
        Self::signed_in_at("demo", resident, city).await
    }

    /// The same, at an address of the city's that may not be its own.
    ///
    /// # Panics
    /// The city does not let the resident in.
    pub async fn signed_in_at(address: &str, resident: &str, city: &City) -> Self {
        let device = Self::of(resident, city).await;
        device
            .call("connect_city", json!({"address": address}))
            .await;
        device.sign_in().await;
        device
    }

    /// Signs in, and waits for the first sync.
    ///
    /// # Panics
    /// The city does not let the resident in.
    pub async fn sign_in(&self) {
        self.call("sign_in", json!({})).await;
        self.until("session", json!({}), "signed in and synced", |it| {
            it["as_of"].is_string() && it["state"] != "signing_in"
        })
        .await;
    }

    /// # Panics
    /// The app does not start.
    pub async fn start(&mut self) {
        self.restart().await.expect("the app starts");
    }

    /// # Errors
    /// Why the app does not start.
    pub async fn restart(&mut self) -> Result<(), CommandError> {
        self.app = Some(self.second().await?);
        Ok(())
    }

    /// Another app over the same folder, as somebody starts who does not see the open window.
    ///
    /// # Errors
    /// Why it does not start.
    pub async fn second(&self) -> Result<Arc<App>, CommandError> {
        App::start(Arc::clone(&self.host) as Arc<dyn Host>, self.data.path()).await
    }

    /// Ends the app without a word, as a crash would.
    ///
    /// # Panics
    /// Something keeps the app alive that nobody holds.
    pub fn kill(&mut self) {
        drop(self.app.take());
        // Its tasks let go of it and of its files on other threads, each in a moment.
        let began = Instant::now();
        while App::is_open(self.data.path()) || self.log_is_open() {
            assert!(
                began.elapsed() < Duration::from_secs(5),
                "the app does not end"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// The database's log lies beside it as long as somebody has it open.
    fn log_is_open(&self) -> bool {
        let files = std::fs::read_dir(self.data.path().join("accounts"));
        let mut files = files.into_iter().flatten().filter_map(Result::ok);
        files.any(|it| {
            let name = it.file_name().to_string_lossy().into_owned();
            name.ends_with("-wal") && !name.contains(".damaged-")
        })
    }

    /// The app's folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// # Errors
    /// What the command says.
    ///
    /// # Panics
    /// The app was killed.
    pub async fn attempt(&self, name: &str, args: Value) -> Result<Value, CommandError> {
        self.app
            .as_ref()
            .expect("a running app")
            .call(name, args)
            .await
    }

    /// # Panics
    /// The command refuses.
    pub async fn call(&self, name: &str, args: Value) -> Value {
        match self.attempt(name, args).await {
            Ok(answer) => answer,
            Err(error) => panic!("{name}: {error}"),
        }
    }

    /// What a command without arguments answers.
    ///
    /// # Panics
    /// The command refuses.
    pub async fn read(&self, name: &str) -> Value {
        self.call(name, json!({})).await
    }

    /// All that the device knows, whatever it is about.
    ///
    /// # Panics
    /// The app refuses, or answers something else than groups of facts.
    pub async fn facts(&self) -> Vec<Value> {
        let groups = self
            .read("facts")
            .await
            .as_array()
            .cloned()
            .expect("groups");
        let of = |group: Value| group["facts"].as_array().cloned().expect("facts");
        groups.into_iter().flat_map(of).collect()
    }

    /// Asks until the answer holds, for at most fifteen seconds.
    ///
    /// # Panics
    /// It never did.
    pub async fn until(
        &self,
        name: &str,
        args: Value,
        what: &str,
        holds: impl Fn(&Value) -> bool,
    ) -> Value {
        let mut last = Value::Null;
        for _ in 0..600 {
            last = self.call(name, args.clone()).await;
            if holds(&last) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{what}: not within fifteen seconds; {name} last said {last:#}")
    }

    /// The offers on Today, once one's step ends like this.
    ///
    /// # Panics
    /// There is none within fifteen seconds.
    pub async fn offered(&self, step: &str) -> Value {
        let of_step = |it: &Value| it["id"].as_str().is_some_and(|id| id.ends_with(step));
        let find = |today: &Value| {
            let offers = today["offers"].as_array()?;
            offers.iter().find(|it| of_step(it)).cloned()
        };
        let today = self
            .until("today", json!({}), &format!("an offer of {step}"), |it| {
                find(it).is_some()
            })
            .await;
        find(&today).unwrap_or_default()
    }

    /// What was told outside the window, once it is this much.
    ///
    /// # Panics
    /// It is not, within fifteen seconds.
    pub async fn told(&self, many: usize) -> Vec<Notification> {
        for _ in 0..600 {
            let shown = self.host.shown();
            if shown.len() >= many {
                return shown;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!(
            "{many} notifications: not within fifteen seconds; {:?}",
            self.host.shown()
        )
    }

    /// Waits until this step of the resident's own path is in this state.
    ///
    /// # Panics
    /// It is not, within fifteen seconds.
    pub async fn until_state(&self, step: &str, state: &str) {
        let is_so = |path: &Value| states(path, step) == [state];
        self.until("path", json!({}), &format!("{step} is {state}"), is_so)
            .await;
    }

    /// The state of each step of the resident's own path whose id ends like this.
    ///
    /// # Panics
    /// The path cannot be read.
    pub async fn states(&self, step: &str) -> Vec<String> {
        states(&self.read("path").await, step)
    }

    /// The network of the device itself, off or on.
    ///
    /// # Panics
    /// The switch does not move.
    pub async fn set_offline(&self, offline: bool) {
        self.call("set_network", json!({"offline": offline})).await;
    }

    /// The disk has no room left for the account's data.
    ///
    /// # Panics
    /// Nobody is signed in.
    pub fn fill_disk(&self) {
        let app = self.app.as_ref().expect("a running app");
        app.fill_disk().expect("an account");
    }

    /// Lets the time to undo pass.
    pub fn wait_out_undo(&self) {
        self.host.advance(SignedDuration::from_secs(11));
    }
}

fn states(path: &Value, step: &str) -> Vec<String> {
    let runs = path["runs"].as_array().cloned().unwrap_or_default();
    let steps = runs
        .iter()
        .filter_map(|run| run["steps"].as_array())
        .flatten();
    steps
        .filter(|it| it["id"].as_str().is_some_and(|id| id.ends_with(step)))
        .filter_map(|it| it["state"].as_str().map(str::to_owned))
        .collect()
}
