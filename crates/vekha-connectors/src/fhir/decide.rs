//! The resident's answer to an offer, written into the Appointment as it came.

use super::{
    FhirCity,
    answer::{Answer, ask, cannot, changed_meanwhile, slot_taken},
    appointment, change,
    read::{list, names},
};
use jiff::tz::TimeZone;
use reqwest::Url;
use serde_json::{Value, json};
use vekha_model::{AppointmentId, Moment, SlotId};
use vekha_protocol::{CityError, OfferAnswer, Receipt};

/// What a resident says to an offer.
pub(super) struct Answering<'a> {
    pub answer: OfferAnswer,
    pub start: Option<Moment>,
    pub slot: Option<&'a SlotId>,
    pub reason: Option<&'a str>,
}

impl FhirCity {
    pub(super) async fn answer_offer(
        &self,
        id: &AppointmentId,
        said: &Answering<'_>,
    ) -> Result<Receipt, CityError> {
        let (answer, slot) = (said.answer, said.slot);
        let url = self.url(&["Appointment", id.as_str()])?;
        let mut now = self.get(url.clone()).await?;
        self.check_visit(&now.json, id)?;
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
                    return Err(cannot(vekha_words::text("answer-choose-a-time")));
                }
                (OfferAnswer::Change, Some(slot)) => self.move_to(&mut now.json, slot).await?,
                _ => {}
            }
            self.decide(&mut now.json, wanted, said.reason);
            let after = self.put(url.clone(), &now).await?;
            now.json = match self.check_visit(&after, id) {
                Ok(()) => after,
                Err(_) => self.get(url).await?.json,
            };
            self.check_visit(&now.json, id)?;
        }
        let appointment = appointment::read(&now.json, &self.patient)
            .map_err(|why| CityError::Malformed(why.to_owned()))?;
        Ok(Receipt {
            appointment: Some(appointment),
        })
    }

    /// Only the visit that was asked for, and only one this resident takes part in.
    pub(super) fn check_visit(&self, json: &Value, id: &AppointmentId) -> Result<(), CityError> {
        let wrong = |why: &str| Err(CityError::Malformed(why.to_owned()));
        if json["resourceType"] != "Appointment" || json["id"] != id.as_str() {
            return wrong("another record than the appointment asked for");
        }
        if !change::takes_part(json, &self.patient) {
            return wrong("an appointment of somebody else");
        }
        Ok(())
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
        if free["resourceType"] != "Slot" || free["id"] != slot.as_str() {
            return Err(CityError::Malformed(
                "no Slot where one was asked for".into(),
            ));
        }
        if appointment::slot(&free).is_none() {
            return Err(slot_taken());
        }
        json["slot"] = json!([{"reference": format!("Slot/{slot}")}]);
        json["start"] = free["start"].clone();
        json["end"] = free["end"].clone();
        Ok(())
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
}

/// A time that was moved after the resident saw it is asked about again, never taken.
fn still_as_seen(json: &Value, seen: Option<Moment>) -> Result<(), CityError> {
    let instant = |it: Moment| it.start_in(&TimeZone::UTC);
    match (seen.map(instant), appointment::start(json).map(instant)) {
        (Some(seen), Some(now)) if seen != now => Err(changed_meanwhile(None)),
        _ => Ok(()),
    }
}
