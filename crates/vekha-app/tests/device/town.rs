//! A city in memory that follows a script.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::sync::Notify;
use vekha_model::{AppointmentId, ResidentId};
use vekha_protocol::*;

#[derive(Default)]
pub struct Town {
    script: Mutex<Script>,
    wake: Notify,
}

#[derive(Default)]
struct Script {
    changes: Vec<Change>,
    pushed: Vec<Action>,
    refusal: Option<Problem>,
    offline: bool,
    /// Takes everything and tells nothing.
    failing: Vec<&'static str>,
    /// How far its clock is from the machine's.
    clock: Option<SignedDuration>,
    pack: Option<Vec<u8>>,
    keys: BTreeMap<String, String>,
}

impl Town {
    fn script<T>(&self, change: impl FnOnce(&mut Script) -> T) -> T {
        change(&mut self.script.lock().unwrap())
    }

    /// A record as it now is.
    pub fn tell(&self, kind: RecordKind, id: &str, body: Value) {
        self.script(|it| {
            it.changes.push(Change {
                kind: kind.as_str().to_owned(),
                id: id.to_owned(),
                deleted: false,
                body: body.into(),
            });
        });
        self.wake.notify_one();
    }

    pub fn fact(&self, id: &str, kind: &str, at: &str, source: &str, fields: Value) {
        let source = json!({"kind": source, "name": {"ru": "Источник"}});
        let fact = json!({"id": id, "subject": "anna", "kind": kind, "at": at, "status": "final",
            "source": source, "fields": fields});
        self.tell(RecordKind::Fact, id, fact);
    }

    /// Anna's, of one child, as her doctor has put it down.
    pub fn pregnancy(&self, known: &str, lmp: &str) {
        let fields = json!({"lmp": lmp, "fetuses": 1});
        self.fact("p1", "pregnancy", known, "clinician", fields);
    }

    pub fn visit(&self, id: &str, step: Option<&str>, status: &str, start: &str, more: Value) {
        let mut visit = json!({"id": id, "version": 1, "subject": "anna", "step": step, "status": status,
            "start": start, "end": null, "service": "adult_clinic", "slot": null, "practitioner": null,
            "place": {"name": {"ru": "Поликлиника № 1", "en": "Clinic 1"}}, "held_until": null,
            "title": {"ru": "Приём врача", "en": "A doctor's visit"},
            "neutral": {"ru": "Приём в поликлинике", "en": "Appointment at the clinic"},
            "reason": null, "instructions": null});
        if let (Some(visit), Some(more)) = (visit.as_object_mut(), more.as_object()) {
            visit.extend(more.clone());
        }
        self.tell(RecordKind::Appointment, id, visit);
    }

    pub fn pushed(&self) -> Vec<Action> {
        self.script(|it| it.pushed.clone())
    }

    pub fn refuse_with(&self, refusal: Option<Problem>) {
        self.script(|it| it.refusal = refusal);
    }

    pub fn set_offline(&self, offline: bool) {
        self.script(|it| it.offline = offline);
    }

    /// The services that cannot do their work now: `answers`, `news`, `rules`.
    pub fn fail(&self, services: &[&'static str]) {
        self.script(|it| it.failing = services.to_vec());
    }

    pub fn set_clock(&self, ahead: SignedDuration) {
        self.script(|it| it.clock = Some(ahead));
    }

    pub fn set_catalogue(&self, pack: &str, keys: &[(&str, String)]) {
        self.script(|it| {
            it.pack = Some(pack.as_bytes().to_vec());
            it.keys = keys
                .iter()
                .map(|(id, key)| ((*id).to_owned(), key.clone()))
                .collect();
        });
    }

    fn manifest_now(&self) -> Manifest {
        let keys = self.script(|it| it.keys.clone());
        serde_json::from_value(json!({"vekha": 1, "id": "test-town", "name": {"ru": "Город"}, "zone": "Europe/Moscow",
            "sign_in": {"issuer": "https://id.example", "client_id": "vekha-app", "scopes": ["openid"]},
            "city_api": {"base": "https://city.example/city/v1", "version": 1},
            "catalogue": {"url": "https://city.example/city/v1/catalogue", "keys": keys}}))
        .unwrap()
    }
}

/// The way to the town, as a host hands it over.
pub struct Road(pub Arc<Town>);

#[async_trait]
impl Network for Road {
    async fn manifest(&self, _: &str) -> Result<Manifest, NetworkError> {
        Ok(self.0.manifest_now())
    }

    async fn sign_in(
        &self,
        _: &Manifest,
        _: Option<&str>,
    ) -> Result<Box<dyn SigningIn>, NetworkError> {
        Ok(Box::new(Door))
    }

    fn city(&self, _: &Manifest, _: &ResidentId) -> Result<Option<Arc<dyn City>>, NetworkError> {
        Ok(Some(Arc::new(Gate(Arc::clone(&self.0)))))
    }

    fn sign_out(&self, _: bool) -> Result<(), NetworkError> {
        Ok(())
    }
}

struct Door;

#[async_trait]
impl SigningIn for Door {
    fn authorize_url(&self) -> String {
        "https://id.example/authorize".to_owned()
    }

    async fn wait(self: Box<Self>) -> Result<String, NetworkError> {
        Ok("anna".to_owned())
    }
}

struct Gate(Arc<Town>);

impl Gate {
    fn works(&self, service: &str) -> Result<(), CityError> {
        if self.0.script(|it| it.failing.contains(&service)) {
            Err(CityError::Busy { retry_after: None })
        } else {
            Ok(())
        }
    }

    fn reach(&self) -> Result<(), CityError> {
        if self.0.script(|it| it.offline) {
            Err(CityError::Offline(None))
        } else {
            Ok(())
        }
    }
}

#[async_trait]
impl City for Gate {
    async fn pull(&self, since: Option<&Cursor>) -> Result<ChangesPage, CityError> {
        self.reach()?;
        self.works("news")?;
        let from = since.map_or(0, |cursor| cursor.0.parse().unwrap());
        Ok(self.0.script(|it| ChangesPage {
            changes: it.changes[from..].to_vec(),
            cursor: Cursor(it.changes.len().to_string()),
            more: false,
            total: None,
        }))
    }

    async fn push(&self, _: IdempotencyKey, action: &Action) -> Result<Receipt, CityError> {
        self.reach()?;
        self.works("answers")?;
        self.0.script(|it| match it.refusal.clone() {
            Some(problem) => Err(CityError::Refused(Box::new(problem))),
            None => {
                it.pushed.push(action.clone());
                Ok(Receipt { appointment: None })
            }
        })
    }

    async fn other_times(&self, _: &Appointment) -> Result<Vec<Slot>, CityError> {
        self.reach()?;
        Ok(Vec::new())
    }

    async fn woken(&self) -> Result<(), CityError> {
        self.0.wake.notified().await;
        Ok(())
    }

    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError> {
        self.reach()?;
        self.works("rules")?;
        Ok(self.0.script(|it| it.pack.clone()))
    }

    async fn appointment(&self, _: &AppointmentId) -> Result<Option<Appointment>, CityError> {
        self.reach()?;
        Ok(None)
    }

    fn clock(&self) -> Option<ClockReading> {
        let ahead = self.0.script(|it| it.clock)?;
        Some(ClockReading::heard_now(
            Timestamp::now().saturating_add(ahead).unwrap(),
        ))
    }
}
