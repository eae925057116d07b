use super::{appointment, condition, observation, patient, read::names};
use serde_json::Value;
use vekha_model::{Fact, ResidentId};
use vekha_protocol::{Change, CityError, Record, RecordKind};

/// What one resource of a search means to the device: nothing, one record or two.
///
/// A resource that cannot be read goes on as it is: whoever stores it sets it aside and tells, and reads on.
pub(super) fn read(json: &Value, patient: &ResidentId) -> Result<Vec<Change>, CityError> {
    let mine = |reference: &Value| names(reference, "Patient", patient.as_str());
    match json["resourceType"].as_str() {
        Some("Patient") if json["id"] == patient.as_str() => {
            let (resident, person) = patient::read(json, patient);
            let person = person.map(Record::Fact);
            [Some(Record::Resident(resident)), person]
                .iter()
                .flatten()
                .map(put)
                .collect()
        }
        Some("Observation") if mine(&json["subject"]) => {
            a_fact(json, observation::fact(json, patient))
        }
        Some("Condition") if mine(&json["subject"]) => a_fact(json, condition::fact(json, patient)),
        Some("Appointment") if takes_part(json, patient) => {
            match appointment::read(json, patient) {
                Ok(visit) => Ok(vec![put(&Record::Appointment(visit))?]),
                Err(why) => Ok(vec![unreadable(RecordKind::Appointment, json, why)]),
            }
        }
        _ => Ok(Vec::new()),
    }
}

pub(super) fn takes_part(json: &Value, patient: &ResidentId) -> bool {
    super::read::list(&json["participant"])
        .iter()
        .any(|it| names(&it["actor"], "Patient", patient.as_str()))
}

fn a_fact(
    json: &Value,
    read: Result<Option<Fact>, &'static str>,
) -> Result<Vec<Change>, CityError> {
    match read {
        Ok(fact) => fact.map(Record::Fact).iter().map(put).collect(),
        Err(why) => Ok(vec![unreadable(RecordKind::Fact, json, why)]),
    }
}

fn put(record: &Record) -> Result<Change, CityError> {
    Change::put(record).map_err(|error| CityError::Malformed(error.to_string()))
}

fn unreadable(kind: RecordKind, json: &Value, why: &'static str) -> Change {
    tracing::warn!(why, "a record of the FHIR server cannot be read");
    Change {
        kind: kind.as_str().to_owned(),
        id: json["id"].as_str().unwrap_or_default().to_owned(),
        deleted: false,
        body: json.clone().into(),
    }
}
