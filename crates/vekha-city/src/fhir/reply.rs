use super::{Outcome, receive, resource::Resource, search::relative, visit};
use crate::{
    City, db,
    offers::{self, Answer},
    sign_in::Caller,
};
use serde_json::Value;
use vekha_model::{AppointmentId, SlotId};
use vekha_protocol::{AppointmentStatus, OfferAnswer};

/// A resident's device answers an offer by writing the Appointment back: booked, cancelled, or with another slot.
/// Times and places are the city's to say; what else is changed in the resource is not taken over.
pub(super) async fn reply(
    city: &City,
    caller: &Caller,
    id: &str,
    text: &str,
    if_match: Option<&str>,
) -> Result<Resource, Outcome> {
    let json = receive::parse("Appointment", text)?;
    if json["id"] != id {
        return Err(Outcome::bad_search("the id inside must be the id in the address").at("id"));
    }
    let id = AppointmentId::new(id);
    let mut writing = city.write().await?;
    let stored = db::appointment(&mut *writing.tx, &id)
        .await?
        .filter(|it| caller.may_read(&it.appointment.subject))
        .ok_or_else(Outcome::not_found)?;
    let visit = &stored.appointment;
    receive::matches(if_match, &visit::resource(city, visit, stored.changed))?;
    let answer = read(
        &json,
        visit.slot.as_ref(),
        visit.subject.as_str(),
        city.base(),
    )?;
    let subject = visit.subject.clone();
    offers::answer(city, &mut writing.tx, &id, &answer).await?;
    writing.commit().await?;
    city.wake(&subject).await;
    visit::find(city, id.as_str())
        .await?
        .ok_or_else(Outcome::not_found)
}

fn read(
    json: &Value,
    slot: Option<&SlotId>,
    subject: &str,
    issuer: &str,
) -> Result<Answer, Outcome> {
    let base = format!("{issuer}/fhir");
    let status: Option<AppointmentStatus> = serde_json::from_value(json["status"].clone()).ok();
    let patient = format!("Patient/{subject}");
    let said = json["participant"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|it| {
            it["actor"]["reference"]
                .as_str()
                .is_some_and(|actor| relative(actor, "Patient", &base) == patient)
        });
    let said = said.and_then(|it| it["status"].as_str());
    let other = json["slot"][0]["reference"]
        .as_str()
        .map(|it| SlotId::new(relative(it, "Slot", &base).replacen("Slot/", "", 1)))
        .filter(|it| Some(it) != slot);
    let reason = json["cancelationReason"]["text"]
        .as_str()
        .map(str::to_owned);
    let answer = match (status, said) {
        (Some(AppointmentStatus::Cancelled), _) | (_, Some("declined")) => OfferAnswer::Decline,
        (Some(AppointmentStatus::Booked), _) | (_, Some("accepted")) if other.is_some() => {
            OfferAnswer::Change
        }
        (Some(AppointmentStatus::Booked), _) | (_, Some("accepted")) => OfferAnswer::Accept,
        _ => {
            return Err(Outcome::invalid(
                "business-rule",
                "an answer is status booked or cancelled, or the patient's participant status accepted or declined",
                "status",
            ));
        }
    };
    Ok(Answer {
        answer,
        slot: other.filter(|_| answer == OfferAnswer::Change),
        // The version says which time was read, where the device sends If-Match.
        start: None,
        reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(json: &Value) -> Option<Answer> {
        read(json, Some(&"s1".into()), "anna", "http://127.0.0.1:1").ok()
    }

    #[test]
    fn booked_accepts_and_cancelled_declines() {
        assert_eq!(
            said(&json!({"status": "booked"})).unwrap().answer,
            OfferAnswer::Accept
        );
        assert_eq!(
            said(&json!({"status": "cancelled"})).unwrap().answer,
            OfferAnswer::Decline
        );
        assert!(said(&json!({"status": "pending"})).is_none());
    }

    #[test]
    fn a_participants_answer_counts_only_from_the_patient() {
        let of = |who: &str| json!({"status": "pending", "participant": [{"actor": {"reference": who}, "status": "accepted"}]});
        assert_eq!(
            said(&of("Patient/anna")).unwrap().answer,
            OfferAnswer::Accept
        );
        assert!(said(&of("Patient/oleg")).is_none());
    }

    #[test]
    fn another_slot_moves_the_visit() {
        let moved = said(&json!({"status": "booked", "slot": [{"reference": "Slot/s2"}]})).unwrap();
        assert_eq!(
            (moved.answer, moved.slot),
            (OfferAnswer::Change, Some("s2".into()))
        );
    }
}
