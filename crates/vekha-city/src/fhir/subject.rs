use super::{Outcome, search::relative};
use serde_json::Value;
use vekha_model::ResidentId;

/// The system of the identifiers residents have here.
pub(super) const IDENTIFIER: &str = "urn:vekha:resident";

/// Whom the resource is about: a relative or absolute reference, a contained Patient, or an identifier.
pub(super) fn of(json: &Value, base: &str) -> Result<ResidentId, Outcome> {
    let subject = json
        .get("subject")
        .ok_or_else(|| wrong("subject is missing: whose is it?"))?;
    if let Some(reference) = subject.get("reference").and_then(Value::as_str) {
        if let Some(inside) = reference.strip_prefix('#') {
            return contained(json, inside);
        }
        let relative = relative(reference, "Patient", base);
        if let Some(id) = relative.strip_prefix("Patient/")
            && !id.is_empty()
            && !id.contains('/')
        {
            return Ok(ResidentId::new(id));
        }
    }
    subject
        .get("identifier")
        .and_then(identified)
        .ok_or_else(|| {
            wrong(format!(
                "the reference must be Patient/<id> of this server, a contained Patient, or an identifier of the system {IDENTIFIER}"
            ))
        })
}

fn contained(json: &Value, id: &str) -> Result<ResidentId, Outcome> {
    let patient = json
        .get("contained")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|it| it["resourceType"] == "Patient" && it["id"] == id)
        .ok_or_else(|| wrong("there is no such contained Patient"))?;
    patient
        .get("identifier")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find_map(identified)
        .ok_or_else(|| {
            wrong(format!(
                "the contained Patient needs an identifier of the system {IDENTIFIER}"
            ))
        })
}

fn identified(identifier: &Value) -> Option<ResidentId> {
    (identifier.get("system")?.as_str()? == IDENTIFIER)
        .then(|| identifier.get("value")?.as_str().map(ResidentId::new))?
}

fn wrong(words: impl Into<String>) -> Outcome {
    Outcome::invalid("value", words, "subject")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BASE: &str = "http://127.0.0.1:1/fhir";

    #[test]
    fn every_way_of_naming_a_patient_leads_to_the_resident() {
        for subject in [
            json!({"subject": {"reference": "Patient/anna"}}),
            json!({"subject": {"reference": "http://127.0.0.1:1/fhir/Patient/anna"}}),
            json!({"subject": {"identifier": {"system": IDENTIFIER, "value": "anna"}}}),
            json!({"subject": {"reference": "http://elsewhere/Patient/9", "identifier": {"system": IDENTIFIER, "value": "anna"}}}),
            json!({"subject": {"reference": "#p"}, "contained": [{"resourceType": "Patient", "id": "p", "identifier": [{"system": IDENTIFIER, "value": "anna"}]}]}),
        ] {
            assert_eq!(
                of(&subject, BASE).unwrap(),
                ResidentId::from("anna"),
                "{subject}"
            );
        }
    }

    #[test]
    fn a_patient_of_another_server_is_nobody_here() {
        for subject in [
            json!({}),
            json!({"subject": {"reference": "http://elsewhere/fhir/Patient/anna"}}),
            json!({"subject": {"reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}}),
            json!({"subject": {"reference": "Group/anna"}}),
            json!({"subject": {"reference": "#p"}}),
            json!({"subject": 7}),
        ] {
            assert!(of(&subject, BASE).is_err(), "{subject}");
        }
    }
}
