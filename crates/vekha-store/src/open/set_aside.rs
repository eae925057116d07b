use crate::OpenError;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Renames the database and its log to names nobody uses yet.
pub(super) fn move_away(path: &Path) -> Result<PathBuf, OpenError> {
    let base = path
        .file_stem()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let target = (1..)
        .map(|n| path.with_file_name(format!("{base}.damaged-{n}.db")))
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| path.with_extension("damaged"));
    for end in ["-wal", "-shm", ""] {
        let from = with_end(path, end);
        if from.exists() {
            fs::rename(&from, with_end(&target, end))?;
        }
    }
    Ok(target)
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
