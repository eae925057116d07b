//! A round against a city with faults: everything arrives once, in order, and nothing is lost.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;
use std::{collections::VecDeque, sync::Mutex, time::Duration};
use uuid::Uuid;
use vekha_model::AppointmentId;
use vekha_protocol::*;
use vekha_store::{Key, Queued, Store, StoreError};
use vekha_sync::{Clock, Progress, SyncError, SyncReport, sync, value};

/// A city in memory with the idempotency a real one has, and faults by script.
#[derive(Default)]
struct ScriptedCity {
    faults: Mutex<VecDeque<Fault>>,
    seen: Mutex<Vec<Uuid>>,
    done: Mutex<Vec<String>>,
    changes: Mutex<Vec<Change>>,
    cursor_gone: Mutex<bool>,
    /// Says "more" for ever, with a new cursor each time.
    endless: bool,
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    /// The request never arrived.
    Before,
    /// It arrived, and the answer was lost.
    After,
    Busy,
}

#[async_trait]
impl City for ScriptedCity {
    async fn pull(&self, since: Option<&Cursor>) -> Result<ChangesPage, CityError> {
        if since.is_some() && std::mem::take(&mut *self.cursor_gone.lock().unwrap()) {
            return Err(CityError::CursorGone);
        }
        if self.endless {
            let page = since.map_or(0, |it| it.0.parse::<u64>().unwrap()) + 1;
            return Ok(ChangesPage {
                changes: vec![],
                cursor: Cursor(page.to_string()),
                more: true,
                total: None,
            });
        }
        let all = self.changes.lock().unwrap();
        let from = since.map_or(0, |cursor| cursor.0.parse().unwrap());
        let to = (from + 3).min(all.len());
        Ok(ChangesPage {
            changes: all[from..to].to_vec(),
            cursor: Cursor(to.to_string()),
            more: to < all.len(),
            total: Some((all.len() - from) as u64),
        })
    }

    async fn push(
        &self,
        IdempotencyKey(key): IdempotencyKey,
        action: &Action,
    ) -> Result<Receipt, CityError> {
        let fault = self
            .faults
            .lock()
            .unwrap()
            .pop_front()
            .unwrap_or(Fault::None);
        match fault {
            Fault::Before => return Err(CityError::Offline(None)),
            Fault::Busy => {
                return Err(CityError::Busy {
                    retry_after: Some(Duration::from_secs(2)),
                });
            }
            Fault::None | Fault::After => {}
        }
        let mut seen = self.seen.lock().unwrap();
        if !seen.contains(&key) {
            seen.push(key);
            if let Action::AskHuman { text, .. } = action {
                if text == "no" {
                    return Err(CityError::Refused(Box::new(Problem {
                        code: "no".into(),
                        title: "No".into(),
                        status: 422,
                        detail: None,
                        words: None,
                    })));
                }
                self.done.lock().unwrap().push(text.clone());
            }
        }
        if matches!(fault, Fault::After) {
            Err(CityError::Offline(None))
        } else {
            Ok(Receipt { appointment: None })
        }
    }

    async fn other_times(&self, _: &Appointment) -> Result<Vec<Slot>, CityError> {
        Err(CityError::NotOffered)
    }

    async fn woken(&self) -> Result<(), CityError> {
        std::future::pending().await
    }

    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError> {
        Ok(None)
    }

    async fn appointment(&self, _: &AppointmentId) -> Result<Option<Appointment>, CityError> {
        Ok(None)
    }
}

struct HandClock(Mutex<Timestamp>);

impl HandClock {
    fn forward(&self, seconds: i64) {
        *self.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }
}

#[async_trait]
impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, _: Duration) {}
}

struct Device {
    _folder: tempfile::TempDir,
    store: Store,
    clock: HandClock,
}

fn device() -> Device {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), "anna", &Key::random())
        .unwrap()
        .store;
    Device {
        _folder: folder,
        store,
        clock: HandClock(Mutex::new("2026-11-23T07:00:00Z".parse().unwrap())),
    }
}

