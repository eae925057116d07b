//! A device whose clock is years off.

use super::underway;
use crate::{
    MORNING, list,
    plans::{assert_alike, of_city, of_path, of_plan, shows_all},
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::time::Duration;
use vekha_testkit::{Device, assert_plain, with_city};

const YEARS: SignedDuration = SignedDuration::from_hours(5 * 365 * 24);

async fn years_off(by: SignedDuration) {
    let city = with_city(MORNING).await;
    let mut anna = Device::of("anna", &city).await;
    anna.host.advance(by);
    anna.call("connect_city", json!({"address": "demo"})).await;
    anna.sign_in().await;
    let result =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", result).await;
    let offer = anna.offered("/gp").await;
    anna.told(1).await;
    // An HTTP date has whole seconds: the device may be a moment behind what the city just did.
    tokio::time::sleep(Duration::from_secs(3)).await;
    shows_all(&anna).await;
    let mine = of_path(&anna.read("path").await);
    let theirs = of_plan(&of_city(&city, &anna, "anna").await);
    assert_alike(&mine, &theirs, "by the city's time");

    let clock = |today: &Value| {
        let notice = list(today, "notices")
            .iter()
            .find(|it| it["id"] == "clock")
            .cloned();
        notice.unwrap_or_else(|| panic!("the clock is said in {today:#}"))
    };
    let notice = clock(&anna.read("today").await);
    assert_plain(&notice["title"]);
    assert_plain(&notice["body"]);

    // The answer waits its ten seconds and no longer, and all of it holds after a start without a network.
    anna.set_offline(true).await;
    anna.call(
        "answer_offer",
        json!({"appointment": offer["appointment"], "answer": "accept"}),
    )
    .await;
    anna.kill();
    anna.start().await;
    let session = anna.read("session").await;
    assert!(
        session["now"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-23T10:"),
        "{session:#}"
    );
    clock(&anna.read("today").await);
    anna.wait_out_undo();
    anna.set_offline(false).await;
    anna.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
    assert_eq!(city.visits("anna", "booked").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_five_years_ahead_is_said_and_the_citys_time_counts() {
    years_off(YEARS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_five_years_behind_is_said_and_the_citys_time_counts() {
    years_off(-YEARS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_a_few_minutes_behind_sees_a_result_at_once() {
    let city = with_city(MORNING).await;
    let anna = Device::of("anna", &city).await;
    anna.host.advance(SignedDuration::from_mins(-4));
    anna.call("connect_city", json!({"address": "demo"})).await;
    anna.sign_in().await;
    let result =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", result).await;
    let offer = anna.offered("/gp").await;
    assert!(
        offer["id"].as_str().unwrap().starts_with("onco_suspicion:"),
        "with its why: {offer:#}"
    );
    let today = anna.read("today").await;
    assert!(
        list(&today, "notices").iter().all(|it| it["id"] != "clock"),
        "minutes are no news"
    );
}

/// She answered while the clock stood in another year; somebody set it right.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_given_under_a_wrong_clock_is_sent_when_the_clock_is_set_right() {
    for by in [YEARS, -YEARS] {
        let mut it = underway().await;
        it.anna.host.advance(by);
        let answer = json!({"appointment": it.appointment, "answer": "accept"});
        it.anna.attempt("answer_offer", answer).await.ok();
        it.anna.kill();
        it.anna.host.advance(-by);
        it.anna.start().await;
        it.anna.wait_out_undo();
        it.assert_heals().await;
    }
}
