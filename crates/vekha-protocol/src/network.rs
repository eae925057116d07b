use crate::{City, Manifest};
use async_trait::async_trait;
use std::sync::Arc;
use vekha_model::{ResidentId, Text};

/// How the app reaches a city; the connectors implement it, the window and the host hand it over.
#[async_trait]
pub trait Network: Send + Sync {
    /// Reads and checks the manifest behind an address.
    async fn manifest(&self, address: &str) -> Result<Manifest, NetworkError>;

    /// Begins a sign-in: the address to open, and what waits for the browser.
    async fn sign_in(
        &self,
        manifest: &Manifest,
        login_hint: Option<&str>,
    ) -> Result<Box<dyn SigningIn>, NetworkError>;

    /// The city with the kept sign-in; `None` where there is none, or one of somebody else or another city.
    fn city(
        &self,
        manifest: &Manifest,
        resident: &ResidentId,
    ) -> Result<Option<Arc<dyn City>>, NetworkError>;

    /// Forgets the sign-in here. Where the city may be asked, it is told meanwhile (RFC 7009), and not waited for.
    fn sign_out(&self, may_ask: bool) -> Result<(), NetworkError>;
}

/// A sign-in under way.
#[async_trait]
pub trait SigningIn: Send {
    fn authorize_url(&self) -> String;

    /// Waits for the browser; the answer is the resident's id, and the tokens are kept.
    async fn wait(self: Box<Self>) -> Result<String, NetworkError>;
}

/// A code for programs and words for the resident.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {}", words.en)]
pub struct NetworkError {
    pub code: String,
    pub words: Text,
}
