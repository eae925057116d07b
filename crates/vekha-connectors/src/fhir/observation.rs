use super::read::{LOINC, code_in, first_moment, list, quantity, words};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vekha_model::{Fact, FactId, FactStatus, ResidentId, Source, SourceKind, Text};

/// Tobacco smoking status and the SNOMED CT codes of those who smoke, and who do not.
const SMOKING: &str = "72166-2";
const SNOMED: &str = "http://snomed.info/sct";
const SMOKES: [&str; 5] = [
    "449868002",
    "428041000124106",
    "77176002",
    "428071000124103",
    "428061000124105",
];
const DOES_NOT: [&str; 2] = ["266919005", "8517006"];

/// An Observation as a fact; `None` where it says nothing yet.
pub(super) fn fact(json: &Value, patient: &ResidentId) -> Result<Option<Fact>, &'static str> {
    let id = json["id"].as_str().ok_or("an Observation without an id")?;
    let status = match json["status"].as_str() {
        Some("registered") => return Ok(None),
        Some("preliminary" | "unknown") => FactStatus::Preliminary,
        Some("final") => FactStatus::Final,
        Some("amended") => FactStatus::Amended,
        Some("corrected") => FactStatus::Corrected,
        Some("cancelled" | "entered-in-error") => FactStatus::EnteredInError,
        _ => return Err("an Observation without a status"),
    };
    let at = first_moment(
        json,
        &[
            "effectiveDateTime",
            "effectiveInstant",
            "effectivePeriod",
            "issued",
        ],
    )
    .ok_or("an Observation without a time")?;
    let (kind, fields) = said(json);
    Ok(Some(Fact {
        id: FactId::new(id),
        subject: patient.clone(),
        kind: kind.to_owned(),
        at,
        recorded: json["issued"].as_str().and_then(|it| it.parse().ok()),
        status,
        supersedes: None,
        source: Source {
            kind: if laboratory(json) {
                SourceKind::Laboratory
            } else {
                SourceKind::Clinician
            },
            name: performer(json),
            reference: Some(format!("Observation/{id}")),
        },
        fields,
        private: false,
    }))
}

fn said(json: &Value) -> (&'static str, BTreeMap<String, Value>) {
    let loinc = code_in(&json["code"], LOINC);
    let mut fields = BTreeMap::new();
    if loinc == Some(SMOKING)
        && let Some(status) = code_in(&json["valueCodeableConcept"], SNOMED)
        && (SMOKES.contains(&status) || DOES_NOT.contains(&status))
    {
        fields.insert("smoker".to_owned(), json!(SMOKES.contains(&status)));
        return ("habit.smoking", fields);
    }
    if let Some(code) = loinc {
        fields.insert("code".to_owned(), json!(code));
    }
    let value = &json["valueQuantity"];
    let unit = value["code"].as_str().or_else(|| value["unit"].as_str());
    if let Some(value) = quantity(value, None) {
        fields.insert("value".to_owned(), value);
    }
    if let Some(range) = normal_range(json) {
        for bound in ["low", "high"] {
            if let Some(limit) = quantity(&range[bound], unit) {
                fields.insert(bound.to_owned(), limit);
            }
        }
    }
    if let Some(text) = in_words(json) {
        fields.insert("text".to_owned(), json!(text));
    }
    let kind = if loinc.is_some() || laboratory(json) {
        "lab.result"
    } else {
        "fhir.observation"
    };
    (kind, fields)
}

fn laboratory(json: &Value) -> bool {
    list(&json["category"])
        .iter()
        .flat_map(|it| list(&it["coding"]))
        .any(|it| it["code"] == "laboratory")
}

/// The range of the healthy: laboratories also send ranges for treatment or for other people.
fn normal_range(json: &Value) -> Option<&Value> {
    let ranges = list(&json["referenceRange"]);
    ranges
        .iter()
        .find(|it| {
            list(&it["type"]["coding"])
                .iter()
                .any(|it| it["code"] == "normal")
        })
        .or_else(|| ranges.iter().find(|it| it["type"].is_null()))
}

fn in_words(json: &Value) -> Option<String> {
    let quantity = &json["valueQuantity"];
    let compared = quantity["comparator"]
        .as_str()
        .map(|sign| format!("{sign} {}", quantity["value"]));
    compared
        .or_else(|| json["valueString"].as_str().map(str::to_owned))
        .or_else(|| words(&json["valueCodeableConcept"]).map(str::to_owned))
}

fn performer(json: &Value) -> Text {
    let name = list(&json["performer"])
        .iter()
        .find_map(|it| it["display"].as_str())
        .unwrap_or_default();
    Text::new(name, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cea() -> Value {
        json!({
            "resourceType": "Observation", "id": "o1", "status": "final",
            "category": [{"coding": [{"code": "laboratory"}]}],
            "code": {"coding": [{"system": "urn:own", "code": "CEA-1"}, {"system": LOINC, "code": "2039-6"}]},
            "effectiveDateTime": "2026-11-23T08:15:00+03:00", "issued": "2026-11-23T09:00:00.000+03:00",
            "performer": [{"display": "Лаборатория № 1"}],
            "valueQuantity": {"value": 12, "unit": "нг/мл", "system": "http://unitsofmeasure.org", "code": "ng/mL"},
            "referenceRange": [{"type": {"coding": [{"code": "treatment"}]}, "high": {"value": 50}}, {"high": {"value": 5.0}}],
            "futureField": {"kept": "by the server"},
        })
    }

    #[test]
    fn a_result_comes_with_its_own_range_and_source() {
        let fact = fact(&cea(), &"anna".into()).unwrap().unwrap();
        assert_eq!(fact.kind, "lab.result");
        assert_eq!(fact.fields["code"], "2039-6");
        assert_eq!(fact.fields["value"], json!({"value": 12, "unit": "ng/mL"}));
        assert_eq!(fact.fields["high"], json!({"value": 5.0, "unit": "ng/mL"}));
        assert_eq!(fact.source.name.ru, "Лаборатория № 1");
        assert_eq!(fact.at.to_string(), "2026-11-23T08:15:00+03:00");
    }

    #[test]
    fn a_result_taken_back_was_never_true() {
        let mut json = cea();
        json["status"] = "entered-in-error".into();
        let fact = fact(&json, &"anna".into()).unwrap().unwrap();
        assert_eq!(fact.status, FactStatus::EnteredInError);
    }

    #[test]
    fn an_observation_without_a_value_is_still_a_fact() {
        let mut json = cea();
        json["valueQuantity"] = Value::Null;
        json["dataAbsentReason"] = json!({"text": "гемолиз"});
        let fact = fact(&json, &"anna".into()).unwrap().unwrap();
        assert!(!fact.fields.contains_key("value"));
    }

    #[test]
    fn an_observation_without_a_time_is_not_guessed() {
        let mut json = cea();
        json["effectiveDateTime"] = "вчера".into();
        json["issued"] = Value::Null;
        assert!(fact(&json, &"anna".into()).is_err());
    }

    #[test]
    fn smoking_status_answers_the_question_about_smoking() {
        let json = json!({
            "id": "s", "status": "final", "effectiveDateTime": "2026",
            "code": {"coding": [{"system": LOINC, "code": SMOKING}]},
            "valueCodeableConcept": {"coding": [{"system": SNOMED, "code": "266919005"}]},
        });
        let fact = fact(&json, &"anna".into()).unwrap().unwrap();
        assert_eq!(
            (fact.kind.as_str(), &fact.fields["smoker"]),
            ("habit.smoking", &json!(false))
        );
    }
}
