//! A device of Anna's: the real app over a folder that outlives it.

use crate::town::{Road, Town};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use vekha_app::{App, CommandError, Host, Network, Notification};
use vekha_protocol::RecordKind;

/// Monday morning, Moscow time.
pub const NOW: &str = "2026-11-23T10:00:00+03:00";

pub struct Pocket {
    town: Arc<Town>,
    folder: PathBuf,
    ahead: Mutex<SignedDuration>,
    secrets: Mutex<HashMap<String, String>>,
    /// Where set, the secrets open with these words only.
    passphrase: Mutex<Option<String>>,
    shown: Mutex<Vec<Notification>>,
}

impl Host for Pocket {
    fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(*self.ahead.lock().unwrap())
            .unwrap()
    }

    fn network(&self) -> Arc<dyn Network> {
        Arc::new(Road(Arc::clone(&self.town)))
    }

    fn demo_city(&self) -> Option<String> {
        None
    }

    fn open_url(&self, _: &str) -> Result<(), CommandError> {
        Ok(())
    }

    fn secret(&self, name: &str) -> Result<Option<String>, CommandError> {
        if self.passphrase.lock().unwrap().is_some() {
            return Err(CommandError::locked());
        }
        Ok(self.secrets.lock().unwrap().get(name).cloned())
    }

    fn set_secret(&self, name: &str, value: &str) -> Result<(), CommandError> {
        let mut secrets = self.secrets.lock().unwrap();
        secrets.insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    fn delete_secret(&self, name: &str) -> Result<(), CommandError> {
        self.secrets.lock().unwrap().remove(name);
        Ok(())
    }

    fn unlock(&self, passphrase: &str) -> Result<(), CommandError> {
        let mut words = self.passphrase.lock().unwrap();
        if words.as_deref().is_some_and(|it| it != passphrase) {
            return Err(CommandError::of("wrong-passphrase"));
        }
        *words = None;
        Ok(())
    }

    fn notify(&self, notification: Notification) {
        self.shown.lock().unwrap().push(notification);
    }

    fn retract(&self, _: &str) {}

    fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }
}

pub struct Device {
    pub host: Arc<Pocket>,
    app: Option<Arc<App>>,
    pub data: TempDir,
}

impl Device {
    /// Signed in, with everything the town knows so far.
    pub async fn signed_in(town: Arc<Town>) -> Self {
        let data = TempDir::new().unwrap();
        let now: Timestamp = NOW.parse().unwrap();
        let host = Arc::new(Pocket {
            town,
            folder: data.path().to_owned(),
            ahead: Mutex::new(now.duration_since(Timestamp::now())),
            secrets: Mutex::default(),
            passphrase: Mutex::default(),
            shown: Mutex::default(),
        });
        let mut device = Self {
            host,
            app: None,
            data,
        };
        device.start().await;
        device
            .call("connect_city", json!({"address": "city.example"}))
            .await;
        device.call("sign_in", json!({})).await;
        device
            .until("session", "a first sync", |it| it["as_of"].is_string())
            .await;
        device
    }

    pub async fn start(&mut self) {
        self.app = None;
        for _ in 0..200 {
            let host = Arc::clone(&self.host) as Arc<dyn Host>;
            match App::start(host, self.data.path()).await {
                Ok(app) => {
                    self.app = Some(app);
                    return;
                }
                // The last one is still letting go of the folder.
                Err(error) if error.code == "second-instance" => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
        panic!("the folder stays in use");
    }

    pub fn end(&self) {
        self.app.as_ref().unwrap().end();
    }

    pub fn lock_with(&self, passphrase: &str) {
        *self.host.passphrase.lock().unwrap() = Some(passphrase.to_owned());
    }

    pub fn advance(&self, by: SignedDuration) {
        *self.host.ahead.lock().unwrap() += by;
    }

    pub fn shown(&self) -> Vec<Notification> {
        self.host.shown.lock().unwrap().clone()
    }

    pub async fn attempt(&self, name: &str, args: Value) -> Result<Value, CommandError> {
        self.app.as_ref().unwrap().call(name, args).await
    }

    pub async fn call(&self, name: &str, args: Value) -> Value {
        match self.attempt(name, args).await {
            Ok(answer) => answer,
            Err(error) => panic!("{name}: {error}"),
        }
    }

    pub async fn read(&self, name: &str) -> Value {
        self.call(name, json!({})).await
    }

    /// All that is known, whatever it is about.
    pub async fn facts(&self) -> Vec<Value> {
        let groups = self.read("facts").await.as_array().cloned().unwrap();
        let of = |group: Value| group["facts"].as_array().cloned().unwrap();
        groups.into_iter().flat_map(of).collect()
    }

    pub async fn until(&self, name: &str, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        for _ in 0..400 {
            last = self.read(name).await;
            if holds(&last) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{what}: not within ten seconds; {name} last said {last:#}")
    }

    /// Everything the town said has arrived.
    pub async fn sync(&self) {
        self.call("sync", json!({})).await;
    }

    /// The steps on the path of the run of a situation, by their last part.
    pub async fn steps(&self, situation: &str) -> Vec<Value> {
        let path = self.read("path").await;
        let runs = path["runs"].as_array().cloned().unwrap();
        let run = runs.into_iter().find(|it| it["situation"] == situation);
        run.and_then(|it| it["steps"].as_array().cloned())
            .unwrap_or_default()
    }

    pub async fn step(&self, situation: &str, key: &str) -> Value {
        let steps = self.steps(situation).await;
        let ends = |it: &&Value| it["id"].as_str().unwrap().ends_with(&format!("/{key}"));
        steps.iter().find(ends).cloned().unwrap_or_default()
    }
}

/// A town that knows Anna, thirty, who has given her consents.
pub fn town() -> Arc<Town> {
    let town = Arc::new(Town::default());
    let anna = json!({"id": "anna", "name": "Анна", "birth_date": "1996-03-02", "sex": "female", "relation": "myself"});
    town.tell(RecordKind::Resident, "anna", anna);
    let person = json!({"birth_date": "1996-03-02", "sex": "female"});
    town.fact("person-anna", "person", "2026-01-01", "registry", person);
    for class in ["C1", "C2"] {
        let id = format!("health-{class}");
        let consent = json!({"id": id, "subject": "anna", "domain": "health", "class": class,
            "recipient": {"ru": "Поликлиника"}, "purpose": {"ru": "Запись"}, "given": true, "reach": "arrange",
            "at": "2026-01-01"});
        town.tell(RecordKind::Consent, &id, consent);
    }
    town
}

/// A laboratory's result far above its own range.
pub fn result(town: &Town) {
    let ng = |value| json!({"value": value, "unit": "ng/mL"});
    let fields = json!({"code": "2039-6", "value": ng(12.0), "high": ng(5.0), "text": "РЭА (CEA)"});
    town.fact("lab-1", "lab.result", NOW, "laboratory", fields);
}
