use super::{Outcome, resource::Resource, times};
use crate::{City, db};
use serde_json::{Value, json};
use vekha_model::{AppointmentId, Moment, ResidentId};
use vekha_protocol::{Appointment, AppointmentStatus, Place};

pub(super) async fn find(city: &City, id: &str) -> Result<Option<Resource>, Outcome> {
    Ok(db::appointment(city.pool(), &AppointmentId::new(id))
        .await?
        .map(|it| resource(city, &it.appointment, it.changed)))
}

pub(super) async fn of_resident(
    city: &City,
    subject: &ResidentId,
) -> Result<Vec<Resource>, Outcome> {
    Ok(db::appointments_of(city.pool(), subject)
        .await?
        .iter()
        .map(|it| resource(city, &it.appointment, it.changed))
        .collect())
}

pub(super) fn resource(city: &City, it: &Appointment, changed: i64) -> Resource {
    let answer = match it.status {
        AppointmentStatus::Proposed | AppointmentStatus::Pending => "needs-action",
        AppointmentStatus::Cancelled => "declined",
        _ => "accepted",
    };
    let mut place = json!({"required": "required", "status": "accepted", "actor": {"type": "Location", "display": "—"}});
    let mut body = json!({
        "status": it.status,
        "description": it.title.ru,
        "start": time(city, &it.start),
        "end": time(city, it.end.as_ref().unwrap_or(&it.start)),
        "participant": [{
            "actor": {"reference": format!("Patient/{}", it.subject), "type": "Patient"},
            "required": "required", "status": answer,
        }],
        "extension": extensions(it),
    });
    if let Some(service) = &it.service {
        body["serviceType"] = json!([times::service_type(service.as_str())]);
    }
    if let Some(slot) = &it.slot {
        body["slot"] = json!([{"reference": format!("Slot/{slot}")}]);
    }
    if let Some(found) = &it.place {
        body["contained"] = json!([location(found)]);
        place["actor"] =
            json!({"reference": "#place", "type": "Location", "display": found.name.ru});
    }
    if let (Some(name), Some(them)) = (&it.practitioner, body["participant"].as_array_mut()) {
        them.push(
            json!({"actor": {"type": "Practitioner", "display": name.ru}, "status": "accepted"}),
        );
    }
    if let Some(them) = body["participant"].as_array_mut() {
        them.push(place);
    }
    if let Some(reason) = &it.reason {
        body["cancelationReason"] = json!({"text": reason.ru});
    }
    if let Some(how) = &it.instructions {
        body["patientInstruction"] = json!(how.ru);
    }
    Resource::made(
        "Appointment",
        it.id.as_str(),
        it.version.into(),
        times::second(changed),
        Some(it.subject.clone()),
        body,
    )
}

/// What FHIR has no element for.
fn extensions(it: &Appointment) -> Value {
    let mut all = vec![json!({"url": "urn:vekha:neutral", "valueString": it.neutral.ru})];
    if let Some(step) = &it.step {
        all.push(json!({"url": "urn:vekha:step", "valueString": step}));
    }
    if let Some(until) = &it.held_until {
        all.push(json!({"url": "urn:vekha:held-until", "valueDateTime": until}));
    }
    json!(all)
}

fn location(place: &Place) -> Value {
    let mut made = json!({"resourceType": "Location", "id": "place", "name": place.name.ru});
    if !place.address.ru.is_empty() {
        made["address"] = json!({"text": place.address.ru});
    }
    if !place.way.ru.is_empty() {
        made["description"] = json!(place.way.ru);
    }
    if let Some(phone) = &place.phone {
        made["telecom"] = json!([{"system": "phone", "value": phone}]);
    }
    made
}

/// Appointment times are instants: a day begins at its midnight.
fn time(city: &City, moment: &Moment) -> Moment {
    city.moment(moment.start_in(city.zone()))
}
