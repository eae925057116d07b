use super::{
    answer::{Answer, ask, cannot},
    appointment, change,
    decide::Answering,
    progress::Progress,
    read::{key_of, list},
};
use crate::{Session, catalogue::PackSource, clock::CityClock, http::address};
use async_trait::async_trait;
use reqwest::Client;
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;
use vekha_model::{AppointmentId, ResidentId};
use vekha_protocol::{
    Action, Appointment, CatalogueOffer, ChangesPage, City, CityError, ClockReading, Cursor,
    FhirOffer, IdempotencyKey, Receipt, Slot,
};

const KINDS: [&str; 4] = ["Patient", "Observation", "Condition", "Appointment"];
const PAGE: &str = "200";

/// A city of which only the FHIR R4 server is known.
pub struct FhirCity {
    pub(super) http: Client,
    base: Url,
    packs: PackSource,
    pub(super) session: Arc<Session>,
    pub(super) clock: CityClock,
    pub(super) patient: ResidentId,
}

impl FhirCity {
    /// Reads for the patient named in the token response (SMART App Launch), else for the one signed in.
    ///
    /// # Errors
    /// [`CityError::Malformed`] for an address not to be used.
    pub fn new(
        http: Client,
        fhir: &FhirOffer,
        catalogue: Option<&CatalogueOffer>,
        session: Arc<Session>,
    ) -> Result<Self, CityError> {
        Ok(Self {
            packs: PackSource::new(http.clone(), catalogue)?,
            http,
            base: address(&fhir.base).map_err(|error| CityError::Malformed(error.to_string()))?,
            clock: CityClock::default(),
            patient: session.resident().clone(),
            session,
        })
    }

    pub(super) fn url(&self, segments: &[&str]) -> Result<Url, CityError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| CityError::Malformed("the FHIR address cannot be built on".into()))?
            .pop_if_empty()
            .extend(segments);
        Ok(url)
    }

    fn search(&self, at: &Progress) -> Result<Url, CityError> {
        let kind = KINDS[at.kind];
        let mut url = self.url(&[kind])?;
        let mut query = url.query_pairs_mut();
        match kind {
            "Patient" => query.append_pair("_id", self.patient.as_str()),
            // With its kind: some servers match a bare id with nothing.
            _ => query.append_pair("patient", &format!("Patient/{}", self.patient)),
        };
        query
            .append_pair("_sort", "_lastUpdated")
            .append_pair("_count", PAGE);
        if let Some(since) = at.since() {
            query.append_pair("_lastUpdated", &format!("ge{since}"));
        }
        drop(query);
        Ok(url)
    }

    /// A page's address, never on another server: the token would go with it.
    fn on_this_server(&self, text: &str) -> Result<Url, CityError> {
        self.base
            .join(text)
            .ok()
            .filter(|it| it.origin() == self.base.origin())
            .ok_or_else(|| CityError::Malformed("the next page is on another server".into()))
    }

    pub(super) async fn get(&self, url: Url) -> Result<Answer, CityError> {
        ask(&self.session, &self.clock, || self.http.get(url.clone())).await
    }
}

/// The resources of a search; an answer that is no Bundle is not an empty one.
fn found(bundle: &Value) -> Result<impl Iterator<Item = &Value>, CityError> {
    let entries = match &bundle["entry"] {
        Value::Array(entries) => entries.as_slice(),
        Value::Null => &[],
        _ => {
            return Err(CityError::Malformed(
                "a Bundle whose entries are no list".into(),
            ));
        }
    };
    if bundle["resourceType"] != "Bundle" {
        return Err(CityError::Malformed(
            "a search answered without a Bundle".into(),
        ));
    }
    Ok(entries.iter().map(|it| &it["resource"]))
}

