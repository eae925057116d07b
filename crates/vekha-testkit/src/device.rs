use crate::{City, TestHost};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;
use vekha_app::{App, CommandError, Host};

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
        let device = Self::of(resident, city).await;
        device
            .call("connect_city", json!({"address": "demo"}))
            .await;
        device
            .call("sign_in", json!({"login_hint": resident}))
            .await;
        device
            .until("session", json!({}), "signed in and synced", |it| {
                it["as_of"].is_string()
            })
            .await;
        device
    }

    /// # Panics
    /// The app does not start.
    pub async fn start(&mut self) {
        let host = Arc::clone(&self.host) as Arc<dyn Host>;
        self.app = Some(
            App::start(host, self.data.path())
                .await
                .expect("the app starts"),
        );
    }

    /// Ends the app without a word, as a crash would.
    pub fn kill(&mut self) {
        self.app = None;
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
        for _ in 0..300 {
            last = self.call(name, args.clone()).await;
            if holds(&last) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{what}: not within fifteen seconds; {name} last said {last:#}")
    }

    /// Lets the time to undo pass.
    pub fn wait_out_undo(&self) {
        self.host.advance(SignedDuration::from_secs(11));
    }
}
