use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a sign-in leaves behind. Lives in the OS keyring only; never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredTokens {
    pub issuer: String,
    pub client_id: String,
    pub access: String,
    pub refresh: Option<String>,
    pub expires_at: Option<Timestamp>,
    /// The `sub` of the identity token.
    pub subject: String,
    /// SMART App Launch: whose record this is, where it differs from `sub`.
    pub patient: Option<String>,
}

impl StoredTokens {
    /// The resident the session is for.
    pub fn resident(&self) -> &str {
        self.patient.as_deref().unwrap_or(&self.subject)
    }
}

impl std::fmt::Debug for StoredTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredTokens")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// The place that keeps secrets would not.
#[derive(Debug, thiserror::Error)]
#[error("the keyring cannot be used: {0}")]
pub struct VaultError(pub String);

/// Where tokens are kept: the OS keyring, by the shell or the host.
pub trait TokenVault: Send + Sync {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError>;
    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError>;
    fn delete(&self) -> Result<(), VaultError>;
}
