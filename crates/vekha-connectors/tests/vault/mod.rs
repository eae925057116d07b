//! Keeps a sign-in for as long as a test lasts.

use std::sync::Mutex;
use vekha_connectors::{StoredTokens, TokenVault, VaultError};

#[derive(Default)]
pub struct Vault(pub Mutex<Option<StoredTokens>>);

impl TokenVault for Vault {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        Ok(self.0.lock().unwrap().clone())
    }
    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError> {
        *self.0.lock().unwrap() = Some(tokens.clone());
        Ok(())
    }
    fn delete(&self) -> Result<(), VaultError> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }
}
