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
