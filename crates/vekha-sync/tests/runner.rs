//! The runner by itself: when it asks, and when it lets the city rest.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use std::{sync::Mutex, time::Duration};
use vekha_model::AppointmentId;
use vekha_protocol::{
    Action, Appointment, ChangesPage, City, CityError, Cursor, IdempotencyKey, Receipt, Slot,
};
use vekha_store::{Key, Store};
use vekha_sync::{Clock, Runner, SyncError};

/// Time passes only while somebody sleeps.
struct SleepClock(Mutex<Timestamp>);

impl SleepClock {
    fn since(&self, start: Timestamp) -> SignedDuration {
        self.now().duration_since(start)
    }
}

#[async_trait]
impl Clock for SleepClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::task::yield_now().await;
        *self.0.lock().unwrap() += SignedDuration::try_from(duration).unwrap();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum WakeUp {
    /// It opens, and breaks.
    Breaks,
    /// It opens, and stays silent.
    Silent,
}

/// A city that ends the session after an hour.
struct AnHour<'a> {
    clock: &'a SleepClock,
    start: Timestamp,
    wake_up: WakeUp,
    opened: Mutex<bool>,
    asked: Mutex<u32>,
}

#[async_trait]
impl City for AnHour<'_> {
    async fn pull(&self, _: Option<&Cursor>) -> Result<ChangesPage, CityError> {
        if self.clock.since(self.start) > SignedDuration::from_hours(1) {
            return Err(CityError::SignedOut);
        }
        *self.asked.lock().unwrap() += 1;
        Ok(ChangesPage {
            changes: Vec::new(),
            cursor: Cursor("1".into()),
            more: false,
            total: None,
        })
    }

    async fn woken(&self) -> Result<(), CityError> {
        let opened = std::mem::replace(&mut *self.opened.lock().unwrap(), true);
        match (opened, self.wake_up) {
            (false, _) => Ok(()),
            (true, WakeUp::Breaks) => {
                *self.opened.lock().unwrap() = false;
                Err(CityError::Offline(None))
            }
            (true, WakeUp::Silent) => std::future::pending().await,
        }
    }

    async fn push(&self, _: IdempotencyKey, _: &Action) -> Result<Receipt, CityError> {
        Err(CityError::NotOffered)
    }

    async fn other_times(&self, _: &Appointment) -> Result<Vec<Slot>, CityError> {
        Err(CityError::NotOffered)
    }

    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError> {
        Ok(None)
    }

    async fn appointment(&self, _: &AppointmentId) -> Result<Option<Appointment>, CityError> {
        Ok(None)
    }
}

/// How often a city is asked within an hour.
async fn asked_in_an_hour(wake_up: WakeUp) -> u32 {
    let folder = tempfile::tempdir().unwrap();
    let opened = Store::open(folder.path(), "anna", &Key::random()).unwrap();
    let start = "2026-11-23T07:00:00Z".parse().unwrap();
    let clock = SleepClock(Mutex::new(start));
    let city = AnHour {
        clock: &clock,
        start,
        wake_up,
        opened: Mutex::default(),
        asked: Mutex::default(),
    };
    let ended = Runner::default()
        .run(&opened.store, &city, &clock, &|_| {})
        .await;
    assert!(matches!(ended, SyncError::City(CityError::SignedOut)));
    city.asked.into_inner().unwrap()
}

#[tokio::test]
async fn a_wake_up_that_breaks_each_time_does_not_turn_into_a_round_a_second() {
    let asked = asked_in_an_hour(WakeUp::Breaks).await;
    assert!((10..80).contains(&asked), "{asked} times");
}

#[tokio::test]
async fn a_silent_city_is_asked_now_and_then() {
    let asked = asked_in_an_hour(WakeUp::Silent).await;
    assert!((4..8).contains(&asked), "{asked} times");
}
