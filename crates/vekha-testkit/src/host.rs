use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use vekha_app::{CommandError, Host, Notification};
use vekha_connectors::{
    HttpNetwork, StoredTokens, TokenVault, VaultError, follow_quietly, http_client,
};
use vekha_protocol::Network;

/// A host whose clock is moved by the test, whose keyring is memory, and which remembers what it showed.
pub struct TestHost {
    resident: String,
    city: String,
    downloads: PathBuf,
    network: Arc<dyn Network>,
    memory: Arc<Memory>,
    shown: Mutex<Vec<Notification>>,
    retracted: Mutex<Vec<String>>,
    ahead: Mutex<SignedDuration>,
}

/// A keyring in memory.
#[derive(Default)]
struct Memory(Mutex<HashMap<String, String>>);

fn hold<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TokenVault for Memory {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        let kept = hold(&self.0).get("tokens").cloned();
        kept.map(|it| serde_json::from_str(&it).map_err(|error| VaultError(error.to_string())))
            .transpose()
    }

    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError> {
        let text = serde_json::to_string(tokens).map_err(|error| VaultError(error.to_string()))?;
        hold(&self.0).insert("tokens".to_owned(), text);
        Ok(())
    }

    fn delete(&self) -> Result<(), VaultError> {
        hold(&self.0).remove("tokens");
        Ok(())
    }
}

impl TestHost {
    /// # Panics
    /// TLS cannot be set up.
    pub fn new(resident: &str, city: &str, now: Timestamp, downloads: PathBuf) -> Arc<Self> {
        let memory = Arc::new(Memory::default());
        let http = http_client().expect("an HTTP client");
        Arc::new(Self {
            resident: resident.to_owned(),
            city: city.to_owned(),
            downloads,
            network: Arc::new(HttpNetwork::new(
                http,
                Arc::clone(&memory) as Arc<dyn TokenVault>,
            )),
            memory,
            shown: Mutex::default(),
            retracted: Mutex::default(),
            ahead: Mutex::new(now.duration_since(Timestamp::now())),
        })
    }

    pub fn advance(&self, by: SignedDuration) {
        *hold(&self.ahead) += by;
    }

    /// Sets the device's clock; it goes on from there.
    pub fn set(&self, now: Timestamp) {
        *hold(&self.ahead) = now.duration_since(Timestamp::now());
    }

    /// The token the device speaks to its city with.
    pub fn token(&self) -> Option<String> {
        self.memory.load().ok().flatten().map(|it| it.access)
    }

    /// Puts another secret into the keyring; gives the one before.
    pub fn swap_secret(&self, name: &str, value: String) -> Option<String> {
        hold(&self.memory.0).insert(name.to_owned(), value)
    }

    /// Changes the sign-in kept in the keyring, as time or somebody else would; the app reads it at its next start.
    pub fn change_tokens(&self, change: impl FnOnce(&mut StoredTokens)) {
        if let Ok(Some(mut tokens)) = self.memory.load() {
            change(&mut tokens);
            // Memory does not fail.
            let _ = self.memory.save(&tokens);
        }
    }

    pub fn shown(&self) -> Vec<Notification> {
        hold(&self.shown).clone()
    }

    pub fn retracted(&self) -> Vec<String> {
        hold(&self.retracted).clone()
    }
}

impl Host for TestHost {
    fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(*hold(&self.ahead))
            .unwrap_or(Timestamp::MAX)
    }

    fn network(&self) -> Arc<dyn Network> {
        Arc::clone(&self.network)
    }

    fn demo_city(&self) -> Option<String> {
        Some(self.city.clone())
    }

    /// Presses the resident's button on the city's real sign-in page.
    fn open_url(&self, url: &str) -> Result<(), CommandError> {
        let (url, resident) = (url.parse::<url::Url>(), self.resident.clone());
        tokio::spawn(async move {
            let (Ok(url), Ok(http)) = (url, http_client()) else {
                return;
            };
            if let Err(error) = follow_quietly(&http, &url, &resident).await {
                panic!("the sign-in page did not lead back: {error}");
            }
        });
        Ok(())
    }

    fn secret(&self, name: &str) -> Result<Option<String>, CommandError> {
        Ok(hold(&self.memory.0).get(name).cloned())
    }

    fn set_secret(&self, name: &str, value: &str) -> Result<(), CommandError> {
        hold(&self.memory.0).insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    fn delete_secret(&self, name: &str) -> Result<(), CommandError> {
        hold(&self.memory.0).remove(name);
        Ok(())
    }

    fn unlock(&self, _: &str) -> Result<(), CommandError> {
        Ok(())
    }

    fn notify(&self, notification: Notification) {
        hold(&self.shown).push(notification);
    }

    fn retract(&self, tag: &str) {
        hold(&self.retracted).push(tag.to_owned());
    }

    fn downloads(&self) -> PathBuf {
        self.downloads.clone()
    }
}
