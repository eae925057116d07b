//! A city in memory that keeps its promises (idempotency, cursors), a network that keeps none, and a device on a real disk.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    future::{Future, pending},
    pin::pin,
    sync::Mutex,
    task::{Context, Poll, Waker},
    time::Duration,
};
use uuid::Uuid;
use vekha_model::AppointmentId;
use vekha_protocol::{
    Action, Appointment, Change, ChangesPage, City, CityError, Cursor, IdempotencyKey, Problem,
    Receipt, Slot,
};
use vekha_store::{Key, Queued, Store, StoreError};
use vekha_sync::{Clock, SyncReport, sync};

const PAGE: usize = 3;

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    None,
    NeverArrived,
    AnswerLost,
    Busy,
    /// Somebody on the way answered instead of the city.
    Garbage,
    /// The city did it, and its answer cannot be read.
    GarbledAnswer,
    /// The device dies before the request leaves, or while it waits for the answer.
    PowerOffBefore,
    PowerOffAfter,
}

#[derive(Default)]
struct Records {
    /// What there is: kind and id to body.
    now: BTreeMap<(String, String), Value>,
    /// What happened since the feed began, in order.
    feed: Vec<Change>,
    epoch: u32,
    seen: BTreeSet<Uuid>,
    done: BTreeMap<String, Vec<String>>,
}

#[derive(Default)]
pub struct Town {
    records: Mutex<Records>,
    faults: Mutex<VecDeque<Fault>>,
}

impl Town {
    pub fn put(&self, kind: &str, id: &str, said: usize) {
        let body = json!({"id": id, "subject": "anna", "kind": "person", "at": "2026-11-23", "said": said});
        let mut records = self.records.lock().unwrap();
        records.now.insert((kind.into(), id.into()), body.clone());
        records.feed.push(change(kind, id, Some(body)));
    }

    pub fn remove(&self, id: &str) {
        let mut records = self.records.lock().unwrap();
        if records.now.remove(&("fact".into(), id.into())).is_some() {
            records.feed.push(change("fact", id, None));
        }
    }

    /// The feed is made anew from what there is, without tombstones; cursors into the old one mean nothing.
    pub fn forget_cursors(&self) {
        let mut records = self.records.lock().unwrap();
        records.epoch += 1;
        records.feed = records
            .now
            .iter()
            .map(|((kind, id), body)| change(kind, id, Some(body.clone())))
            .collect();
    }

    pub fn expect(&self, faults: &[Fault]) {
        *self.faults.lock().unwrap() = faults.iter().copied().collect();
    }

    pub fn done(&self) -> BTreeMap<String, Vec<String>> {
        self.records.lock().unwrap().done.clone()
    }

    pub fn records(&self) -> BTreeMap<(String, String), Value> {
        self.records.lock().unwrap().now.clone()
    }

    /// Lets one request through the network, with what it does to the city.
    async fn request<T>(&self, act: impl FnOnce() -> Result<T, CityError>) -> Result<T, CityError> {
        let fault = self.faults.lock().unwrap().pop_front();
        match fault.unwrap_or(Fault::None) {
            Fault::None => act(),
            Fault::NeverArrived => Err(CityError::Offline(None)),
            Fault::Busy => Err(CityError::Busy { retry_after: None }),
            Fault::AnswerLost => act().and(Err(CityError::Offline(None))),
            Fault::Garbage => Err(CityError::Malformed("<html>".into())),
            Fault::GarbledAnswer => act().and(Err(CityError::Malformed("{".into()))),
            Fault::PowerOffBefore => pending().await,
            Fault::PowerOffAfter => {
                let _ = act();
                pending().await
            }
        }
    }
}

fn change(kind: &str, id: &str, body: Option<Value>) -> Change {
    Change {
        kind: kind.to_owned(),
        id: id.to_owned(),
        deleted: body.is_none(),
        body: body.unwrap_or_default().into(),
    }
}

#[async_trait]
impl City for Town {
    async fn pull(&self, since: Option<&Cursor>) -> Result<ChangesPage, CityError> {
        self.request(|| {
            let records = self.records.lock().unwrap();
            let from = match since.and_then(|it| it.0.split_once('/')) {
                Some((epoch, _)) if epoch != records.epoch.to_string() => {
                    return Err(CityError::CursorGone);
                }
                Some((_, seq)) => seq.parse().unwrap(),
                None => 0,
            };
            let to = (from + PAGE).min(records.feed.len());
            Ok(ChangesPage {
                changes: records.feed[from..to].to_vec(),
                cursor: Cursor(format!("{}/{to}", records.epoch)),
                more: to < records.feed.len(),
                total: None,
            })
        })
        .await
    }

