//! From an offline start to an offline end.

use crate::{MORNING, SCREENS, list};
use serde_json::{Value, json};
use vekha_testkit::{Device, assert_plain, with_city};

/// The same whenever it is read: without the time of reading.
fn lasting(mut screen: Value) -> String {
    for name in ["now", "as_of", "offline", "text", "clock"] {
        if let Some(map) = screen.as_object_mut() {
            map.remove(name);
        }
    }
    screen.to_string()
}

async fn everything(device: &Device) -> Vec<(String, String)> {
    let mut read = Vec::new();
    for screen in SCREENS {
        read.push((screen.to_owned(), lasting(device.read(screen).await)));
    }
    let me = device.read("me").await;
    for document in list(&me, "documents") {
        let open = device.call("document", json!({"id": document["id"]})).await;
        read.push((format!("document {}", document["id"]), open.to_string()));
    }
    for resident in list(&me, "residents") {
        let path = device
            .call("path", json!({"resident": resident["id"]}))
            .await;
        read.push((format!("path {}", resident["id"]), lasting(path.clone())));
        let steps = list(&path, "runs")
            .iter()
            .flat_map(|run| list(run, "steps"));
        for step in steps.take(20) {
            let card = device.call("card", json!({"id": step["id"]})).await;
            read.push((format!("card {}", step["id"]), card.to_string()));
        }
    }
    read
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_reads_the_same_when_the_city_is_gone_from_start_to_end() {
    let mut city = with_city(MORNING).await;
    let mut olga = Device::signed_in("olga", &city).await;
    olga.read("sync").await;
    let before = everything(&olga).await;
    olga.kill();
    city.go_down().await;
    olga.start().await;
    let after = everything(&olga).await;
    assert_eq!(before.len(), after.len());
    for (there, here) in before.iter().zip(&after) {
        assert_eq!(there, here);
    }
    let session = olga
        .until("session", json!({}), "offline is a state", |it| {
            it["offline"] == true
        })
        .await;
    assert!(
        session["problem"].is_null() && session["as_of"].is_string(),
        "{session:#}"
    );
}

/// Only what needs the city says so, in words; everything else is done at once and waits.
#[tokio::test(flavor = "multi_thread")]
async fn every_action_without_a_network_is_taken_and_waits() {
    let city = with_city(MORNING).await;
    let mut oleg = Device::signed_in("oleg", &city).await;
    let offer = oleg.offered("/gp").await;
    oleg.set_offline(true).await;
    let refused = oleg
        .attempt("other_times", json!({"appointment": offer["appointment"]}))
        .await
        .unwrap_err();
    assert_eq!(refused.code, "offline");
    assert_plain(&json!(refused.message));

    let me = oleg.read("me").await;
    let result = oleg.facts().await[0]["id"].clone();
    let consent = list(&me, "consents")
        .iter()
        .find(|it| it["given"] == true)
        .unwrap();
    oleg.call(
        "answer_offer",
        json!({"appointment": offer["appointment"], "answer": "decline"}),
    )
    .await;
    oleg.call("dispute_fact", json!({"id": result, "text": "Это не моё"}))
        .await;
    oleg.call(
        "ask_human",
        json!({"text": "Мой случай другой", "about": null}),
    )
    .await;
    oleg.call(
        "set_consent",
        json!({"id": consent["id"], "reach": "suggest", "given": true}),
    )
    .await;
    oleg.call("set_setting", json!({"language": "en"})).await;
    oleg.kill();
    oleg.start().await;
    let session = oleg.read("session").await;
    assert_eq!(
        (&session["waiting"], &session["language"]),
        (&json!(4), &json!("en"))
    );
    oleg.wait_out_undo();
    oleg.set_offline(false).await;
    oleg.until("session", json!({}), "all sent", |it| it["waiting"] == 0)
        .await;
    assert_eq!(city.visits("oleg", "booked").await, Vec::<Value>::new());
    let me = oleg.read("me").await;
    let consent = list(&me, "consents")
        .iter()
        .find(|it| it["id"] == consent["id"])
        .unwrap();
    assert_eq!(
        (&consent["reach"], &consent["pending"]),
        (&json!("suggest"), &json!(false))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_takes_everything_off_the_device_even_without_a_network() {
    let city = with_city(MORNING).await;
    let mut oleg = Device::signed_in("oleg", &city).await;
    oleg.set_offline(true).await;
    oleg.attempt("erase", json!({})).await.ok();
    oleg.kill();
    let left = std::fs::read_dir(oleg.data().join("accounts"));
    assert_eq!(left.map_or(0, Iterator::count), 0);
    oleg.start().await;
    assert_eq!(oleg.read("session").await["state"], "no_city");
    assert!(oleg.host.token().is_none());
}
