//! Where tokens and the database key are kept: a place that keeps secrets by name. One is the operating system's keyring;
//! whoever brings another one (a file sealed by a passphrase) has a vault for tokens with it.

mod keyring;

pub use keyring::Keyring;

use crate::{StoredTokens, TokenVault, VaultError};

const TOKENS: &str = "tokens";

/// The place that keeps secrets would not.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("no keyring answers: {0}")]
    NoKeyring(String),
    #[error("the keyring refused: {0}")]
    Refused(String),
    #[error("the secrets are closed; a passphrase opens them")]
    Closed,
    #[error("the passphrase does not open these secrets")]
    WrongPassphrase,
    #[error("the secrets could not be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("the secrets are damaged; they were left as they are")]
    Damaged,
}

/// Keeps secrets by name; never in a plain file.
pub trait SecretPlace: Send + Sync {
    /// # Errors
    /// See [`SecretError`].
    fn get(&self, name: &str) -> Result<Option<String>, SecretError>;

    /// # Errors
    /// See [`SecretError`]; the earlier secret stays.
    fn set(&self, name: &str, secret: &str) -> Result<(), SecretError>;

    /// What is not there is as good as deleted.
    ///
    /// # Errors
    /// See [`SecretError`].
    fn delete(&self, name: &str) -> Result<(), SecretError>;
}

impl<P: SecretPlace> TokenVault for P {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        let kept = self.get(TOKENS).map_err(|error| said(&error))?;
        // Tokens of another shape are as good as none: the resident signs in again.
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError> {
        let text = serde_json::to_string(tokens).map_err(|error| VaultError(error.to_string()))?;
        self.set(TOKENS, &text).map_err(|error| said(&error))
    }

    fn delete(&self) -> Result<(), VaultError> {
        SecretPlace::delete(self, TOKENS).map_err(|error| said(&error))
    }
}

fn said(error: &SecretError) -> VaultError {
    VaultError(error.to_string())
}