    async fn push(
        &self,
        IdempotencyKey(key): IdempotencyKey,
        action: &Action,
    ) -> Result<Receipt, CityError> {
        self.request(|| {
            let Action::DisputeFact { fact, text } = action else {
                return Err(CityError::NotOffered);
            };
            if text.starts_with("no") {
                return Err(CityError::Refused(Box::new(Problem {
                    code: "no".into(),
                    title: "No".into(),
                    status: 422,
                    detail: None,
                    words: None,
                })));
            }
            let mut records = self.records.lock().unwrap();
            if records.seen.insert(key) {
                let of_fact = records.done.entry(fact.to_string()).or_default();
                of_fact.push(text.clone());
            }
            Ok(Receipt { appointment: None })
        })
        .await
    }

    async fn other_times(&self, _: &Appointment) -> Result<Vec<Slot>, CityError> {
        Err(CityError::NotOffered)
    }

    async fn woken(&self) -> Result<(), CityError> {
        pending().await
    }

    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError> {
        Ok(None)
    }

    async fn appointment(&self, _: &AppointmentId) -> Result<Option<Appointment>, CityError> {
        Ok(None)
    }
}

struct HandClock(Mutex<Timestamp>);

#[async_trait]
impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, _: Duration) {}
}

pub struct Device {
    folder: tempfile::TempDir,
    key: Key,
    store: Option<Store>,
    clock: HandClock,
}

impl Device {
    pub fn new() -> Self {
        let mut device = Self {
            folder: tempfile::tempdir().unwrap(),
            key: Key::random(),
            store: None,
            clock: HandClock(Mutex::new("2026-11-23T07:00:00Z".parse().unwrap())),
        };
        device.start();
        device
    }

    fn start(&mut self) {
        self.store = None;
        let opened = Store::open(self.folder.path(), "anna", &self.key).unwrap();
        assert!(opened.damaged.is_none());
        self.store = Some(opened.store);
    }

    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    pub fn wait(&self, seconds: i64) {
        *self.clock.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    pub fn dispute(&self, fact: &str, text: &str) {
        let action = Action::DisputeFact {
            fact: fact.into(),
            text: text.into(),
        };
        let queued = Queued {
            key: Uuid::new_v4(),
            thing: action.thing(),
            action: serde_json::to_string(&action).unwrap(),
            not_before: None,
        };
        self.store()
            .write::<_, StoreError>(|tx| tx.queue(&queued, self.clock.now()))
            .unwrap();
    }

    /// One round. A request that never comes back means the power went off: what is on the disk is all there is.
    pub fn round(&mut self, town: &Town) -> SyncReport {
        let mut report = SyncReport::default();
        let alive = {
            let nothing = |_| {};
            let round = pin!(sync(self.store(), town, &self.clock, &nothing, &mut report));
            // Nothing in it waits for anything but the city.
            matches!(
                round.poll(&mut Context::from_waker(Waker::noop())),
                Poll::Ready(_)
            )
        };
        if !alive {
            self.start();
        }
        report
    }

    /// Nothing waits to be sent, and nothing is left half read.
    pub fn settled(&self) -> bool {
        let waiting = self.store().read(|tx| tx.outbox().all()).unwrap();
        let reading: Option<Value> = self.store().read(|tx| tx.values().get("reading")).unwrap();
        waiting.iter().all(|it| it.refused.is_some()) && reading.is_none()
    }

    pub fn refused(&self) -> Vec<String> {
        let rows = self.store().read(|tx| tx.outbox().all()).unwrap();
        rows.iter()
            .map(|row| match serde_json::from_str(&row.action).unwrap() {
                Action::DisputeFact { text, .. } => text,
                other => panic!("never asked: {other:?}"),
            })
            .collect()
    }

    pub fn records(&self) -> BTreeMap<(String, String), Value> {
        let of_kind =
            |kind: &str| -> Vec<Value> { self.store().read(|tx| tx.records().all(kind)).unwrap() };
        ["fact", "hologram", "rune"]
            .into_iter()
            .flat_map(|kind| of_kind(kind).into_iter().map(move |body| (kind, body)))
            .map(|(kind, body)| {
                let id = body["id"].as_str().unwrap().to_owned();
                ((kind.to_owned(), id), body)
            })
            .collect()
    }
}
