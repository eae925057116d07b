use crate::{
    Clock, Fault, SignIn,
    address::Address,
    catalogue::Content,
    db::{Shelf, Tx},
};
use axum::extract::FromRef;
use jiff::{Timestamp, tz::TimeZone};
use sqlx::SqlitePool;
use std::sync::Arc;
use tokio::sync::{Mutex, broadcast, watch};
use vekha_model::{Fact, Moment, ResidentId};

/// The city: what every service shares.
#[derive(Clone)]
pub struct City(Arc<Inner>);

#[doc(hidden)]
pub struct Inner {
    pub(crate) pool: SqlitePool,
    pub(crate) clock: Clock,
    pub(crate) address: Address,
    pub(crate) sign_in: SignIn,
    pub(crate) zone: TimeZone,
    pub(crate) catalogue: Content,
    pub(crate) shelf: Shelf,
    pub(crate) demo: bool,
    /// Names this database; in the manifest and in every cursor.
    pub(crate) id: String,
    pub(crate) bus: broadcast::Sender<ResidentId>,
    /// Turns true when the city stops, so that open streams end.
    pub(crate) stopping: watch::Receiver<bool>,
    /// One writer at a time in the order they came; SQLite alone would let the lucky overtake.
    pub(crate) turn: Arc<Mutex<()>>,
    /// One hand on the clock: two would turn the same days twice, the slower one at times long past.
    pub(crate) turning: Mutex<()>,
}

impl std::ops::Deref for City {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl FromRef<City> for SignIn {
    fn from_ref(city: &City) -> Self {
        city.sign_in.clone()
    }
}

/// A transaction that may write, and the writer's turn that goes with it.
pub struct Writing {
    pub tx: Tx,
    _turn: tokio::sync::OwnedMutexGuard<()>,
}

impl Writing {
    /// # Errors
    /// The database cannot be written; then nothing was.
    pub async fn commit(self) -> Result<(), Fault> {
        Ok(self.tx.commit().await?)
    }
}

impl City {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// The address residents know the city by, without a slash at its end.
    pub fn base(&self) -> &str {
        self.address.public()
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn moment(&self, at: Timestamp) -> Moment {
        // Whole seconds: what is compared in the database is what is shown.
        let whole = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Moment::at(whole, &self.zone)
    }

    /// To the last digit: for facts, whose order within one second decides what a plan says.
    pub fn instant(&self, at: Timestamp) -> Moment {
        Moment::at(at, &self.zone)
    }

    /// Every fact of the resident that the transaction sees, in the order they were told.
    pub(crate) async fn facts(&self, tx: &mut Tx, of: &ResidentId) -> Result<Vec<Fact>, Fault> {
        self.shelf.facts(&self.pool, tx, of).await
    }

    /// Begins to write. The lock is taken at once, so that what is read inside stays true until the commit.
    ///
    /// # Errors
    /// The database is busy or cannot be opened.
    pub async fn write(&self) -> Result<Writing, Fault> {
        let turn = self.turn.clone().lock_owned().await;
        Ok(Writing {
            tx: self.pool.begin_with("BEGIN IMMEDIATE").await?,
            _turn: turn,
        })
    }

    /// Tells the devices of the resident, and of those who care for them, that there is something new.
    pub async fn wake(&self, subject: &ResidentId) {
        let guardians = crate::db::guardians(&self.pool, subject)
            .await
            .unwrap_or_default();
        for resident in std::iter::once(subject.clone()).chain(guardians) {
            // Nobody listening is no failure.
            let _ = self.bus.send(resident);
        }
    }
}
