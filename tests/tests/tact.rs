//! What the device says by itself, and when it keeps quiet.

use crate::{MORNING, list};
use jiff::SignedDuration;
use serde_json::{Value, json};
use vekha_testkit::{City, Device, assert_plain, is_neutral, with_city};

const EVENING: &str = "2026-11-23T22:30:00+03:00";

async fn cea(city: &City, resident: &str) {
    let body =
        json!({"resident": resident, "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", body).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_nothing_is_told_and_in_the_morning_it_is() {
    let city = with_city(EVENING).await;
    let mut anna = Device::signed_in("anna", &city).await;
    cea(&city, "anna").await;
    anna.offered("/gp").await;
    anna.read("sync").await;
    assert_eq!(anna.host.shown(), [], "it is half past ten in the evening");

    city.wait("11h").await;
    anna.host.advance(SignedDuration::from_hours(11));
    anna.kill();
    anna.start().await;
    let told = anna.told(1).await;
    assert!(
        told.iter().any(|it| it.tag.starts_with("offer/")),
        "{told:?}"
    );
    assert!(told.iter().all(|it| is_neutral(&it.body)), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_are_the_residents_own() {
    let city = with_city(EVENING).await;
    let anna = Device::signed_in("anna", &city).await;
    let none = json!({"quiet_from": "00:00:00", "quiet_to": "00:00:00"});
    anna.call("set_setting", none).await;
    cea(&city, "anna").await;
    anna.told(1).await;
    let maria = Device::signed_in("maria", &city).await;
    maria
        .call(
            "set_setting",
            json!({"quiet_from": "00:00:00", "quiet_to": "00:00:00", "notifications": false}),
        )
        .await;
    cea(&city, "maria").await;
    maria.offered("/gp").await;
    maria.read("sync").await;
    assert_eq!(maria.host.shown(), [], "she wants none at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_before_the_first_sync_is_no_news() {
    let city = with_city(MORNING).await;
    let oleg = Device::signed_in("oleg", &city).await;
    assert!(!list(&oleg.read("today").await, "offers").is_empty());
    oleg.read("sync").await;
    assert_eq!(oleg.host.shown(), []);
}

/// The weeks after a birth have many deadlines.
#[tokio::test(flavor = "multi_thread")]
async fn deadlines_and_papers_come_together_once_a_day_at_most() {
    let city = with_city(MORNING).await;
    let mut olga = Device::signed_in("olga", &city).await;
    for day in 0..21 {
        city.wait("1d").await;
        olga.host.advance(SignedDuration::from_hours(24));
        let before = reminders(&olga);
        if day % 10 == 0 {
            olga.kill();
            olga.start().await;
        }
        olga.read("sync").await;
        let today = reminders(&olga) - before;
        assert!(
            today <= 1,
            "{today} reminders on day {day}: {:?}",
            olga.host.shown()
        );
    }
    assert!(reminders(&olga) > 0, "some were told");
}

fn reminders(device: &Device) -> usize {
    let shown = device.host.shown();
    let together = ["digest/", "deadline/", "paper/"];
    let is_one = |tag: &str| together.iter().any(|it| tag.starts_with(it));
    shown.iter().filter(|it| is_one(&it.tag)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_answer_stays_with_words_until_she_answers_again() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    cea(&city, "anna").await;
    let offer = anna.offered("/gp").await;
    anna.set_offline(true).await;
    anna.call(
        "answer_offer",
        json!({"appointment": offer["appointment"], "answer": "accept"}),
    )
    .await;
    anna.wait_out_undo();
    // Meanwhile the clinic calls the visit off.
    city.operate("cancel-visit", json!({"appointment": offer["appointment"]}))
        .await;
    anna.set_offline(false).await;
    let refused = |today: &Value| {
        let all = ["waiting", "notices"]
            .iter()
            .flat_map(|name| list(today, name));
        all.filter(|it| {
            it["pending"] == "refused" || it["id"].as_str().unwrap().starts_with("cancelled/")
        })
        .cloned()
        .collect::<Vec<_>>()
    };
    let today = anna
        .until("today", json!({}), "the refusal", |it| {
            !refused(it).is_empty()
        })
        .await;
    for it in refused(&today) {
        assert_plain(if it["refused"].is_null() {
            &it["body"]
        } else {
            &it["refused"]
        });
    }
    // The city has found another time, and she can take that one.
    anna.until("today", json!({}), "another offer", |it| {
        list(it, "offers")
            .iter()
            .any(|it| it["appointment"] != offer["appointment"])
    })
    .await;
    let again = anna.offered("/gp").await;
    anna.call(
        "answer_offer",
        json!({"appointment": again["appointment"], "answer": "accept"}),
    )
    .await;
    anna.wait_out_undo();
    anna.read("sync").await;
    anna.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
    let booked = city.visits("anna", "booked").await;
    assert_eq!((booked.len(), &booked[0]["id"]), (1, &again["appointment"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_lapsed_is_said_without_blame_and_offered_anew() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    cea(&city, "anna").await;
    let offer = anna.offered("/gp").await;
    anna.set_offline(true).await;
    anna.host.advance(SignedDuration::from_hours(30));
    let late = anna
        .attempt(
            "answer_offer",
            json!({"appointment": offer["appointment"], "answer": "accept"}),
        )
        .await
        .unwrap_err();
    assert_eq!(late.code, "hold-lapsed");
    assert_plain(&json!(late.message));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_nothing_is_booked_in_her_name_and_her_device_still_tells_her() {
    let city = with_city(MORNING).await;
    let nina = Device::signed_in("nina", &city).await;
    assert_eq!(city.visits("nina", "pending").await, Vec::<Value>::new());
    assert_eq!(
        nina.states("/gp").await.len(),
        1,
        "her own device plans on her own facts"
    );
    let me = nina.read("me").await;
    let health = list(&me, "consents")
        .iter()
        .find(|it| it["class"] == "C2" && it["domain"] == "health");
    let consent = health.unwrap();
    assert_eq!(consent["given"], false);
    nina.call(
        "set_consent",
        json!({"id": consent["id"], "reach": "arrange", "given": true}),
    )
    .await;
    nina.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
    nina.offered("/gp").await;
    nina.call(
        "set_consent",
        json!({"id": consent["id"], "reach": "off", "given": false}),
    )
    .await;
    nina.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
    nina.until("today", json!({}), "the hold is gone", |it| {
        list(it, "offers").is_empty()
    })
    .await;
    assert_eq!(city.visits("nina", "pending").await, Vec::<Value>::new());
}
