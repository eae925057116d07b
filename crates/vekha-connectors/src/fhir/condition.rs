use super::read::{code_in, first_moment, words};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vekha_model::{Fact, FactId, FactStatus, ResidentId, Source, SourceKind, Text};

const ICD: &str = "http://hl7.org/fhir/sid/icd-10";

/// A Condition as a clinician's diagnosis; its code stays as it is, what it means is for people to say.
pub(super) fn fact(json: &Value, patient: &ResidentId) -> Result<Option<Fact>, &'static str> {
    let id = json["id"].as_str().ok_or("a Condition without an id")?;
    let verified = code_in(
        &json["verificationStatus"],
        "http://terminology.hl7.org/CodeSystem/condition-ver-status",
    );
    let status = match verified {
        Some("entered-in-error" | "refuted") => FactStatus::EnteredInError,
        Some("unconfirmed" | "provisional" | "differential") => FactStatus::Preliminary,
        _ => FactStatus::Final,
    };
    let at = first_moment(json, &["recordedDate", "onsetDateTime", "onsetPeriod"])
        .or_else(|| first_moment(&json["meta"], &["lastUpdated"]))
        .ok_or("a Condition without a time")?;
    let code = code_in(&json["code"], ICD).or_else(|| words(&json["code"]));
    let fields: BTreeMap<_, _> = code
        .map(|code| ("code".to_owned(), json!(code)))
        .into_iter()
        .collect();
    let doctor = json["asserter"]["display"]
        .as_str()
        .or_else(|| json["recorder"]["display"].as_str())
        .unwrap_or_default();
    Ok(Some(Fact {
        id: FactId::new(key(id)),
        subject: patient.clone(),
        kind: "diagnosis".to_owned(),
        at,
        recorded: None,
        status,
        supersedes: None,
        source: Source {
            kind: SourceKind::Clinician,
            name: Text::new(doctor, doctor),
            reference: Some(format!("Condition/{id}")),
        },
        fields,
        private: false,
    }))
}

/// A server that numbers records by kind has both an Observation 1 and a Condition 1: two facts, two ids.
fn key(id: &str) -> String {
    if id.bytes().all(|it| it.is_ascii_digit()) {
        format!("condition-{id}")
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnosis_keeps_its_code_and_the_doctor_who_gave_it() {
        let fact = fact(
            &json!({
                "id": "1", "recordedDate": "2026-11-20", "asserter": {"display": "Петрова О. И."},
                "code": {"coding": [{"system": ICD, "code": "O09"}]},
            }),
            &"anna".into(),
        )
        .unwrap()
        .unwrap();
        assert_eq!(fact.id.as_str(), "condition-1");
        assert_eq!(fact.fields["code"], "O09");
        assert_eq!(fact.source.name.ru, "Петрова О. И.");
    }
}
