use crate::{
    StoreError, Tag,
    changes::{Changes, RecordKey, Touched},
    open::{Sound, checkpoint},
    table::{Notified, Outbox, Records, SentActions, Values},
};
use rusqlite::{Connection, Transaction, config::DbConfig};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// In bytes, about a thousand pages: a longer log makes reading slow, a shorter one writing.
const LONG_LOG: u64 = 4 << 20;

/// Never twice the same, whichever store it is asked for.
fn next_edition() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// One account's cache.
#[derive(Debug)]
pub struct Store {
    connection: Mutex<Connection>,
    path: PathBuf,
    sound: Sound,
    /// Something went wrong here, so the next start looks at every page.
    doubted: AtomicBool,
    /// The file is no longer this store's; nothing is left beside it.
    closed: AtomicBool,
    edition: AtomicU64,
    edition_of_records: AtomicU64,
    changes: Mutex<Changes>,
}

impl Store {
    pub(crate) fn over(connection: Connection, path: PathBuf, sound: Sound) -> Self {
        let edition_of_records = next_edition();
        Self {
            connection: Mutex::new(connection),
            path,
            sound,
            doubted: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            edition: AtomicU64::new(next_edition()),
            edition_of_records: AtomicU64::new(edition_of_records),
            changes: Mutex::new(Changes::since(edition_of_records)),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Another one after every write of what plans are made from: records and wishes. Asked inside [`Store::read`] it is the edition of what is read there.
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::Relaxed)
    }

    /// Another one after every write that touched a record; the outbox and the rest may have changed without it.
    pub fn edition_of_records(&self) -> u64 {
        self.edition_of_records.load(Ordering::Relaxed)
    }

    /// Which records were written or removed since that edition of them; nothing where it is too long ago to tell. Asked
    /// inside [`Store::read`] it is as far as what is read there.
    pub fn changed_since(&self, edition_of_records: u64) -> Option<Vec<RecordKey>> {
        self.changes().after(edition_of_records)
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
        self.or_doubt(read(&Read {
            transaction: &transaction,
        }))
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
        let (changed, own) = (RefCell::default(), Cell::new(false));
        let records = RefCell::<Touched>::default();
        let done = self.or_doubt(write(&Write {
            transaction: &transaction,
            changed: &changed,
            unreadable: Cell::new(None),
            own: &own,
            records: &records,
        }))?;
        self.or_doubt(transaction.commit().map_err(StoreError::from))?;
        if changed.borrow().contains(&Tag::Path) {
            self.edition.store(next_edition(), Ordering::Relaxed);
        }
        let records = records.into_inner();
        if records.any() {
            let edition = next_edition();
            self.changes().add(edition, records);
            self.edition_of_records.store(edition, Ordering::Relaxed);
        }
        if own.get() {
            // Nobody else has it: it is on the disk itself before anybody is told that it is kept. What the city sends can
            // be asked for again, so the usual writes need not wait for the disk.
            self.settle(&connection)?;
        } else if self.log_is_long()
            && let Err(error) = self.settle(&connection)
        {
            tracing::warn!(%error, "the log of the database grows");
        }
        Ok((done, changed.into_inner()))
    }

    /// Leaves one whole file behind, whoever else still holds this store: what they read or write from now on fails.
    ///
    /// # Errors
    /// The database failed.
    pub fn close(&self) -> Result<(), StoreError> {
        let mut connection = self.lock();
        if self.closed.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        let settled = self.settle(&connection);
        self.let_go(&mut connection)?;
        settled
    }

    /// Closes it as [`Store::close`] does, but leaves the file as it happens to be, for it is erased next.
    ///
    /// # Errors
    /// The database failed.
    pub fn give_up(&self) -> Result<(), StoreError> {
        let mut connection = self.lock();
        self.closed.store(true, Ordering::Relaxed);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        self.let_go(&mut connection)
    }

    fn let_go(&self, connection: &mut Connection) -> Result<(), StoreError> {
        *connection = Connection::open_in_memory()?;
        self.edition.store(next_edition(), Ordering::Relaxed);
        let edition = next_edition();
        *self.changes() = Changes::since(edition);
        self.edition_of_records.store(edition, Ordering::Relaxed);
        Ok(())
    }

    /// Brings the whole log into the file. Nothing else does: so the note beside it stays true of whatever a killed process
    /// leaves behind, and the next start need not look.
    fn settle(&self, connection: &Connection) -> Result<(), StoreError> {
        let whole = checkpoint(connection)?;
        if whole && !self.doubted.load(Ordering::Relaxed) {
            self.sound.note(&self.path);
        }
        Ok(())
    }

    fn log_is_long(&self) -> bool {
        let log = fs::metadata(self.path.with_extension("db-wal"));
        log.is_ok_and(|it| it.len() > LONG_LOG)
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn or_doubt<T, E>(&self, done: Result<T, E>) -> Result<T, E> {
        if done.is_err()
            && !self.closed.load(Ordering::Relaxed)
            && !self.doubted.swap(true, Ordering::Relaxed)
        {
            Sound::forget(&self.path);
        }
        done
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
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::warn!(%error, "the database was not closed well");
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
    /// Something that only this device has was written.
    pub(crate) own: &'t Cell<bool>,
    /// A record was written or removed.
    pub(crate) records: &'t RefCell<Touched>,
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
