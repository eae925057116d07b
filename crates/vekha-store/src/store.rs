use crate::{
    StoreError, Tag,
    open::Sound,
    table::{Notified, Outbox, Records, SentActions, Values},
};
use rusqlite::{Connection, Transaction};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// One account's cache.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    path: PathBuf,
    sound: Sound,
}

impl Store {
    pub(crate) fn over(connection: Connection, path: PathBuf, sound: Sound) -> Self {
        Self {
            connection: Mutex::new(connection),
            path,
            sound,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads one consistent picture.
    ///
    /// # Errors
    /// The database failed, or `read` did.
    pub fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction = connection.transaction().map_err(StoreError::from)?;
        read(&Read {
            transaction: &transaction,
        })
    }

    /// Writes all of it or nothing, and says what became stale.
    ///
    /// # Errors
    /// The database failed, or `write` did; then nothing is kept.
    pub fn write<T, E: From<StoreError>>(
        &self,
        write: impl FnOnce(&Write<'_>) -> Result<T, E>,
    ) -> Result<(T, BTreeSet<Tag>), E> {
        let mut connection = self.lock();
        let transaction = connection.transaction().map_err(StoreError::from)?;
        let changed = RefCell::default();
        let done = write(&Write {
            transaction: &transaction,
            changed: &changed,
            unreadable: Cell::new(None),
        })?;
        transaction.commit().map_err(StoreError::from)?;
        Ok((done, changed.into_inner()))
    }

    /// For tests of a full disk, which are not to fill a real one: the file may not grow beyond this many pages.
    ///
    /// # Errors
    /// The database failed.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        Ok(self
            .lock()
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
    }

    /// A panic elsewhere cannot leave half a write: its transaction was rolled back.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Store {
    /// Leaves one whole file behind, and a note that it is sound, so that the next start need not look.
    fn drop(&mut self) {
        let closed = self
            .lock()
            .pragma_query(None, "wal_checkpoint(TRUNCATE)", |_| Ok(()));
        match closed {
            Ok(()) => self.sound.note(&self.path),
            Err(error) => tracing::warn!(%error, "the database was not closed well"),
        }
    }
}

/// The tables, to read.
pub struct Read<'t> {
    transaction: &'t Transaction<'t>,
}

impl Read<'_> {
    pub fn records(&self) -> Records<'_> {
        Records {
            connection: self.transaction,
        }
    }

    pub fn outbox(&self) -> Outbox<'_> {
        Outbox {
            connection: self.transaction,
        }
    }

    pub fn sent(&self) -> SentActions<'_> {
        SentActions {
            connection: self.transaction,
        }
    }

    pub fn values(&self) -> Values<'_> {
        Values {
            connection: self.transaction,
        }
    }

    pub fn notified(&self) -> Notified<'_> {
        Notified {
            connection: self.transaction,
        }
    }
}

/// The tables, to change. Reading inside a write sees what was written so far.
pub struct Write<'t> {
    pub(crate) transaction: &'t Transaction<'t>,
    changed: &'t RefCell<BTreeSet<Tag>>,
    /// Whether any record is set apart, once it was asked.
    pub(crate) unreadable: Cell<Option<bool>>,
}

impl<'t> Write<'t> {
    pub fn read(&self) -> Read<'t> {
        Read {
            transaction: self.transaction,
        }
    }

    pub(crate) fn mark(&self, tags: &[Tag]) {
        self.changed.borrow_mut().extend(tags);
    }
}
