use crate::{StoreError, Tag, Write};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// An action to be queued.
#[derive(Debug, Clone)]
pub struct Queued {
    pub key: Uuid,
    /// Actions on one thing keep their order.
    pub thing: String,
    /// JSON.
    pub action: String,
    /// Held back until then: the time to undo.
    pub not_before: Option<Timestamp>,
}

/// An action the city does not have yet, or has refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub seq: i64,
    pub key: Uuid,
    pub thing: String,
    pub action: String,
    pub queued_at: Timestamp,
    pub not_before: Timestamp,
    pub attempts: u32,
    pub next_try: Timestamp,
    /// The problem's JSON, once refused.
    pub refused: Option<String>,
}

impl Waiting {
    /// The first moment it may be sent.
    pub fn due(&self) -> Timestamp {
        self.not_before.max(self.next_try)
    }

    /// No pause is longer than an hour. What seems further off, or queued in the future, waits for a clock that was set
    /// back since, and goes now rather than in years.
    fn is_due(&self, now: Timestamp) -> bool {
        let due = self.due();
        due <= now || self.queued_at > now || due.duration_since(now) > LONGEST_PAUSE
    }
}

pub struct Outbox<'t> {
    pub(crate) connection: &'t Connection,
}

impl Outbox<'_> {
    /// Everything not confirmed, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn all(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut rows = self.connection.prepare_cached(
            "SELECT seq, key, thing, action, queued_at, not_before, attempts, next_try, refused FROM outbox ORDER BY seq",
        )?;
        rows.query_map([], waiting)?.map(|row| Ok(row?)).collect()
    }

    /// The next action to send at `now`: the oldest due one whose thing has nothing older waiting.
    pub fn next(&self, now: Timestamp) -> Result<Option<Waiting>, StoreError> {
        let mut held = Vec::new();
        for row in self.all()?.into_iter().filter(|row| row.refused.is_none()) {
            if held.contains(&row.thing) {
                continue;
            }
            if row.is_due(now) {
                return Ok(Some(row));
            }
            held.push(row.thing);
        }
        Ok(None)
    }

    /// When something becomes due that is not yet.
    pub fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self
            .all()?
            .iter()
            .filter(|row| row.refused.is_none())
            .map(Waiting::due)
            .min())
    }
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    let key: String = row.get(1)?;
    let at = |column| {
        Ok::<_, rusqlite::Error>(
            Timestamp::from_millisecond(row.get(column)?).unwrap_or(Timestamp::MIN),
        )
    };
    Ok(Waiting {
        seq: row.get(0)?,
        key: key.parse().unwrap_or_default(),
        thing: row.get(2)?,
        action: row.get(3)?,
        queued_at: at(4)?,
        not_before: at(5)?,
        attempts: row.get(6)?,
        next_try: at(7)?,
        refused: row.get(8)?,
    })
}

impl Write<'_> {
    /// # Errors
    /// The database failed; then the action is not queued and the resident is told.
    pub fn queue(&self, queued: &Queued, now: Timestamp) -> Result<i64, StoreError> {
        let not_before = queued.not_before.map_or(0, Timestamp::as_millisecond);
        self.transaction.execute(
            "INSERT INTO outbox (key, thing, action, queued_at, not_before) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![queued.key.to_string(), queued.thing, queued.action, now.as_millisecond(), not_before],
        )?;
        self.own.set(true);
        self.mark(&[Tag::Session, Tag::Today, Tag::Calendar, Tag::Path]);
        Ok(self.transaction.last_insert_rowid())
    }

    /// The resident took it back.
    pub fn unqueue(&self, seq: i64) -> Result<(), StoreError> {
        self.transaction
            .execute("DELETE FROM outbox WHERE seq = ?1", [seq])?;
        self.mark(&[Tag::Session, Tag::Today, Tag::Calendar, Tag::Path]);
        Ok(())
    }

    pub fn try_later(&self, seq: i64, next_try: Timestamp) -> Result<(), StoreError> {
        self.transaction.execute(
            "UPDATE outbox SET attempts = attempts + 1, next_try = ?2 WHERE seq = ?1",
            params![seq, next_try.as_millisecond()],
        )?;
        Ok(())
    }

    /// The network is back: nobody waits out an old pause.
    pub fn try_all_now(&self) -> Result<(), StoreError> {
        self.transaction.execute(
            "UPDATE outbox SET next_try = 0, attempts = 0 WHERE refused IS NULL",
            [],
        )?;
        Ok(())
    }

    /// The city said no. The row stays, with the reason, until the resident has seen it.
    pub fn refuse(&self, seq: i64, problem: &str) -> Result<(), StoreError> {
        self.transaction.execute(
            "UPDATE outbox SET refused = ?2 WHERE seq = ?1",
            params![seq, problem],
        )?;
        self.mark(&[Tag::Session, Tag::Today, Tag::Calendar, Tag::Path]);
        Ok(())
    }
}
