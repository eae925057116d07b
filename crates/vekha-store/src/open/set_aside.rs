use super::keyed;
use crate::{Key, OpenError, StoreError};
use rusqlite::{Connection, params};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(super) struct Unsent {
    key: String,
    thing: String,
    action: String,
    queued_at: i64,
    refused: Option<String>,
}

/// Reads what it can of the outbox; row by row, so that one bad page does not hide the others.
pub(super) fn unsent(path: &Path, key: &Key) -> Vec<Unsent> {
    let Ok(connection) = keyed(path, key) else {
        return Vec::new();
    };
    let Ok(mut rows) = connection
        .prepare("SELECT key, thing, action, queued_at, refused FROM outbox ORDER BY seq")
    else {
        return Vec::new();
    };
    let read = rows.query_map([], |row| {
        Ok(Unsent {
            key: row.get(0)?,
            thing: row.get(1)?,
            action: row.get(2)?,
            queued_at: row.get(3)?,
            refused: row.get(4)?,
        })
    });
    read.map(|rows| rows.map_while(Result::ok).collect())
        .unwrap_or_default()
}

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

pub(super) fn carry_over(connection: &Connection, unsent: &[Unsent]) -> Result<usize, StoreError> {
    for row in unsent {
        connection.execute(
            "INSERT INTO outbox (key, thing, action, queued_at, refused) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![row.key, row.thing, row.action, row.queued_at, row.refused],
        )?;
    }
    Ok(unsent.len())
}
