//! Reading FHIR JSON liberally: what is missing or odd is left out, never guessed.

use serde_json::{Value, json};
use vekha_model::Moment;

pub(super) const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";

/// A FHIR `date`, `dateTime` or `instant`; a year or a month alone counts from its first day.
pub(super) fn moment(json: &Value) -> Option<Moment> {
    let text = json.as_str()?;
    match text.len() {
        4 => format!("{text}-01-01").parse().ok(),
        7 => format!("{text}-01").parse().ok(),
        _ => text.parse().ok(),
    }
}

/// The first of the named times that can be read; a period counts by its end, else its start.
pub(super) fn first_moment(json: &Value, names: &[&str]) -> Option<Moment> {
    names.iter().find_map(|name| {
        let it = &json[*name];
        moment(it)
            .or_else(|| moment(&it["end"]))
            .or_else(|| moment(&it["start"]))
    })
}

pub(super) fn list(json: &Value) -> &[Value] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// The code of a CodeableConcept in one code system.
pub(super) fn code_in<'a>(concept: &'a Value, system: &str) -> Option<&'a str> {
    list(&concept["coding"])
        .iter()
        .find(|it| it["system"] == system)
        .and_then(|it| it["code"].as_str())
}

/// A CodeableConcept in words: its text, else a display, else a bare code.
pub(super) fn words(concept: &Value) -> Option<&str> {
    let coding = |field: &str| {
        list(&concept["coding"])
            .iter()
            .find_map(|it| it[field].as_str().filter(|text| !text.is_empty()))
    };
    concept["text"]
        .as_str()
        .filter(|text| !text.is_empty())
        .or_else(|| coding("display"))
        .or_else(|| coding("code"))
}

/// A Quantity as a fact's field, its UCUM code before its printed unit; `unit` stands in where it has none.
pub(super) fn quantity(json: &Value, unit: Option<&str>) -> Option<Value> {
    let value = match &json["value"] {
        Value::Number(number) => Value::Number(number.clone()),
        Value::String(text) => json!(text.trim().parse::<f64>().ok()?),
        _ => return None,
    };
    let coded = json["code"]
        .as_str()
        .filter(|_| json["system"].is_null() || json["system"] == UCUM);
    let unit = coded.or_else(|| json["unit"].as_str()).or(unit);
    Some(match unit {
        Some(unit) => json!({"value": value, "unit": unit}),
        None => json!({"value": value}),
    })
}

/// Does this Reference, relative, absolute or versioned, name that record?
pub(super) fn names(reference: &Value, kind: &str, id: &str) -> bool {
    key_of(reference, kind) == Some(id)
}

/// The id behind a Reference to a record of this kind.
pub(super) fn key_of<'a>(reference: &'a Value, kind: &str) -> Option<&'a str> {
    let whole = reference["reference"].as_str()?;
    let whole = whole.split("/_history/").next().unwrap_or(whole);
    let (head, id) = whole.rsplit_once('/')?;
    (head == kind || head.ends_with(&format!("/{kind}"))).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_recognised_in_every_form() {
        for text in [
            "Patient/7",
            "https://fhir.example/r4/Patient/7",
            "Patient/7/_history/3",
        ] {
            assert!(names(&json!({"reference": text}), "Patient", "7"), "{text}");
        }
        for text in ["Patient/17", "urn:uuid:7", "#7", "SubPatient/7"] {
            assert!(
                !names(&json!({"reference": text}), "Patient", "7"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_month_alone_counts_from_its_first_day() {
        assert_eq!(moment(&json!("2026-11")).unwrap().to_string(), "2026-11-01");
        assert_eq!(moment(&json!("недавно")), None);
    }

    #[test]
    fn a_unit_is_read_by_its_ucum_code() {
        let given = json!({"value": 12, "unit": "нг/мл", "system": UCUM, "code": "ng/mL"});
        assert_eq!(
            quantity(&given, None),
            Some(json!({"value": 12, "unit": "ng/mL"}))
        );
        assert_eq!(quantity(&json!({"value": "много"}), None), None);
    }
}
