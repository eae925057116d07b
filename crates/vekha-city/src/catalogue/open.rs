use super::{Content, ContentError, key};
use std::{fs, path::Path, sync::Arc};
use tokio::sync::Mutex;
use vekha_lifepath::Catalogue;

impl Content {
    /// Reads the catalogue of the folder `chosen`, or the built-in one, for `region`, and the key in the data folder.
    pub(crate) fn open(
        data: &Path,
        chosen: Option<&Path>,
        region: Option<&str>,
    ) -> Result<Self, ContentError> {
        let catalogue = match (chosen, region) {
            (None, None) => Arc::clone(vekha_catalogue::builtin()),
            _ => Arc::new(read(chosen, region)?),
        };
        let [(key, key_id), next] = key::load_or_make(data)?;
        Ok(Self {
            catalogue,
            key,
            key_id,
            next,
            signed: Mutex::new(None),
        })
    }
}

fn read(chosen: Option<&Path>, region: Option<&str>) -> Result<Catalogue, ContentError> {
    let refused = |why: String| {
        let place = chosen.unwrap_or(Path::new("(built in)"));
        ContentError::Catalogue(place.to_owned(), why)
    };
    let mut files = match chosen {
        Some(folder) => vekha_catalogue::read_dir(folder).map_err(|it| refused(it.to_string()))?,
        None => vekha_catalogue::builtin_files(),
    };
    let read = match region {
        None => vekha_catalogue::load_files(&files),
        Some(region) => {
            let file = Path::new(region);
            let name = file
                .file_stem()
                .map_or(region.into(), |it| it.to_string_lossy());
            if file.extension().is_some() {
                let text = fs::read_to_string(file)
                    .map_err(|error| refused(format!("{region}: {error}")))?;
                files.insert(format!("regions/{name}.yaml"), text);
            }
            vekha_catalogue::load_files_in(&files, &name)
        }
    };
    read.map_err(|findings| {
        let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
        refused(lines.join("\n"))
    })
}