impl Device {
    fn ask(&self, text: &str) {
        let action = Action::AskHuman {
            text: text.into(),
            about: None,
        };
        let queued = Queued {
            key: Uuid::new_v4(),
            thing: action.thing(),
            action: serde_json::to_string(&action).unwrap(),
            not_before: None,
        };
        self.store
            .write::<_, StoreError>(|tx| tx.queue(&queued, self.clock.now()))
            .unwrap();
    }

    fn round(&self, city: &ScriptedCity) -> (SyncReport, Result<(), SyncError>) {
        let mut report = SyncReport::default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let ended = runtime.block_on(sync(&self.store, city, &self.clock, &|_| {}, &mut report));
        (report, ended)
    }

    fn ids(&self, kind: &str) -> Vec<serde_json::Value> {
        self.store.read(|tx| tx.records().all(kind)).unwrap()
    }
}

fn fact(id: &str) -> Change {
    Change {
        kind: "fact".into(),
        id: id.into(),
        deleted: false,
        body: json!({"id": id, "subject": "anna", "kind": "person", "at": "2026-11-23", "from_the_future": 1}).into(),
    }
}

#[test]
fn changes_come_in_pages_and_only_once() {
    let (device, city) = (device(), ScriptedCity::default());
    *city.changes.lock().unwrap() = (0..7).map(|n| fact(&n.to_string())).collect();
    assert_eq!(device.round(&city).0.pulled, 7);
    assert_eq!(device.round(&city).0.pulled, 0);
    let facts = device.ids("fact");
    assert_eq!(facts.len(), 7);
    assert_eq!(
        facts[0]["from_the_future"], 1,
        "fields we do not know survive"
    );
}

#[test]
fn a_first_reading_says_how_far_it_is_and_how_much_there_is() {
    let (device, city) = (device(), ScriptedCity::default());
    *city.changes.lock().unwrap() = (0..7).map(|n| fact(&n.to_string())).collect();
    let said = Mutex::new(Vec::new());
    let hear = |progress: Progress| said.lock().unwrap().push((progress.done, progress.total));
    let mut report = SyncReport::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime
        .block_on(sync(
            &device.store,
            &city,
            &device.clock,
            &hear,
            &mut report,
        ))
        .unwrap();
    let said = said.into_inner().unwrap();
    assert_eq!(said, [(3, Some(7)), (6, Some(7)), (7, Some(7))]);
}

#[test]
fn a_tombstone_takes_a_record_away() {
    let (device, city) = (device(), ScriptedCity::default());
    *city.changes.lock().unwrap() = vec![fact("1"), Change::tombstone(RecordKind::Fact, "1")];
    device.round(&city).1.unwrap();
    assert!(device.ids("fact").is_empty());
}

#[test]
fn a_record_that_cannot_be_read_is_set_apart_and_the_rest_arrives() {
    let (device, city) = (device(), ScriptedCity::default());
    let broken = Change {
        body: json!({"id": 5}).into(),
        ..fact("broken")
    };
    *city.changes.lock().unwrap() = vec![fact("1"), broken, fact("2")];
    let (report, ended) = device.round(&city);
    ended.unwrap();
    assert_eq!((report.unreadable, device.ids("fact").len()), (1, 2));
}

#[test]
fn a_forgotten_cursor_means_reading_anew_without_losing_what_is_unsent() {
    let (device, city) = (device(), ScriptedCity::default());
    *city.changes.lock().unwrap() = vec![fact("old"), fact("kept")];
    device.round(&city).1.unwrap();
    device.ask("hello");
    *city.changes.lock().unwrap() = vec![fact("kept"), fact("new")];
    *city.cursor_gone.lock().unwrap() = true;
    city.faults.lock().unwrap().push_back(Fault::Before);
    assert!(device.round(&city).1.is_err());
    device.clock.forward(600);
    device.round(&city).1.unwrap();
    let ids: Vec<_> = device
        .ids("fact")
        .iter()
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["kept", "new"]);
    assert_eq!(*city.done.lock().unwrap(), ["hello"]);
}

