//! What a card says of a deadline that is missed.

use crate::device::{Device, result, town};
use serde_json::{Value, json};

async fn missed(device: &Device, situation: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for step in device.steps(situation).await {
        let card = device.call("card", json!({"id": step["id"]})).await;
        all.push(card["late"].clone());
    }
    all
}

#[tokio::test]
async fn a_card_says_what_is_known_of_a_missed_deadline() {
    let town = town();
    town.pregnancy("2026-11-20", "2026-09-28");
    let device = Device::signed_in(town).await;
    let benefit = device.step("pregnancy", "benefit").await;
    let card = device.call("card", json!({"id": benefit["id"]})).await;
    let says = "Платить начнут с месяца заявления, а не с месяца учёта.";
    assert_eq!(card["late"]["ru"], says);
}

#[tokio::test]
async fn of_what_nobody_has_told_yet_it_says_no_more_than_of_any_deadline() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town).await;
    let untold = missed(&device, "onco_suspicion").await;
    assert!(!untold.is_empty() && untold.iter().all(Value::is_null));
    device.call("set_setting", json!({"news": "app"})).await;
    let told = missed(&device, "onco_suspicion").await;
    assert!(!told.iter().all(Value::is_null), "{told:?}");
}
