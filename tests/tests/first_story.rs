//! The main job, end to end, without a window: a fact arrives, the city acts, the resident answers, offline too.

use serde_json::{Value, json};
use vekha_testkit::{Device, with_city};

const MORNING: &str = "2026-11-23T10:00:00+03:00";
const FORBIDDEN: [&str; 8] = [
    "рак",
    "онко",
    "диагноз",
    "рэа",
    "cea",
    "ng/ml",
    "cancer",
    "onco",
];

fn is_neutral(text: &str) -> bool {
    let text = text.to_lowercase();
    FORBIDDEN.iter().all(|word| !text.contains(word))
}

fn list<'a>(from: &'a Value, name: &str) -> &'a Vec<Value> {
    from[name]
        .as_array()
        .unwrap_or_else(|| panic!("{name} is a list in {from:#}"))
}

async fn cea(city: &vekha_testkit::City) {
    let body =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", body).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strange_result_leads_to_one_booked_visit_even_when_the_network_is_cut() {
    let city = with_city(MORNING).await;
    let mut anna = Device::signed_in("anna", &city).await;
    cea(&city).await;
    let today = anna
        .until("today", json!({}), "an offer", |it| {
            !list(it, "offers").is_empty()
        })
        .await;
    let offer = &list(&today, "offers")[0];
    let appointment = offer["appointment"].as_str().map(str::to_owned);
    let shown = anna.host.shown();
    assert_eq!(shown.len(), 1, "{shown:?}");
    let notification = &shown[0];
    assert_eq!(notification.title, "Веха");
    assert!(is_neutral(&notification.body), "{}", notification.body);
    assert_eq!(notification.actions[0].0, "accept");

    anna.call("set_network", json!({"offline": true})).await;
    anna.call(
        "notification_action",
        json!({"tag": notification.tag, "action": "accept"}),
    )
    .await;
    let booked = |today: &Value| {
        let waiting = list(today, "waiting");
        waiting.len() == 1 && waiting[0]["state"] == "booked" && waiting[0]["pending"] == "waiting"
    };
    assert!(booked(&anna.call("today", json!({})).await));

    anna.kill();
    anna.start().await;
    assert!(
        booked(&anna.call("today", json!({})).await),
        "all there after a crash, still offline"
    );
    assert_eq!(anna.call("session", json!({})).await["waiting"], 1);

    anna.wait_out_undo();
    anna.call("set_network", json!({"offline": false})).await;
    anna.until("session", json!({}), "the answer is sent", |it| {
        it["waiting"] == 0
    })
    .await;
    let calendar = anna
        .until("calendar", json!({}), "one booked visit", |it| {
            let visits = it
                .as_array()
                .into_iter()
                .flatten()
                .filter(|it| it["kind"] == "appointment");
            let visits: Vec<_> = visits.collect();
            visits.len() == 1 && visits[0]["state"] == "booked" && visits[0]["pending"].is_null()
        })
        .await;
    assert!(
        calendar
            .as_array()
            .into_iter()
            .flatten()
            .any(|it| it["appointment"].as_str() == appointment.as_deref())
    );

    let ics = anna.call("calendar_ics", json!({})).await["ics"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1, "{ics}");
    assert!(
        ics.contains("STATUS:CONFIRMED") && is_neutral(&ics),
        "{ics}"
    );
    let me = anna.call("me", json!({})).await;
    assert!(
        !list(&me, "access").is_empty(),
        "who saw the result is written down"
    );
    assert_eq!(anna.host.shown().len(), 1, "nothing is told twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_referral_the_oncologist_is_held_and_a_benign_outcome_takes_it_all_away() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    cea(&city).await;
    anna.until("today", json!({}), "an offer", |it| {
        !list(it, "offers").is_empty()
    })
    .await;
    city.operate(
        "outcome",
        json!({"resident": "anna", "kind": "care.referral", "fields": {"to": "caop"}}),
    )
    .await;
    anna.until("today", json!({}), "the oncologist is held", |it| {
        list(it, "offers")
            .iter()
            .any(|it| it["id"].as_str().is_some_and(|id| id.ends_with("/onco")))
    })
    .await;
    city.operate(
        "outcome",
        json!({"resident": "anna", "kind": "onco.outcome", "fields": {"result": "benign"}}),
    )
    .await;
    let path = anna
        .until("path", json!({}), "the branch not taken", |it| {
            let runs = list(it, "runs")
                .iter()
                .filter(|it| it["situation"] == "onco_suspicion");
            let mut forks = runs.flat_map(|run| list(run, "forks"));
            forks.any(|fork| fork["fork"] == "benign" && fork["taken"] == "yes")
        })
        .await;
    let run = list(&path, "runs")
        .iter()
        .find(|it| it["situation"] == "onco_suspicion");
    let steps = run
        .map(|run| list(run, "steps").clone())
        .unwrap_or_default();
    let onco = steps
        .iter()
        .find(|it| it["id"].as_str().is_some_and(|id| id.ends_with("/onco")));
    assert_eq!(
        onco.map(|it| &it["state"]),
        Some(&json!("cancelled")),
        "{steps:#?}"
    );
    anna.until("today", json!({}), "no oncologist on Today", |it| {
        !list(it, "offers")
            .iter()
            .any(|it| it["id"].as_str().is_some_and(|id| id.ends_with("/onco")))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_can_be_taken_back_for_ten_seconds() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    cea(&city).await;
    let today = anna
        .until("today", json!({}), "an offer", |it| {
            !list(it, "offers").is_empty()
        })
        .await;
    let appointment = list(&today, "offers")[0]["appointment"].clone();
    let card = anna
        .call(
            "answer_offer",
            json!({"appointment": appointment, "answer": "accept"}),
        )
        .await;
    assert!(
        card["undo_until"].is_string() && card["state"] == "booked",
        "{card:#}"
    );
    let card = anna.call("undo", json!({"appointment": appointment})).await;
    assert_eq!(
        (&card["state"], &card["pending"]),
        (&json!("held"), &Value::Null)
    );
    let late = anna
        .attempt("undo", json!({"appointment": appointment}))
        .await;
    assert_eq!(late.map_err(|error| error.code), Err("too-late".to_owned()));
}
