//! What was held or booked for something that is no more is given back, and the resident reads why.

use crate::town::{Device, Town, town};
use serde_json::{Value, json};

/// Visits that still wait, and the times they take.
async fn taken(town: &Town, resident: &str) -> (usize, i64) {
    let seen = town.seen().await;
    let waiting = seen["appointments"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["resident"] == resident)
        .filter(|it| it["status"] == "pending" || it["status"] == "booked")
        .count();
    (waiting, seen["slots_taken"].as_i64().unwrap())
}

async fn visit(device: &Device, id: &Value) -> Value {
    let feed = device.all("appointment").await;
    feed.into_iter().find(|it| it["id"] == *id).unwrap()["body"].clone()
}

#[tokio::test]
async fn a_withdrawn_result_frees_what_was_held_and_says_why() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let (_, before) = taken(&town, "anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    town.operate("withdraw-result", json!({"resident": "anna"}))
        .await;
    assert_eq!(taken(&town, "anna").await, (0, before));
    let visit = visit(&anna, &held["id"]).await;
    assert_eq!(visit["status"], "cancelled");
    assert_eq!(
        visit["reason"]["ru"],
        "Результат отозван лабораторией, визит отменён."
    );
    let slot = format!("Slot/{}", held["slot"].as_str().unwrap());
    let slot = anna.fhir(&slot).await;
    assert_eq!(slot["status"], "free");
    let observations = anna.fhir("Observation?patient=anna").await;
    assert_eq!(
        observations["entry"][0]["resource"]["status"],
        "entered-in-error"
    );
}

#[tokio::test]
async fn a_withdrawn_result_cancels_even_a_booked_visit() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let (_, before) = taken(&town, "anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    anna.answer(&held, json!({"answer": "accept"})).await;
    town.operate("withdraw-result", json!({"resident": "anna"}))
        .await;
    assert_eq!(taken(&town, "anna").await, (0, before));
    let visit = visit(&anna, &held["id"]).await;
    assert!(visit["reason"]["ru"].as_str().unwrap().contains("отозван"));
    let outcomes = anna.get("facts").await;
    let left = outcomes
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["fields"]["appointment"] == held["id"])
        .max_by_key(|it| it["at"].as_str().unwrap().to_owned())
        .unwrap()
        .clone();
    assert_eq!(
        left["status"], "entered-in-error",
        "nothing says it is booked"
    );
}

#[tokio::test]
async fn a_corrected_result_below_its_limit_frees_the_visit() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let (_, before) = taken(&town, "anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    town.operate("correct-result", json!({"resident": "anna", "value": 1.4}))
        .await;
    assert_eq!(taken(&town, "anna").await, (0, before));
    let reason = visit(&anna, &held["id"]).await["reason"]["ru"].clone();
    assert!(reason.as_str().unwrap().contains("исправлена"), "{reason}");
}

fn reported(status: &str, value: f64) -> Value {
    json!({
        "resourceType": "Observation",
        "identifier": [{"system": "urn:lab:result", "value": "2026-17"}],
        "status": status,
        "code": {"coding": [{"system": "http://loinc.org", "code": "2039-6"}]},
        "subject": {"reference": "Patient/anna"},
        "effectiveDateTime": "2026-11-23T09:40:00+03:00",
        "valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": "ng/mL"},
        "referenceRange": [{"high": {"value": 5.0, "code": "ng/mL"}}],
    })
}

#[tokio::test]
async fn a_final_result_below_its_limit_takes_back_what_a_preliminary_one_above_it_began() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let (_, before) = taken(&town, "anna").await;
    let first = town.send(&reported("preliminary", 12.0)).await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let last = town.send(&reported("final", 2.1)).await;
    assert_eq!(taken(&town, "anna").await, (0, before));
    assert_eq!(visit(&anna, &held["id"]).await["status"], "cancelled");
    let facts = anna.get("facts").await;
    let results: Vec<_> = facts
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"] == "lab.result")
        .collect();
    assert_eq!(results.len(), 2);
    assert_eq!(results[1]["supersedes"], results[0]["id"]);
    // Whoever reads FHIR alone sees one result that counts.
    let read = async |it: &Value| {
        let path = format!("Observation/{}", it["id"].as_str().unwrap());
        anna.fhir(&path).await["status"].clone()
    };
    assert_eq!(
        (read(&first).await, read(&last).await),
        (json!("entered-in-error"), json!("final"))
    );
    town.operate("clock", json!({"advance": "3d"})).await;
    assert!(anna.visits("", "pending").await.is_empty());
}

#[tokio::test]
async fn a_final_result_above_its_limit_keeps_the_visit_a_preliminary_one_began() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.send(&reported("preliminary", 12.0)).await;
    let held = anna.visits("/gp", "pending").await;
    town.send(&reported("final", 11.0)).await;
    assert_eq!(anna.visits("/gp", "pending").await, held);
}

#[tokio::test]
async fn a_preliminary_result_that_comes_after_its_final_one_starts_nothing() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.send(&reported("final", 2.1)).await;
    town.send(&reported("preliminary", 12.0)).await;
    assert!(anna.visits("", "pending").await.is_empty());
}

#[tokio::test]
async fn a_corrected_result_still_above_its_limit_keeps_the_visit() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    town.operate("correct-result", json!({"resident": "anna", "value": 9.0}))
        .await;
    assert_eq!(anna.visits("/gp", "pending").await, [held]);
}

#[tokio::test]
async fn a_situation_the_resident_ends_lets_go_of_its_visits() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let (_, before) = taken(&town, "anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let run = held["step"].as_str().unwrap().rsplit_once('/').unwrap().0;
    let path = format!("situations/{}/end", run.replace(':', "%3A"));
    let (status, _) = anna.post(&path, json!({})).await;
    assert!(status.is_success());
    assert_eq!(taken(&town, "anna").await, (0, before));
    let reason = visit(&anna, &held["id"]).await["reason"]["ru"].clone();
    assert!(reason.as_str().unwrap().contains("попросили"), "{reason}");
}

#[tokio::test]
async fn a_visit_agreed_to_survives_a_withdrawn_consent_but_not_a_withdrawn_result() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let (_, before) = taken(&town, "anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    anna.answer(&held, json!({"answer": "accept"})).await;
    let off = json!({"reach": "off", "given": false});
    anna.put("consents/anna-health", off).await;
    assert_eq!(taken(&town, "anna").await, (1, before + 1));
    town.operate("withdraw-result", json!({"resident": "anna"}))
        .await;
    assert_eq!(taken(&town, "anna").await, (0, before));
}
