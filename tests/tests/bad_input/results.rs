//! Results that are corrected or taken back.

use super::fact;
use crate::{MORNING, list, observation};
use serde_json::{Value, json};
use vekha_testkit::{City, Device, with_city};

async fn sent(city: &City) -> String {
    let (status, kept) = city
        .send("POST", "Observation", &observation("lab-result.json"))
        .await;
    assert_eq!(status, 201, "{kept:#}");
    kept["id"].as_str().unwrap().to_owned()
}

async fn changed(city: &City, id: &str, change: impl FnOnce(&mut Value)) {
    let mut result = observation("lab-result.json");
    result["id"] = id.into();
    change(&mut result);
    let (status, kept) = city
        .send("PUT", &format!("Observation/{id}"), &result)
        .await;
    assert_eq!(status, 200, "{kept:#}");
}

async fn assert_silent(city: &City, anna: &Device) {
    let today = anna
        .until("today", json!({}), "nothing is asked any more", |it| {
            list(it, "offers").is_empty()
        })
        .await;
    let asked = ["next", "late", "waiting"]
        .iter()
        .flat_map(|name| list(&today, name));
    for card in asked {
        assert!(
            !card["id"].as_str().unwrap().starts_with("onco"),
            "{card:#}"
        );
    }
    for status in ["pending", "booked"] {
        assert_eq!(city.visits("anna", status).await, Vec::<Value>::new());
    }
    let calendar = anna.read("calendar").await;
    assert!(!calendar.to_string().contains("onco"), "{calendar:#}");
    for notification in anna
        .host
        .shown()
        .iter()
        .filter(|it| it.tag.starts_with("offer/"))
    {
        assert!(
            anna.host.retracted().contains(&notification.tag),
            "{notification:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_is_taken_back_takes_everything_back_that_came_of_it() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let id = sent(&city).await;
    anna.offered("/gp").await;
    anna.told(1).await;
    changed(&city, &id, |it| it["status"] = "entered-in-error".into()).await;
    assert_silent(&city, &anna).await;
    let known = anna.facts().await;
    assert!(
        known.iter().any(|it| it["status"] == "entered-in-error"),
        "that it was taken back can be seen: {known:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_corrected_to_a_normal_one_takes_the_visit_back() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let id = sent(&city).await;
    anna.offered("/gp").await;
    anna.told(1).await;
    changed(&city, &id, |it| {
        it["status"] = "corrected".into();
        it["valueQuantity"]["value"] = json!(1.2);
    })
    .await;
    assert_silent(&city, &anna).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_corrected_a_little_keeps_the_visit_she_has() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    // She has asked to see results herself.
    anna.call("set_setting", json!({"news": "app"})).await;
    let id = sent(&city).await;
    let before = anna.offered("/gp").await;
    anna.told(1).await;
    changed(&city, &id, |it| {
        it["status"] = "corrected".into();
        it["valueQuantity"]["value"] = json!(11.4);
    })
    .await;
    let corrected = format!("{id}-v2");
    let mut line = None;
    for _ in 0..200 {
        line = fact(&anna, &corrected).await;
        if line.is_some() {
            break;
        }
        anna.read("sync").await;
    }
    assert!(
        line.unwrap()["value"]["ru"]
            .as_str()
            .unwrap()
            .contains("11.4")
    );
    let after = anna.offered("/gp").await;
    assert_eq!(after["appointment"], before["appointment"]);
    assert_eq!(after["when"], before["when"]);
    assert_eq!(anna.host.shown().len(), 1, "and nothing is told twice");
    let path = anna.read("path").await;
    let runs = list(&path, "runs")
        .iter()
        .filter(|it| it["situation"] == "onco_suspicion");
    assert_eq!(runs.count(), 1, "{path:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_already_agreed_to_is_called_off_with_its_reason_when_the_result_is_taken_back() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let id = sent(&city).await;
    let offer = anna.offered("/gp").await;
    anna.call(
        "answer_offer",
        json!({"appointment": offer["appointment"], "answer": "accept"}),
    )
    .await;
    anna.wait_out_undo();
    anna.read("sync").await;
    assert_eq!(city.visits("anna", "booked").await.len(), 1);
    changed(&city, &id, |it| it["status"] = "entered-in-error".into()).await;
    let today = anna
        .until("today", json!({}), "the cancellation is said", |it| {
            !list(it, "notices").is_empty()
        })
        .await;
    let notice = list(&today, "notices")
        .iter()
        .find(|it| it["id"].as_str().unwrap().starts_with("cancelled/"));
    vekha_testkit::assert_plain(&notice.unwrap()["body"]);
    let told = anna.told(2).await;
    assert!(told[1].tag.starts_with("cancelled/"), "{told:?}");
    assert!(vekha_testkit::is_neutral(&told[1].body), "{told:?}");
    assert_eq!(city.visits("anna", "booked").await, Vec::<Value>::new());
    let ics = anna.read("calendar_ics").await["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        ics.contains("STATUS:CANCELLED") && !ics.contains("STATUS:CONFIRMED"),
        "{ics}"
    );
}
