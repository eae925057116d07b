use super::read::{key_of, list, moment, words};
use serde_json::Value;
use vekha_model::{AppointmentId, Moment, ResidentId, ServiceKey, SlotId, StepId, Text};
use vekha_protocol::{Appointment, AppointmentStatus, Place, Slot};

/// An Appointment as the resident's visit or offer.
pub(super) fn read(json: &Value, patient: &ResidentId) -> Result<Appointment, &'static str> {
    let id = json["id"].as_str().ok_or("an Appointment without an id")?;
    let start = start(json).ok_or("an Appointment without a time")?;
    let title = json["description"]
        .as_str()
        .or_else(|| list(&json["serviceType"]).iter().find_map(words))
        .or_else(|| words(&json["appointmentType"]))
        .map_or_else(|| vekha_words::text("visit-unnamed"), both);
    Ok(Appointment {
        id: AppointmentId::new(id),
        version: version(json),
        subject: patient.clone(),
        step: extension(json, "step")
            .and_then(|it| it["valueString"].as_str())
            .map(StepId::new),
        status: status(json).ok_or("an Appointment with a status outside R4")?,
        start,
        end: moment(&json["end"]),
        service: service(json),
        slot: list(&json["slot"])
            .iter()
            .find_map(|it| key_of(it, "Slot"))
            .map(SlotId::new),
        place: place(json),
        practitioner: participant(json, "Practitioner").map(both),
        held_until: extension(json, "held-until").and_then(|it| moment(&it["valueDateTime"])),
        title,
        neutral: extension(json, "neutral")
            .and_then(|it| it["valueString"].as_str())
            .map_or_else(|| vekha_words::text("visit-neutral"), both),
        reason: words(&json["cancelationReason"]).map(both),
        instructions: json["patientInstruction"].as_str().map(both),
    })
}

/// When it is, or at the earliest could be while only proposed.
pub(super) fn start(json: &Value) -> Option<Moment> {
    moment(&json["start"]).or_else(|| moment(&list(&json["requestedPeriod"]).first()?["start"]))
}

/// A free time.
pub(super) fn slot(json: &Value) -> Option<Slot> {
    (json["status"] == "free").then_some(())?;
    Some(Slot {
        id: SlotId::new(json["id"].as_str()?),
        start: moment(&json["start"])?,
        end: moment(&json["end"])?,
        place: None,
        practitioner: None,
    })
}

/// `versionId` where it is a number; elsewhere the second of the last change, which grows as well.
fn version(json: &Value) -> u32 {
    let meta = &json["meta"];
    meta["versionId"]
        .as_str()
        .and_then(|it| it.parse().ok())
        .or_else(|| match moment(&meta["lastUpdated"])? {
            Moment::Time { at, .. } => u32::try_from(at.as_second()).ok(),
            Moment::Day(_) => None,
        })
        .unwrap_or_default()
}

fn status(json: &Value) -> Option<AppointmentStatus> {
    Some(match json["status"].as_str()? {
        "proposed" => AppointmentStatus::Proposed,
        "pending" => AppointmentStatus::Pending,
        "booked" => AppointmentStatus::Booked,
        "arrived" | "checked-in" => AppointmentStatus::Arrived,
        "fulfilled" => AppointmentStatus::Fulfilled,
        "cancelled" => AppointmentStatus::Cancelled,
        "noshow" => AppointmentStatus::Noshow,
        "entered-in-error" => AppointmentStatus::EnteredInError,
        "waitlist" => AppointmentStatus::Waitlist,
        _ => return None,
    })
}

fn participant<'a>(json: &'a Value, kind: &str) -> Option<&'a str> {
    let actors = || list(&json["participant"]).iter().map(|it| &it["actor"]);
    actors()
        .filter(|it| key_of(it, kind).is_some() || it["type"] == kind)
        .find_map(|it| it["display"].as_str())
}

/// The place: a Location named by a participant, or sent along inside the appointment.
fn place(json: &Value) -> Option<Place> {
    let sent = list(&json["contained"])
        .iter()
        .find(|it| it["resourceType"] == "Location");
    let name = sent
        .and_then(|it| it["name"].as_str())
        .or_else(|| participant(json, "Location"))?;
    let address = sent.map(|it| &it["address"]);
    let lines = address.and_then(|it| {
        it["text"].as_str().map(str::to_owned).or_else(|| {
            let lines: Vec<&str> = list(&it["line"]).iter().filter_map(Value::as_str).collect();
            (!lines.is_empty()).then(|| lines.join(", "))
        })
    });
    let phone = sent.and_then(|it| {
        list(&it["telecom"])
            .iter()
            .find(|it| it["system"] == "phone")
            .and_then(|it| it["value"].as_str())
    });
    Some(Place {
        name: both(name),
        address: both(&lines.unwrap_or_default()),
        way: both(
            sent.and_then(|it| it["description"].as_str())
                .unwrap_or_default(),
        ),
        phone: phone.map(str::to_owned),
    })
}

fn service(json: &Value) -> Option<ServiceKey> {
    list(&json["serviceType"])
        .iter()
        .flat_map(|it| list(&it["coding"]))
        .find(|it| is_ours(&it["system"]))
        .and_then(|it| it["code"].as_str())
        .map(ServiceKey::new)
}

/// What R4 has no element for; a city made by others has none of it.
fn extension<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    list(&json["extension"]).iter().find(|it| {
        it["url"]
            .as_str()
            .is_some_and(|url| url.strip_prefix("urn:vekha:") == Some(name))
    })
}

fn is_ours(system: &Value) -> bool {
    system.as_str().is_some_and(|it| it.contains("vekha"))
}

fn both(text: &str) -> Text {
    Text::new(text, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_visit_is_read_with_its_place_and_doctor() {
        let json = json!({
            "id": "a1", "meta": {"versionId": "4"}, "status": "pending", "description": "Приём терапевта",
            "start": "2026-11-24T10:00:00+03:00", "end": "2026-11-24T10:15:00+03:00",
            "slot": [{"reference": "https://fhir.example/Slot/s9"}],
            "contained": [{"resourceType": "Location", "name": "Поликлиника № 2", "address": {"line": ["ул. Мира, 4", "каб. 12"]}}],
            "participant": [{"actor": {"reference": "Practitioner/5", "display": "Иванова М. П."}, "status": "accepted"}],
        });
        let visit = read(&json, &"anna".into()).unwrap();
        assert!(visit.status.is_offer());
        assert_eq!((visit.version, visit.slot), (4, Some("s9".into())));
        let place = visit.place.unwrap();
        assert_eq!(
            (place.name.ru.as_str(), place.address.ru.as_str()),
            ("Поликлиника № 2", "ул. Мира, 4, каб. 12")
        );
        assert_eq!(visit.practitioner.unwrap().ru, "Иванова М. П.");
    }

    #[test]
    fn an_appointment_without_a_time_is_not_guessed() {
        assert!(read(&json!({"id": "a", "status": "proposed"}), &"anna".into()).is_err());
    }
}
