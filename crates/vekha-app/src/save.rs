use crate::{
    App, CommandError,
    view::{SavedFile, TextFile},
};
use std::fs;

/// Writes the file where the resident looks for downloads, never over another one.
pub fn save(app: &App, file: &TextFile) -> Result<SavedFile, CommandError> {
    let folder = app.host.downloads();
    let failed = |error: std::io::Error| {
        let message = vekha_words::filled("error-not-saved", &[("error", &error.to_string())]);
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        CommandError::saying(if full { "disk-full" } else { "not-saved" }, message)
    };
    fs::create_dir_all(&folder).map_err(failed)?;
    let (stem, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
    let mut path = folder.join(&file.name);
    let mut number = 2;
    while path.exists() {
        path = folder.join(format!("{stem}-{number}.{extension}"));
        number += 1;
    }
    fs::write(&path, &file.text).map_err(failed)?;
    Ok(SavedFile {
        path: path.display().to_string(),
    })
}
