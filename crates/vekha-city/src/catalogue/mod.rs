//! The catalogue the city plans by, and the signed pack of it that devices take over.

mod http;
mod key;
mod open;
mod sign;

pub(crate) use http::router;
pub use key::roll_over;

use crate::Fault;
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use sign::Signed;
use std::{collections::BTreeMap, ops::Deref, path::PathBuf, sync::Arc};
use tokio::sync::Mutex;
use vekha_lifepath::Catalogue;

/// The catalogue in force and the key that vouches for it.
pub(crate) struct Content {
    catalogue: Arc<Catalogue>,
    key: SigningKey,
    key_id: String,
    /// The one that will sign after it, and its id.
    next: (SigningKey, String),
    signed: Mutex<Option<Arc<Signed>>>,
}

impl Deref for Content {
    type Target = Catalogue;

    fn deref(&self) -> &Catalogue {
        &self.catalogue
    }
}

/// Why there is no catalogue to plan by or no key to sign it with.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error("the catalogue in {0} cannot be used:\n{1}")]
    Catalogue(PathBuf, String),
    #[error("the signing key {0} cannot be used: {1}")]
    Key(PathBuf, String),
}

impl Content {
    /// The keys devices pin when they connect, and trust by each pack from then on: id, and 32 bytes as base64url.
    pub(crate) fn keys(&self) -> BTreeMap<String, String> {
        let (next, id) = &self.next;
        BTreeMap::from([
            (self.key_id.clone(), key::public(&self.key)),
            (id.clone(), key::public(next)),
        ])
    }

    /// The pack as it is on that day. Made when first asked for: most starts of a city are never asked.
    pub(crate) async fn signed(&self, now: Timestamp) -> Result<Arc<Signed>, Fault> {
        let mut kept = self.signed.lock().await;
        let issued = sign::month_of(now);
        if let Some(signed) = kept.as_ref().filter(|it| it.issued == issued) {
            return Ok(signed.clone());
        }
        let (catalogue, key) = (Arc::clone(&self.catalogue), self.key.clone());
        let (key_id, keys) = (self.key_id.clone(), self.keys());
        let making = move || sign::sign(&catalogue, (&key, &key_id), &keys, issued);
        let signed = tokio::task::spawn_blocking(making)
            .await
            .map_err(Fault::internal)?
            .map_err(Fault::internal)?;
        Ok(kept.insert(Arc::new(signed)).clone())
    }
}
