use crate::secrets;
use vekha_connectors::{StoredTokens, TokenVault, VaultError};

const TOKENS: &str = "tokens";

/// The sign-in in the keyring.
pub struct KeyringVault;

impl TokenVault for KeyringVault {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        let kept = secrets::get(TOKENS).map_err(|error| VaultError(error.to_string()))?;
        // Tokens of another shape are as good as none: the resident signs in again.
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError> {
        let text = serde_json::to_string(tokens).map_err(|error| VaultError(error.to_string()))?;
        secrets::set(TOKENS, &text).map_err(|error| VaultError(error.to_string()))
    }

    fn delete(&self) -> Result<(), VaultError> {
        secrets::delete(TOKENS).map_err(|error| VaultError(error.to_string()))
    }
}
