use crate::{StoreError, Write};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

pub struct Notified<'t> {
    pub(crate) connection: &'t Connection,
}

impl Notified<'_> {
    /// What the last notification of this tag said.
    ///
    /// # Errors
    /// The database failed.
    pub fn digest(&self, tag: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT digest FROM notified WHERE tag = ?1", [tag], |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// Tags shown, with what they said.
    pub fn all(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut rows = self
            .connection
            .prepare_cached("SELECT tag, digest FROM notified ORDER BY tag")?;
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .map(|row| Ok(row?))
            .collect()
    }

    /// How many were shown since.
    pub fn since(&self, at: Timestamp) -> Result<u64, StoreError> {
        let count: i64 = self.connection.query_row(
            "SELECT count(*) FROM notified WHERE at >= ?1",
            [at.as_millisecond()],
            |row| row.get(0),
        )?;
        Ok(count.unsigned_abs())
    }
}

impl Write<'_> {
    /// # Errors
    /// The database failed.
    pub fn set_notified(&self, tag: &str, digest: &str, at: Timestamp) -> Result<(), StoreError> {
        self.transaction.execute(
            "INSERT INTO notified (tag, digest, at) VALUES (?1, ?2, ?3)
             ON CONFLICT (tag) DO UPDATE SET digest = excluded.digest, at = excluded.at",
            params![tag, digest, at.as_millisecond()],
        )?;
        Ok(())
    }

    pub fn remove_notified(&self, tag: &str) -> Result<(), StoreError> {
        self.transaction
            .execute("DELETE FROM notified WHERE tag = ?1", [tag])?;
        Ok(())
    }
}
