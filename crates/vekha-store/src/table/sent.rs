use crate::{StoreError, Tag, Write};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use uuid::Uuid;

/// An action the city has, while the device has not read back what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub key: Uuid,
    pub action: String,
    pub queued_at: Timestamp,
}

pub struct SentActions<'t> {
    pub(crate) connection: &'t Connection,
}

impl SentActions<'_> {
    /// Oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn all(&self) -> Result<Vec<Sent>, StoreError> {
        let mut rows = self
            .connection
            .prepare_cached("SELECT key, action, queued_at FROM sent ORDER BY seq")?;
        let sent = rows.query_map([], |row| {
            let key: String = row.get(0)?;
            Ok(Sent {
                key: key.parse().unwrap_or_default(),
                action: row.get(1)?,
                queued_at: Timestamp::from_millisecond(row.get(2)?).unwrap_or(Timestamp::MIN),
            })
        })?;
        sent.map(|row| Ok(row?)).collect()
    }
}

impl Write<'_> {
    /// The city has it: it waits no more, and stays shown until it was read back.
    ///
    /// # Errors
    /// The database failed.
    pub fn confirm(&self, seq: i64) -> Result<(), StoreError> {
        self.transaction.execute(
            "INSERT INTO sent (seq, key, action, queued_at) SELECT seq, key, action, queued_at FROM outbox WHERE seq = ?1",
            params![seq],
        )?;
        self.unqueue(seq)
    }

    /// A reading that began after all of them has ended.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_sent(&self) -> Result<(), StoreError> {
        if self.transaction.execute("DELETE FROM sent", [])? > 0 {
            self.mark(&[Tag::Today, Tag::Calendar, Tag::Path, Tag::Me]);
        }
        Ok(())
    }
}
