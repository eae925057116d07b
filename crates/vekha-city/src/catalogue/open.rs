use super::{Compiled, Content, ContentError, key};
use std::{path::Path, sync::Arc};
use tokio::sync::Mutex;

impl Content {
    /// Reads the catalogue of `chosen`, or the built-in one, and the key in the data folder.
    pub(crate) fn open(data: &Path, chosen: Option<&Path>) -> Result<Self, ContentError> {
        let (compiled, files) = match chosen {
            None => (
                Compiled::BuiltIn(vekha_catalogue::builtin()),
                vekha_catalogue::builtin_files(),
            ),
            Some(folder) => {
                let refused = |why| ContentError::Catalogue(folder.to_owned(), why);
                let files = vekha_catalogue::read_dir(folder)
                    .map_err(|error| refused(error.to_string()))?;
                let catalogue = vekha_catalogue::load_files(&files).map_err(|findings| {
                    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
                    refused(lines.join("\n"))
                })?;
                (Compiled::Chosen(Box::new(catalogue)), files)
            }
        };
        let (key, key_id) = key::load_or_make(data)?;
        Ok(Self {
            compiled,
            files: Arc::new(files),
            key,
            key_id,
            signed: Mutex::new(None),
        })
    }
}
