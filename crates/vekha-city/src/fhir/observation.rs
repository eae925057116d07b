use super::{
    earlier::Replaces,
    outcome::Issue,
    reading::{Around, Saying, codings, complain, moment_at, text_of},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vekha_model::{FactStatus, Moment, Text};

const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";

/// A laboratory's Observation as a `lab.result`; anything else it may say is kept, and starts nothing.
pub(super) fn read(
    json: &Value,
    around: &Around,
    issues: &mut Vec<Issue>,
) -> (Option<Saying>, Replaces) {
    let (status, replaces) = match json["status"].as_str() {
        Some("preliminary") => (Some(FactStatus::Preliminary), Replaces::Unfinished),
        Some("final") => (Some(FactStatus::Final), Replaces::Unfinished),
        Some("amended") => (Some(FactStatus::Amended), Replaces::Any),
        Some("corrected") => (Some(FactStatus::Corrected), Replaces::Any),
        Some("entered-in-error" | "cancelled") => (Some(FactStatus::EnteredInError), Replaces::Any),
        // Nothing is known yet.
        Some("registered" | "unknown") => (None, Replaces::Nothing),
        Some(other) => {
            complain(
                issues,
                "code-invalid",
                format!("“{other}” is no ObservationStatus"),
                "status",
            );
            (None, Replaces::Nothing)
        }
        None => {
            complain(issues, "required", "status is missing", "status");
            (None, Replaces::Nothing)
        }
    };
    let code = &json["code"];
    if text_of(code).is_none() {
        complain(issues, "required", "code needs a coding or a text", "code");
    }
    let at = moment_at(
        json,
        &[
            "effectiveDateTime",
            "effectiveInstant",
            "effectivePeriod",
            "issued",
        ],
        around.zone,
        issues,
    )
    .unwrap_or_else(|| Moment::at(around.now, around.zone));
    let mut fields = BTreeMap::new();
    if let Some(loinc) = codings(code)
        .into_iter()
        .find(|(system, _)| *system == LOINC)
    {
        fields.insert("code".to_owned(), json!(loinc.1));
    }
    value(json, &mut fields, issues);
    let performer = json["performer"].as_array().and_then(|them| {
        let name = them.iter().find_map(|it| it["display"].as_str())?;
        Some(Text::new(name, name))
    });
    let says = status.filter(|_| is_laboratory(json)).map(|status| Saying {
        kind: "lab.result",
        at,
        status,
        fields,
        performer,
    });
    (says, replaces)
}

/// A laboratory names its category, or none; vital signs and surveys name theirs.
fn is_laboratory(json: &Value) -> bool {
    let categories: Vec<&str> = json["category"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(codings)
        .map(|(_, code)| code)
        .collect();
    categories.is_empty() || categories.contains(&"laboratory")
}

fn value(json: &Value, fields: &mut BTreeMap<String, Value>, issues: &mut Vec<Issue>) {
    let given = [
        "valueQuantity",
        "valueString",
        "valueCodeableConcept",
        "valueInteger",
        "valueBoolean",
        "valueRange",
        "valueRatio",
        "valueSampledData",
        "valueTime",
        "valueDateTime",
        "valuePeriod",
    ];
    let given: Vec<&str> = given
        .into_iter()
        .filter(|it| json.get(*it).is_some())
        .collect();
    if given.len() > 1 {
        complain(
            issues,
            "structure",
            "only one value[x] may be given",
            given[1],
        );
    }
    if let Some(name) = given.first()
        && json.get("dataAbsentReason").is_some()
    {
        complain(
            issues,
            "business-rule",
            "a value and dataAbsentReason exclude each other (obs-6)",
            name,
        );
    }
    let mut unit = None;
    if let Some(measured) = json.get("valueQuantity") {
        match quantity(measured) {
            Some(read) => {
                unit = read["unit"].as_str().map(str::to_owned);
                if let Some(comparator) = measured["comparator"].as_str() {
                    let text = format!(
                        "{comparator} {} {}",
                        measured["value"],
                        unit.as_deref().unwrap_or_default()
                    );
                    fields.insert("text".to_owned(), json!(text.trim()));
                }
                fields.insert("value".to_owned(), read);
            }
            None => complain(
                issues,
                "value",
                "valueQuantity needs a finite number as its value",
                "valueQuantity.value",
            ),
        }
    } else if let Some(text) = words(json) {
        fields.insert("text".to_owned(), json!(text));
    } else if let Some(why) = text_of(&json["dataAbsentReason"]) {
        fields.insert("text".to_owned(), json!(why));
    }
    if let Some(range) = own_range(json) {
        for side in ["low", "high"] {
            if let Some(mut read) = range.get(side).and_then(quantity) {
                if read.get("unit").is_none()
                    && let Some(unit) = &unit
                {
                    read["unit"] = json!(unit);
                }
                fields.insert(side.to_owned(), read);
            }
        }
    }
}

/// A result in words; found and not found are named the same whatever the laboratory calls them.
fn words(json: &Value) -> Option<String> {
    let concept = &json["valueCodeableConcept"];
    let flags = json["interpretation"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(codings);
    for (_, code) in codings(concept).into_iter().chain(flags) {
        match code {
            "10828004" | "POS" | "260373001" | "LA6576-8" => return Some("positive".to_owned()),
            "260385009" | "NEG" | "260415000" | "LA6577-6" => return Some("negative".to_owned()),
            _ => {}
        }
    }
    text_of(concept)
        .or_else(|| json["valueString"].as_str().map(str::to_owned))
        .or_else(|| json["valueDateTime"].as_str().map(str::to_owned))
        .or_else(|| json["valueTime"].as_str().map(str::to_owned))
        .or_else(|| json["valueInteger"].as_i64().map(|it| it.to_string()))
        .or_else(|| {
            json["valueBoolean"]
                .as_bool()
                .map(|it| if it { "positive" } else { "negative" }.to_owned())
        })
}

/// The laboratory's own range for a healthy person: the one called normal, or the one without a type.
fn own_range(json: &Value) -> Option<&Value> {
    let ranges = json["referenceRange"].as_array()?;
    let is_normal = |range: &&Value| {
        codings(&range["type"])
            .iter()
            .any(|(_, code)| *code == "normal")
    };
    ranges
        .iter()
        .find(is_normal)
        .or_else(|| ranges.iter().find(|range| range.get("type").is_none()))
}

fn quantity(from: &Value) -> Option<Value> {
    let value = from.get("value").filter(|value| value.is_number())?;
    let coded = from["code"]
        .as_str()
        .filter(|_| from["system"].as_str().is_none_or(|it| it == UCUM));
    let mut read = json!({"value": value});
    if let Some(unit) = coded.or(from["unit"].as_str()) {
        read["unit"] = json!(unit_name(unit));
    }
    Some(read)
}

/// One name for each unit, as the catalogue writes it; an unknown one stays as it is, and matches nothing.
fn unit_name(unit: &str) -> &str {
    match unit.trim() {
        "нг/мл" | "мкг/л" | "ug/L" | "µg/L" | "μg/L" | "mcg/L" | "ng/ml" => "ng/mL",
        "Ед/мл" | "ед/мл" | "МЕ/мл (U/mL)" | "kU/L" | "U/ml" => "U/mL",
        "МЕ/мл" | "[IU]/mL" | "[iU]/mL" | "k[IU]/L" | "k[iU]/L" | "IU/ml" => "IU/mL",
        "мМЕ/мл" | "м[МЕ]/мл" | "m[IU]/mL" | "m[iU]/mL" | "[IU]/L" | "[iU]/L" | "IU/L" | "МЕ/л" => {
            "mIU/mL"
        }
        "пмоль/л" | "pmol/l" => "pmol/L",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz::TimeZone};

    fn said(json: &Value) -> Result<Option<Saying>, Vec<Issue>> {
        let zone = TimeZone::UTC;
        let around = Around {
            base: "",
            zone: &zone,
            now: Timestamp::UNIX_EPOCH,
        };
        let mut issues = Vec::new();
        let (says, _) = read(json, &around, &mut issues);
        if issues.is_empty() {
            Ok(says)
        } else {
            Err(issues)
        }
    }

    fn cea() -> Value {
        json!({
            "resourceType": "Observation", "status": "final",
            "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
            "code": {"coding": [
                {"system": "urn:oid:1.2.643.5.1.13.13.11.1080", "code": "1000123", "display": "РЭА"},
                {"system": "http://loinc.org", "code": "2039-6"}
            ]},
            "effectiveDateTime": "2026-11-23T09:40:00+03:00",
            "valueQuantity": {"value": 12, "unit": "нг/мл", "system": "http://unitsofmeasure.org", "code": "ng/mL"},
            "referenceRange": [{"high": {"value": 5.0}, "text": "до 5,0"}],
            "extension": [{"url": "urn:lab", "valueString": "x"}], "x-analyser": {"line": 4}
        })
    }

    #[test]
    fn a_result_with_several_codings_is_read_by_its_loinc() {
        let says = said(&cea()).unwrap().unwrap();
        assert_eq!(says.kind, "lab.result");
        assert_eq!(says.fields["code"], "2039-6");
        assert_eq!(says.fields["value"], json!({"value": 12, "unit": "ng/mL"}));
        assert_eq!(says.fields["high"], json!({"value": 5.0, "unit": "ng/mL"}));
        assert_eq!(says.at.to_string(), "2026-11-23T09:40:00+03:00");
    }

    #[test]
    fn a_code_of_another_system_is_not_taken_for_loinc() {
        let mut it = cea();
        it["code"] = json!({"coding": [{"system": "urn:local", "code": "2039-6"}]});
        assert_eq!(said(&it).unwrap().unwrap().fields.get("code"), None);
    }

    #[test]
    fn a_positive_test_is_positive_whatever_it_is_called() {
        let mut it = cea();
        it.as_object_mut().unwrap().remove("valueQuantity");
        it["valueCodeableConcept"] = json!({"coding": [{"system": "http://snomed.info/sct", "code": "10828004"}], "text": "обнаружено"});
        assert_eq!(said(&it).unwrap().unwrap().fields["text"], "positive");
    }

    #[test]
    fn an_absent_value_says_why() {
        let mut it = cea();
        it.as_object_mut().unwrap().remove("valueQuantity");
        it["dataAbsentReason"] = json!({"text": "гемолиз"});
        let says = said(&it).unwrap().unwrap();
        assert_eq!(says.fields.get("value"), None);
        assert_eq!(says.fields["text"], "гемолиз");
    }

    #[test]
    fn the_range_of_a_special_group_is_not_the_range_of_everybody() {
        let mut it = cea();
        it["referenceRange"] = json!([{"type": {"coding": [{"code": "pre-puberty"}]}, "high": {"value": 1}}, {"type": {"coding": [{"code": "normal"}]}, "low": {"value": 0}, "high": {"value": 5}}]);
        assert_eq!(said(&it).unwrap().unwrap().fields["high"]["value"], 5);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let issues = said(&json!({"status": "done", "effectiveDateTime": "soon", "valueQuantity": {"value": "12"}})).unwrap_err();
        let at: Vec<_> = issues
            .iter()
            .filter_map(|issue| issue.at.as_deref())
            .collect();
        assert_eq!(
            at,
            ["status", "code", "effectiveDateTime", "valueQuantity.value"]
        );
    }

    #[test]
    fn a_result_taken_back_is_never_a_result() {
        let mut it = cea();
        it["status"] = json!("entered-in-error");
        assert_eq!(
            said(&it).unwrap().unwrap().status,
            FactStatus::EnteredInError
        );
    }

    #[test]
    fn vital_signs_start_nothing() {
        let mut it = cea();
        it["category"] = json!([{"coding": [{"code": "vital-signs"}]}]);
        assert_eq!(said(&it).unwrap(), None);
    }
}
