mod lock;
mod salvage;
mod set_aside;
mod sound;

pub use lock::FolderLock;
pub(crate) use sound::Sound;

use crate::{Key, OpenError, Store, StoreError, migrate::migrate};
use rusqlite::Connection;
use salvage::Salvage;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// An open store, and what happened on the way.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    /// What became of a damaged database, if there was one.
    pub damaged: Option<Damaged>,
}

/// A damaged database was set aside.
#[derive(Debug)]
pub struct Damaged {
    pub set_aside: PathBuf,
    /// Actions not sent yet that were saved out of it.
    pub actions: usize,
    /// Records only this device had that were saved out of it.
    pub own: usize,
    /// Whether these were all of them; `false` where nobody can tell.
    pub complete: bool,
}

impl Store {
    /// Opens the account's database in `folder`, making it where there is none. A damaged one is set aside, never deleted;
    /// what was not sent yet and what only this device knows are carried over as far as they can be read.
    ///
    /// # Errors
    /// See [`OpenError`]. The files are left as they are.
    pub fn open(folder: &Path, account: &str, key: &Key) -> Result<Opened, OpenError> {
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{account}.db"));
        check_key(&path, key)?;
        match connect(&path, key) {
            Ok((connection, sound)) => Ok(Opened {
                store: Self::over(connection, path, sound),
                damaged: None,
            }),
            Err(OpenError::Store(StoreError::Damaged)) => {
                let salvage = Salvage::read(&path, key);
                let set_aside = set_aside::move_away(&path)?;
                tracing::warn!("a damaged database was set aside");
                let (connection, sound) = connect(&path, key)?;
                let carried = salvage.carry_over(&connection)?;
                Ok(Opened {
                    store: Self::over(connection, path, sound),
                    damaged: Some(Damaged {
                        set_aside,
                        actions: carried.actions,
                        own: carried.own,
                        complete: salvage.complete,
                    }),
                })
            }
            Err(other) => Err(other),
        }
    }
}

impl Store {
    /// Begins anew where the key of what is there is lost for good: the old file is set aside, never deleted, and opens again
    /// should the key come back.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn begin_anew(folder: &Path, account: &str, key: &Key) -> Result<Self, OpenError> {
        let path = folder.join(format!("{account}.db"));
        if path.exists() {
            let set_aside = set_aside::move_away(&path)?;
            let beside = path.with_extension("key");
            fs::rename(beside, set_aside.with_extension("key"))?;
            tracing::warn!("a database whose key is lost was set aside");
        }
        Ok(Self::open(folder, account, key)?.store)
    }
}

/// SQLCipher cannot tell a wrong key from a damaged first page, so the key's fingerprint is kept beside the file.
fn check_key(path: &Path, key: &Key) -> Result<(), OpenError> {
    let beside = path.with_extension("key");
    match fs::read_to_string(&beside) {
        Ok(kept) if kept.trim() == key.fingerprint() => Ok(()),
        Ok(_) if path.exists() => Err(OpenError::WrongKey),
        _ => Ok(fs::write(beside, key.fingerprint())?),
    }
}

fn connect(path: &Path, key: &Key) -> Result<(Connection, Sound), OpenError> {
    // Before the first connection: opening one already changes the files.
    let known = Sound::known(path);
    let mut connection = keyed(path, key)?;
    let sound = match known {
        Some(sound) => sound,
        None => check(&connection, path)?,
    };
    migrate(&mut connection)?;
    Ok((connection, sound))
}

/// Reads every page, so it is done only where nothing says that the file is as it was left.
fn check(connection: &Connection, path: &Path) -> Result<Sound, StoreError> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Damaged);
    }
    let sound = Sound::checked_now();
    match checkpoint(connection) {
        Ok(true) => sound.note(path),
        Ok(false) => {}
        // On a full disk it opens all the same; only the next start checks again.
        Err(error) => tracing::warn!(%error, "no note of a sound database"),
    }
    Ok(sound)
}

/// Brings the whole log into the file, and says whether nobody else was in the way.
pub(crate) fn checkpoint(connection: &Connection) -> Result<bool, StoreError> {
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(!busy)
}

fn keyed(path: &Path, key: &Key) -> Result<Connection, OpenError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "key", format!("x'{}'", key.to_hex()))?;
    // The first read shows whether the key and the file belong together.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 0;")?;
    Ok(connection)
}
