use super::{
    answer::{Answer, ask, cannot, changed_meanwhile},
    appointment, change,
    progress::Progress,
    read::{key_of, list, names},
};
use crate::{Session, catalogue::PackSource, clock::CityClock, http::address};
use async_trait::async_trait;
use jiff::tz::TimeZone;
use reqwest::Client;
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;
use vekha_model::{AppointmentId, Moment, ResidentId, SlotId};
use vekha_protocol::{
    Action, Appointment, CatalogueOffer, ChangesPage, City, CityError, ClockReading, Cursor,
    FhirOffer, IdempotencyKey, OfferAnswer, Receipt, Slot,
};

const KINDS: [&str; 4] = ["Patient", "Observation", "Condition", "Appointment"];
const PAGE: &str = "200";

/// A city of which only the FHIR R4 server is known.
pub struct FhirCity {
    http: Client,
    base: Url,
    packs: PackSource,
    session: Arc<Session>,
    clock: CityClock,
    patient: ResidentId,
}

/// What a resident says to an offer.
struct Answering<'a> {
    answer: OfferAnswer,
    start: Option<Moment>,
    slot: Option<&'a SlotId>,
    reason: Option<&'a str>,
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

    fn url(&self, segments: &[&str]) -> Result<Url, CityError> {
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

    async fn get(&self, url: Url) -> Result<Answer, CityError> {
        ask(&self.session, &self.clock, || self.http.get(url.clone())).await
    }

    async fn put(&self, url: Url, before: &Answer) -> Result<Value, CityError> {
        let version = before.json["meta"]["versionId"]
            .as_str()
            .map(|it| format!("W/\"{it}\""));
        let etag = before.etag.clone().or(version);
        let answer = ask(&self.session, &self.clock, || {
            let request = self
                .http
                .put(url.clone())
                .header("content-type", "application/fhir+json")
                .header("prefer", "return=representation")
                .body(before.json.to_string());
            match &etag {
                Some(etag) => request.header("if-match", etag),
                None => request,
            }
        })
        .await?;
        Ok(answer.json)
    }

    async fn answer_offer(
        &self,
        id: &AppointmentId,
        said: &Answering<'_>,
    ) -> Result<Receipt, CityError> {
        let (answer, slot) = (said.answer, said.slot);
        let url = self.url(&["Appointment", id.as_str()])?;
        let mut now = self.get(url.clone()).await?;
        if !change::takes_part(&now.json, &self.patient) {
            return Err(CityError::Malformed(
                "an appointment of somebody else".into(),
            ));
        }
        let wanted = match answer {
            OfferAnswer::Decline => "cancelled",
            OfferAnswer::Accept | OfferAnswer::Change => "booked",
        };
        let there = slot.is_none_or(|slot| {
            list(&now.json["slot"])
                .iter()
                .any(|it| names(it, "Slot", slot.as_str()))
        });
        // A repeated answer whose first receipt was lost finds everything as it wants it.
        if now.json["status"] != wanted || !there {
            if answer == OfferAnswer::Accept {
                still_as_seen(&now.json, said.start)?;
            }
            match (answer, slot) {
                (OfferAnswer::Change, None) => {
                    return Err(cannot(
                        "Этот город не подбирает другое время сам. Выберите время из списка или позвоните в клинику.",
                        "This city does not look for another time itself. Choose one from the list or call the clinic.",
                    ));
                }
                (OfferAnswer::Change, Some(slot)) => self.move_to(&mut now.json, slot).await?,
                _ => {}
            }
            self.decide(&mut now.json, wanted, said.reason);
            let after = self.put(url.clone(), &now).await?;
            now.json = if after["resourceType"] == "Appointment" {
                after
            } else {
                self.get(url).await?.json
            };
        }
        let appointment = appointment::read(&now.json, &self.patient)
            .map_err(|why| CityError::Malformed(why.to_owned()))?;
        Ok(Receipt {
            appointment: Some(appointment),
        })
    }

    /// Writes the answer into the resource as it came: fields this device does not know go back unchanged.
    fn decide(&self, json: &mut Value, wanted: &str, reason: Option<&str>) {
        json["status"] = wanted.into();
        let said = if wanted == "cancelled" {
            "declined"
        } else {
            "accepted"
        };
        for it in json["participant"].as_array_mut().into_iter().flatten() {
            if names(&it["actor"], "Patient", self.patient.as_str()) {
                it["status"] = said.into();
            }
        }
        if wanted == "cancelled"
            && let Some(reason) = reason
        {
            json["cancelationReason"] = json!({"text": reason});
        }
    }

    async fn move_to(&self, json: &mut Value, slot: &SlotId) -> Result<(), CityError> {
        let free = self.get(self.url(&["Slot", slot.as_str()])?).await?.json;
        json["slot"] = json!([{"reference": format!("Slot/{slot}")}]);
        json["start"] = free["start"].clone();
        json["end"] = free["end"].clone();
        Ok(())
    }
}

/// A time that was moved after the resident saw it is asked about again, never taken.
fn still_as_seen(json: &Value, seen: Option<Moment>) -> Result<(), CityError> {
    let instant = |it: Moment| it.start_in(&TimeZone::UTC);
    match (seen.map(instant), appointment::start(json).map(instant)) {
        (Some(seen), Some(now)) if seen != now => Err(changed_meanwhile(None)),
        _ => Ok(()),
    }
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
        if bundle["resourceType"] != "Bundle" {
            return Err(CityError::Malformed(
                "a search answered without a Bundle".into(),
            ));
        }
        let mut changes = Vec::new();
        for resource in list(&bundle["entry"]).iter().map(|it| &it["resource"]) {
            if at.is_new(resource) {
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
            _ => Err(cannot(
                "Этот город пока принимает из приложения только ответы на записи. Ваше слово осталось на этом устройстве; обратитесь в клинику или администрацию напрямую.",
                "This city takes only answers to appointments from the app so far. What you said stays on this device; please turn to the clinic or the city directly.",
            )),
        }
    }

    async fn other_times(&self, appointment: &Appointment) -> Result<Vec<Slot>, CityError> {
        let Some(slot) = &appointment.slot else {
            return Err(CityError::NotOffered);
        };
        let held = self.get(self.url(&["Slot", slot.as_str()])?).await?.json;
        let schedule = key_of(&held["schedule"], "Schedule").ok_or(CityError::NotOffered)?;
        let mut url = self.url(&["Slot"])?;
        url.query_pairs_mut()
            .append_pair("schedule", &format!("Schedule/{schedule}"))
            .append_pair("status", "free")
            .append_pair("_sort", "start")
            .append_pair("_count", "50");
        let bundle = self.get(url).await?.json;
        let free = list(&bundle["entry"]).iter();
        Ok(free
            .filter_map(|it| appointment::slot(&it["resource"]))
            .collect())
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
            Ok(answer) => appointment::read(&answer.json, &self.patient)
                .map(Some)
                .map_err(|why| CityError::Malformed(why.to_owned())),
            Err(CityError::Refused(problem)) if matches!(problem.status, 404 | 410) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn clock(&self) -> Option<ClockReading> {
        self.clock.read()
    }
}
