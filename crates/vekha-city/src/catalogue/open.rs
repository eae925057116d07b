use super::{Content, ContentError, key};
use std::{path::Path, sync::Arc};
use tokio::sync::Mutex;

impl Content {
    /// Reads the catalogue of `chosen`, or the built-in one, and the key in the data folder.
    pub(crate) fn open(data: &Path, chosen: Option<&Path>) -> Result<Self, ContentError> {
        let catalogue = match chosen {
            None => Arc::clone(vekha_catalogue::builtin()),
            Some(folder) => Arc::new(vekha_catalogue::load(folder).map_err(|findings| {
                let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
                ContentError::Catalogue(folder.to_owned(), lines.join("\n"))
            })?),
        };
        let (key, key_id) = key::load_or_make(data)?;
        Ok(Self {
            catalogue,
            key,
            key_id,
            signed: Mutex::new(None),
        })
    }
}