#[test]
fn pages_without_end_come_to_one() {
    let device = device();
    let city = ScriptedCity {
        endless: true,
        ..ScriptedCity::default()
    };
    let (_, ended) = device.round(&city);
    assert!(
        matches!(ended, Err(SyncError::City(CityError::Malformed(_)))),
        "{ended:?}"
    );
}

#[test]
fn records_of_kinds_from_the_future_are_kept_apart_from_each_other() {
    let (device, city) = (device(), ScriptedCity::default());
    let of_kind = |kind: &str| Change {
        kind: kind.into(),
        ..fact("1")
    };
    *city.changes.lock().unwrap() = vec![of_kind("hologram"), of_kind("rune"), fact("1")];
    device.round(&city).1.unwrap();
    for kind in ["hologram", "rune", "fact"] {
        assert_eq!(device.ids(kind).len(), 1, "{kind}");
    }
}

#[test]
fn a_city_that_takes_nothing_now_is_read_all_the_same() {
    let (device, city) = (device(), ScriptedCity::default());
    *city.changes.lock().unwrap() = vec![fact("1")];
    device.ask("hello");
    city.faults.lock().unwrap().push_back(Fault::Busy);
    let (report, ended) = device.round(&city);
    ended.unwrap();
    assert!(matches!(report.not_taken, Some(CityError::Busy { .. })));
    assert_eq!((device.ids("fact").len(), report.pushed), (1, 0));
    device.clock.forward(3);
    let (report, _) = device.round(&city);
    assert!(report.not_taken.is_none());
    assert_eq!(*city.done.lock().unwrap(), ["hello"]);
}

#[test]
fn a_refused_action_stays_with_its_reason_and_stops_nothing_else() {
    let (device, city) = (device(), ScriptedCity::default());
    device.ask("no");
    device.ask("yes");
    let (report, ended) = device.round(&city);
    ended.unwrap();
    assert_eq!((report.refused, report.pushed), (1, 1));
    let left = device.store.read(|tx| tx.outbox().all()).unwrap();
    assert!(left[0].refused.as_deref().unwrap().contains("\"no\""));
}

#[test]
fn a_clock_that_is_years_off_changes_nothing() {
    let (device, city) = (device(), ScriptedCity::default());
    *device.clock.0.lock().unwrap() = "1999-01-01T00:00:00Z".parse().unwrap();
    *city.changes.lock().unwrap() = vec![fact("1")];
    device.ask("hello");
    device.round(&city).1.unwrap();
    *device.clock.0.lock().unwrap() = "2041-01-01T00:00:00Z".parse().unwrap();
    city.changes.lock().unwrap().push(fact("2"));
    device.round(&city).1.unwrap();
    assert_eq!(
        (device.ids("fact").len(), city.done.lock().unwrap().len()),
        (2, 1)
    );
    assert!(
        device
            .store
            .read(|tx| tx.values().get::<Cursor>(value::CURSOR))
            .unwrap()
            .is_some()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_fails_every_action_is_done_once_and_in_order(
        asked in 1usize..12,
        faults in prop::collection::vec(prop_oneof![
            Just(Fault::None), Just(Fault::Before), Just(Fault::After), Just(Fault::Busy),
        ], 0..30),
        between in prop::collection::vec(prop::bool::ANY, 12),
    ) {
        let (device, city) = (device(), ScriptedCity::default());
        *city.faults.lock().unwrap() = faults.into();
        for (number, round_now) in between.iter().enumerate().take(asked) {
            device.ask(&number.to_string());
            if *round_now {
                let _ = device.round(&city);
            }
        }
        let mut rounds = 0;
        while !device.store.read(|tx| tx.outbox().all()).unwrap().is_empty() {
            device.clock.forward(1000);
            let _ = device.round(&city);
            rounds += 1;
            prop_assert!(rounds < 100);
        }
        let expected: Vec<String> = (0..asked).map(|number| number.to_string()).collect();
        prop_assert_eq!(&*city.done.lock().unwrap(), &expected);
    }
}