#[async_trait]
impl City for FhirCity {
    async fn pull(&self, since: Option<&Cursor>) -> Result<ChangesPage, CityError> {
        let mut at = Progress::read(since)?;
        if at.kind >= KINDS.len() {
            return Err(CityError::CursorGone);
        }
        let url = match &at.next {
            Some(next) => self.on_this_server(next)?,
            None => self.search(&at)?,
        };
        let bundle = match self.get(url.clone()).await {
            Ok(answer) => answer.json,
            // A page's address does not live for ever; the search behind it does.
            Err(CityError::Refused(_)) if at.next.is_some() => return Err(CityError::CursorGone),
            // Results are what the plan stands on; the other kinds may be missing from a small server.
            Err(CityError::Refused(_)) if KINDS[at.kind] != "Observation" => {
                json!({"resourceType": "Bundle"})
            }
            Err(error) => return Err(error),
        };
        let mut changes = Vec::new();
        let now = self.clock.read().map(|it| it.says);
        for resource in found(&bundle)? {
            if at.is_new(resource, now) {
                changes.extend(change::read(resource, &self.patient)?);
            }
        }
        let next = list(&bundle["link"])
            .iter()
            .find(|it| it["relation"] == "next")
            .and_then(|it| it["url"].as_str());
        at.next = match next {
            Some(next) if self.on_this_server(next)? == url => {
                return Err(CityError::Malformed("a page that leads to itself".into()));
            }
            next => next.map(str::to_owned),
        };
        if at.next.is_none() {
            at.kind += 1;
        }
        let more = at.kind < KINDS.len();
        if !more {
            at.round_ends();
        }
        Ok(ChangesPage {
            changes,
            cursor: at.cursor()?,
            more,
            total: None,
        })
    }

    async fn push(&self, _: IdempotencyKey, action: &Action) -> Result<Receipt, CityError> {
        match action {
            Action::AnswerOffer {
                appointment,
                answer,
                start,
                slot,
                reason,
            } => {
                let said = Answering {
                    answer: *answer,
                    start: *start,
                    slot: slot.as_ref(),
                    reason: reason.as_deref(),
                };
                self.answer_offer(appointment, &said).await
            }
            _ => Err(cannot(vekha_words::text("answer-visits-only"))),
        }
    }

    async fn other_times(&self, appointment: &Appointment) -> Result<Vec<Slot>, CityError> {
        let Some(slot) = &appointment.slot else {
            return Err(CityError::NotOffered);
        };
        let held = self.get(self.url(&["Slot", slot.as_str()])?).await?.json;
        if held["resourceType"] != "Slot" {
            return Err(CityError::Malformed(
                "no Slot where one was asked for".into(),
            ));
        }
        let schedule = key_of(&held["schedule"], "Schedule").ok_or(CityError::NotOffered)?;
        let mut url = self.url(&["Slot"])?;
        url.query_pairs_mut()
            .append_pair("schedule", &format!("Schedule/{schedule}"))
            .append_pair("status", "free")
            .append_pair("_sort", "start")
            .append_pair("_count", "50");
        let bundle = self.get(url).await?.json;
        Ok(found(&bundle)?.filter_map(appointment::slot).collect())
    }

    /// FHIR R4 has no wake-up a phone could hold open: the device asks by its timer.
    async fn woken(&self) -> Result<(), CityError> {
        std::future::pending().await
    }

    async fn catalogue(&self) -> Result<Option<Vec<u8>>, CityError> {
        self.packs.fetch().await
    }

    async fn appointment(&self, id: &AppointmentId) -> Result<Option<Appointment>, CityError> {
        match self.get(self.url(&["Appointment", id.as_str()])?).await {
            Ok(answer) => {
                self.check_visit(&answer.json, id)?;
                appointment::read(&answer.json, &self.patient)
                    .map(Some)
                    .map_err(|why| CityError::Malformed(why.to_owned()))
            }
            Err(CityError::Refused(problem)) if matches!(problem.status, 404 | 410) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn clock(&self) -> Option<ClockReading> {
        self.clock.read()
    }
}
