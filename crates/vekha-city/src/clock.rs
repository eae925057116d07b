use jiff::{SignedDuration, Timestamp};
use sqlx::SqlitePool;
use std::sync::atomic::{AtomicI64, Ordering};

/// The city's clock: the real one, moved by as much as a demo wants. The move is kept in the database.
#[derive(Debug)]
pub struct Clock {
    ahead_millis: AtomicI64,
}

const NAME: &str = "clock_ahead_millis";

impl Clock {
    /// Starts at `wanted`, unless the kept clock is already later: time never runs backwards over a restart.
    pub(crate) async fn open(
        pool: &SqlitePool,
        wanted: Option<Timestamp>,
    ) -> Result<Self, sqlx::Error> {
        let kept = crate::db::setting(pool, NAME)
            .await?
            .and_then(|value| value.parse().ok());
        let asked = wanted.map(|now| now.as_millisecond() - Timestamp::now().as_millisecond());
        let ahead = match (kept, asked) {
            (Some(kept), Some(asked)) => asked.max(kept),
            (kept, asked) => kept.or(asked).unwrap_or(0),
        };
        let clock = Self {
            ahead_millis: AtomicI64::new(ahead),
        };
        if kept != Some(ahead) {
            crate::db::set_setting(pool, NAME, &ahead.to_string()).await?;
        }
        Ok(clock)
    }

    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead_millis.load(Ordering::Acquire));
        Timestamp::now()
            .checked_add(ahead)
            .unwrap_or(Timestamp::MAX)
    }

    pub(crate) async fn set(&self, pool: &SqlitePool, to: Timestamp) -> Result<(), sqlx::Error> {
        let ahead = to.as_millisecond() - Timestamp::now().as_millisecond();
        self.ahead_millis.store(ahead, Ordering::Release);
        crate::db::set_setting(pool, NAME, &ahead.to_string()).await
    }
}
