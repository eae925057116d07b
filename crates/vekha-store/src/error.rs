use rusqlite::ErrorCode;

/// Why a read or write did not happen. Nothing of a failed write is kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full; nothing was lost, free some space and try again")]
    Full,
    #[error("the database is damaged")]
    Damaged,
    #[error("a stored {what} cannot be read: {why}")]
    Unreadable { what: String, why: String },
    #[error("the database failed: {0}")]
    Database(rusqlite::Error),
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("Vekha is already open with this data")]
    SecondInstance,
    #[error("the key does not open this database")]
    WrongKey,
    #[error("this data was written by a newer Vekha (schema {found}, this one knows {known})")]
    FromTheFuture { found: u32, known: u32 },
    #[error("the data folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
