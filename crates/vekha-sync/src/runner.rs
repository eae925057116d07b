//! Keeps going: a round when the city wakes us, when something is queued, when a pause ends, and now and then.

use crate::{Clock, Progress, SyncError, SyncReport, backoff::pause, sync};
use jiff::{SignedDuration, Timestamp};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, watch};
use vekha_protocol::{City, CityError};
use vekha_store::{Store, StoreError};

/// Without a wake-up the city is asked this often.
const NOW_AND_THEN: Duration = Duration::from_secs(15 * 60);

/// What the runner tells whoever shows it.
#[derive(Debug)]
pub enum RunnerEvent {
    Progress(Progress),
    /// A round ended; `error` says why early, where it did.
    Round {
        report: SyncReport,
        error: Option<SyncError>,
    },
}

/// Handle to a running sync; clones steer the same one.
#[derive(Clone, Default)]
pub struct Runner {
    inner: Arc<Inner>,
}

struct Inner {
    nudge: Notify,
    offline: AtomicBool,
    /// Rounds begun, and the last one that ended.
    begun: AtomicU64,
    ended: watch::Sender<u64>,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            nudge: Notify::new(),
            offline: AtomicBool::new(false),
            begun: AtomicU64::new(0),
            ended: watch::Sender::new(0),
        }
    }
}

impl Runner {
    /// Something was queued, or the resident asked.
    pub fn nudge(&self) {
        self.inner.nudge.notify_one();
    }

    /// Asks for a round and returns when one that began after this has ended, whatever came of it.
    pub async fn round(&self) {
        let begun = self.inner.begun.load(Ordering::SeqCst);
        let mut ended = self.inner.ended.subscribe();
        self.nudge();
        // The sender lives as long as the runner.
        let _ = ended.wait_for(|number| *number > begun).await;
    }

    /// The resident's own switch: offline means not one request.
    pub fn set_offline(&self, offline: bool) {
        self.inner.offline.store(offline, Ordering::SeqCst);
        self.nudge();
    }

    pub fn is_offline(&self) -> bool {
        self.inner.offline.load(Ordering::SeqCst)
    }

    /// Runs until the session ends; returns the error that ended it. Dropping the future stops it between two writes.
    pub async fn run(
        &self,
        store: &Store,
        city: &dyn City,
        clock: &dyn Clock,
        tell: &(dyn Fn(RunnerEvent) + Send + Sync),
    ) -> SyncError {
        let mut failures = 0;
        let mut ears = Ears::default();
        loop {
            if !self.is_offline() {
                let number = self.inner.begun.fetch_add(1, Ordering::SeqCst) + 1;
                let mut report = SyncReport::default();
                let error = sync(
                    store,
                    city,
                    clock,
                    &|done| tell(RunnerEvent::Progress(done)),
                    &mut report,
                )
                .await
                .err();
                failures = if error.is_some() { failures + 1 } else { 0 };
                match error {
                    Some(error @ SyncError::City(CityError::SignedOut)) => {
                        tell(RunnerEvent::Round {
                            report,
                            error: None,
                        });
                        self.inner.ended.send_replace(number);
                        return error;
                    }
                    error => tell(RunnerEvent::Round { report, error }),
                }
                self.inner.ended.send_replace(number);
            }
            self.wait(store, city, clock, failures, &mut ears).await;
        }
    }

    /// Until there is a reason for the next round.
    async fn wait(
        &self,
        store: &Store,
        city: &dyn City,
        clock: &dyn Clock,
        failures: u32,
        ears: &mut Ears,
    ) {
        if self.is_offline() {
            self.inner.nudge.notified().await;
            return;
        }
        let longest = if failures > 0 {
            pause(failures - 1)
        } else {
            NOW_AND_THEN
        };
        let until_due = store
            .read::<_, StoreError>(|tx| tx.outbox().next_due())
            .ok()
            .flatten()
            .and_then(|due| Duration::try_from(due.duration_since(clock.now())).ok());
        let timer = match until_due {
            Some(due) if failures == 0 => due.min(longest),
            _ => longest,
        };
        tokio::select! {
            () = self.inner.nudge.notified() => {}
            () = clock.sleep(timer) => {}
            // While the city cannot be reached, the timer alone decides.
            woken = city.woken(), if failures == 0 => {
                if let Some(pause) = ears.heard(woken.is_ok(), clock.now()) {
                    tokio::select! {
                        () = self.inner.nudge.notified() => {}
                        () = clock.sleep(pause.min(timer)) => {}
                    }
                }
            }
        }
    }
}

/// How well the wake-up works. One that breaks each time it is opened must not turn into a round a second.
#[derive(Default)]
struct Ears {
    breaks: u32,
    broke: Option<Timestamp>,
    /// Opening it wakes us too; only what comes after that is the city's own word.
    open: bool,
}

impl Ears {
    const LONG_AGO: SignedDuration = SignedDuration::from_mins(10);

    /// Whether it woke us or broke; the pause before it is tried again.
    fn heard(&mut self, woken: bool, now: Timestamp) -> Option<Duration> {
        let well = woken && self.open;
        let long_ago = self
            .broke
            .is_none_or(|broke| now.duration_since(broke).abs() > Self::LONG_AGO);
        if well || long_ago {
            self.breaks = 0;
        }
        self.open = woken;
        if woken {
            return None;
        }
        self.broke = Some(now);
        self.breaks += 1;
        Some(pause(self.breaks - 1))
    }
}
