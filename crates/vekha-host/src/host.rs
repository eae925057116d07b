//! What a host without a desktop gives the app.

use crate::secrets::{Sealed, SecretError, Secrets};
use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};
use vekha_app::{CommandError, Host, Network, Notification};
use vekha_connectors::{HttpNetwork, StoredTokens, TokenVault, VaultError};

const TOKENS: &str = "tokens";

/// The secrets, once a keyring answers or a passphrase has opened them.
pub struct Locker {
    folder: PathBuf,
    open: RwLock<Option<Secrets>>,
}

impl Locker {
    pub fn keyring(folder: PathBuf) -> Self {
        Self {
            folder,
            open: RwLock::new(Some(Secrets::Keyring)),
        }
    }

    /// Closed until [`Locker::unlock`].
    pub fn sealed(folder: PathBuf) -> Self {
        Self {
            folder,
            open: RwLock::new(None),
        }
    }

    pub fn unlock(&self, passphrase: &str) -> Result<(), CommandError> {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            let sealed = Sealed::open(&self.folder, passphrase).map_err(|error| said(&error))?;
            *open = Some(Secrets::Sealed(sealed));
        }
        Ok(())
    }

    fn with<T>(
        &self,
        use_it: impl FnOnce(&Secrets) -> Result<T, SecretError>,
    ) -> Result<T, CommandError> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let secrets = open.as_ref().ok_or_else(CommandError::locked)?;
        use_it(secrets).map_err(|error| said(&error))
    }
}

impl TokenVault for Locker {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        let kept = self
            .with(|it| it.get(TOKENS))
            .map_err(|error| VaultError(error.to_string()))?;
        // Tokens of another shape are as good as none: the resident signs in again.
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError> {
        let text = serde_json::to_string(tokens).map_err(|error| VaultError(error.to_string()))?;
        self.with(|it| it.set(TOKENS, &text))
            .map_err(|error| VaultError(error.to_string()))
    }

    fn delete(&self) -> Result<(), VaultError> {
        self.with(|it| it.delete(TOKENS))
            .map_err(|error| VaultError(error.to_string()))
    }
}

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
        self.locker.with(|it| it.get(name))
    }

    fn set_secret(&self, name: &str, value: &str) -> Result<(), CommandError> {
        self.locker.with(|it| it.set(name, value))
    }

    fn delete_secret(&self, name: &str) -> Result<(), CommandError> {
        self.locker.with(|it| it.delete(name))
    }

    fn unlock(&self, passphrase: &str) -> Result<(), CommandError> {
        self.locker.unlock(passphrase)
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

fn said(error: &SecretError) -> CommandError {
    tracing::warn!(%error, "the secrets could not be used");
    match error {
        SecretError::NoKeyring(_) => CommandError::new(
            "no-keyring",
            "Хранилище паролей не отвечает. Запустите его или начните с --passphrase.",
            "No keyring answers. Start one, or begin with --passphrase.",
        ),
        SecretError::WrongPassphrase => CommandError::new(
            "wrong-passphrase",
            "Эта фраза не подходит. Данные не тронуты, попробуйте ещё раз.",
            "This passphrase does not fit. The data is untouched; please try again.",
        ),
        SecretError::Damaged | SecretError::File(_) => CommandError::new(
            "secrets-file",
            "Файл с ключами не читается. Он оставлен как есть; войдите в новой папке данных.",
            "The file with the keys cannot be read. It was left as it is; sign in with a new data folder.",
        ),
    }
}
