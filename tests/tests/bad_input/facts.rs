//! Facts that do not fit: of an unknown kind, in another unit, before birth.

use super::{fact, underway};
use crate::{MORNING, list, observation};
use serde_json::{Value, json};
use vekha_testkit::{City, Device, assert_plain, with_city};

/// The city says no to the laboratory in an OperationOutcome that says what and where.
async fn refused(city: &City, resource: &Value) -> String {
    let (status, outcome) = city.send("POST", "Observation", resource).await;
    assert!((400..500).contains(&status), "{status} {outcome:#}");
    assert_eq!(outcome["resourceType"], "OperationOutcome", "{outcome:#}");
    let issue = &list(&outcome, "issue")[0];
    assert!(
        issue["severity"] == "error" && issue["code"].is_string(),
        "{outcome:#}"
    );
    outcome.to_string()
}

async fn nothing_changed(city: &City, anna: &Device, before: &[Value]) {
    anna.read("sync").await;
    assert_eq!(anna.facts().await, before);
    assert_eq!(city.visits("anna", "pending").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_whose_units_do_not_match_is_refused_and_compared_with_nothing() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let before = anna.facts().await;
    let mut result = observation("lab-result.json");
    result["referenceRange"][0]["high"] =
        json!({"value": 5.0, "unit": "г/л", "system": "http://unitsofmeasure.org", "code": "g/L"});
    let outcome = refused(&city, &result).await;
    assert!(outcome.contains("unit"), "{outcome}");
    nothing_changed(&city, &anna, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_in_a_unit_the_marker_does_not_have_starts_nothing() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let mut result = observation("lab-result.json");
    let odd = json!({"value": 12, "unit": "мг/кг", "system": "http://unitsofmeasure.org", "code": "mg/kg"});
    result["valueQuantity"] = odd;
    result.as_object_mut().unwrap().remove("referenceRange");
    let (status, kept) = city.send("POST", "Observation", &result).await;
    assert_eq!(status, 201, "{kept:#}");
    let id = kept["id"].as_str().unwrap();
    anna.read("sync").await;
    let line = fact(&anna, id).await.unwrap();
    assert!(
        line["value"]["ru"].as_str().unwrap().contains("mg/kg"),
        "{line:#}"
    );
    assert_eq!(city.visits("anna", "pending").await, Vec::<Value>::new());
    assert_eq!(anna.states("/gp").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_before_birth_is_refused_in_words() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let before = anna.facts().await;
    let mut result = observation("lab-result.json");
    result["effectiveDateTime"] = "1950-01-01T08:00:00+03:00".into();
    refused(&city, &result).await;
    let body = json!({"resident": "anna", "kind": "habit.smoking", "fields": {"smoker": true}, "at": "1950-01-01"});
    let problem = city.attempt("outcome", body).await.unwrap_err();
    assert_eq!(problem["type"], "before-birth", "{problem:#}");
    assert_plain(&problem["words"]);
    for (verb, body) in [
        (
            "pregnancy",
            json!({"resident": "anna", "lmp": "1950-01-01"}),
        ),
        (
            "birth",
            json!({"resident": "anna", "date": "1950-01-01", "sex": "female"}),
        ),
    ] {
        let problem = city.attempt(verb, body).await.unwrap_err();
        assert_plain(&problem["words"]);
    }
    nothing_changed(&city, &anna, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_of_fact_nobody_knows_is_refused_by_the_city() {
    let city = with_city(MORNING).await;
    let body = json!({"resident": "anna", "kind": "hologram", "fields": {}});
    let problem = city.attempt("outcome", body).await.unwrap_err();
    assert_eq!(problem["type"], "unknown-kind", "{problem:#}");
    assert_plain(&problem["words"]);
}

/// A city that is newer than the app, or that let something through.
#[tokio::test(flavor = "multi_thread")]
async fn facts_the_device_cannot_use_are_kept_shown_and_explained() {
    let it = underway().await;
    it.wire.edit("/city/v1/changes", |answer| {
        let fact = |id: &str, kind: &str, at: &str, fields: Value| {
            json!({"kind": "fact", "id": id, "body": {"id": id, "subject": "anna", "kind": kind, "at": at, "fields": fields}})
        };
        let mixed = json!({"code": "10334-1", "value": {"value": 900, "unit": "U/mL"}, "high": {"value": 5, "unit": "g/L"}});
        let facts = [
            fact("new-kind", "hologram", "2026-11-23", json!({"shine": 7})),
            fact("too-early", "habit.smoking", "1950-01-01", json!({"smoker": true})),
            fact("mixed-units", "lab.result", "2026-11-22", mixed),
        ];
        answer["changes"].as_array_mut().unwrap().extend(facts);
    });
    it.connect().await;
    it.anna
        .until("facts", json!({}), "the records came", |facts| {
            facts.to_string().contains("mixed-units")
        })
        .await;
    for id in ["new-kind", "too-early", "mixed-units"] {
        let line = fact(&it.anna, id)
            .await
            .unwrap_or_else(|| panic!("{id} is on Me"));
        assert_plain(&line["unused"]);
    }
    let path = it.anna.read("path").await;
    let started = list(&path, "runs")
        .iter()
        .filter(|run| run["situation"] == "onco_suspicion");
    assert_eq!(
        started.count(),
        1,
        "only the sound result started something: {path:#}"
    );
}
