//! What a host without a desktop gives the app.

use crate::secrets::Locker;
use std::{path::PathBuf, sync::Arc};
use vekha_app::{CommandError, Host, Network, Notification};
use vekha_connectors::{HttpNetwork, SecretError, SecretPlace};

/// A host for browsers and scripts: it opens no browser of its own (the address is in `Session.sign_in_url`) and
/// prints notifications, whose words are neutral, to standard output.
pub struct Headless {
    pub locker: Arc<Locker>,
    pub network: Arc<HttpNetwork>,
    pub folder: PathBuf,
}

impl Host for Headless {
    fn network(&self) -> Arc<dyn Network> {
        self.network.clone()
    }

    fn demo_city(&self) -> Option<String> {
        None
    }

    fn open_url(&self, _url: &str) -> Result<(), CommandError> {
        Ok(())
    }

    fn secret(&self, name: &str) -> Result<Option<String>, CommandError> {
        self.locker.get(name).map_err(said)
    }

    fn set_secret(&self, name: &str, value: &str) -> Result<(), CommandError> {
        self.locker.set(name, value).map_err(said)
    }

    fn delete_secret(&self, name: &str) -> Result<(), CommandError> {
        SecretPlace::delete(self.locker.as_ref(), name).map_err(said)
    }

    fn unlock(&self, passphrase: &str) -> Result<(), CommandError> {
        self.locker.unlock(passphrase).map_err(said)
    }

    fn notify(&self, notification: Notification) {
        println!("notification {}: {}", notification.tag, notification.body);
    }

    fn retract(&self, tag: &str) {
        println!("notification {tag} taken back");
    }

    fn downloads(&self) -> PathBuf {
        self.folder.clone()
    }
}

pub fn said(error: SecretError) -> CommandError {
    match error {
        SecretError::Closed => CommandError::locked(),
        SecretError::NoKeyring(_) | SecretError::Refused(_) => {
            tracing::warn!(%error, "the keyring did not answer");
            CommandError::saying("no-keyring", vekha_words::text("host-no-keyring"))
        }
        SecretError::WrongPassphrase => CommandError::of("wrong-passphrase"),
        SecretError::Damaged | SecretError::File(_) => {
            tracing::warn!(%error, "the sealed secrets could not be used");
            CommandError::of("secrets-file")
        }
    }
}
