//! A city of which a part does not work.

use crate::device::{Device, town};
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn failing(device: &Device) -> Value {
    device.sync().await;
    // What waits is sent again after a pause.
    device.advance(SignedDuration::from_mins(10));
    device.sync().await;
    device.read("session").await["failing"].clone()
}

#[tokio::test]
async fn a_city_that_takes_no_answers_is_read_all_the_same_and_is_told_by_that_alone() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    town.fail(&["answers"]);
    let question = json!({"text": "Как быть?"});
    device.call("ask_human", question).await;
    crate::device::result(&town);
    assert_eq!(failing(&device).await, json!(["answers"]));
    let step = device.step("onco_suspicion", "gp").await;
    assert_ne!(step, Value::Null, "what is new came in");
    assert_eq!(device.read("session").await["waiting"], 1);

    town.fail(&[]);
    device.advance(SignedDuration::from_mins(10));
    assert_eq!(failing(&device).await, json!([]));
    assert_eq!(town.pushed().len(), 1);
}

#[tokio::test]
async fn a_city_that_tells_nothing_takes_answers_all_the_same() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    town.fail(&["news"]);
    device.call("ask_human", json!({"text": "Как быть?"})).await;
    assert_eq!(failing(&device).await, json!(["news"]));
    assert_eq!(town.pushed().len(), 1);
}

#[tokio::test]
async fn one_stumble_is_not_spoken_of_and_a_city_out_of_reach_is_one_thing_not_three() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    town.fail(&["news"]);
    device.sync().await;
    assert_eq!(device.read("session").await["failing"], json!([]));
    device.sync().await;
    assert_eq!(device.read("session").await["failing"], json!(["news"]));
    town.set_offline(true);
    assert_eq!(failing(&device).await, json!([]));
    assert_eq!(device.read("session").await["offline"], true);
}
