use crate::device::{Device, NOW, result, town};
use serde_json::{Value, json};
use vekha_protocol::Action;

async fn facts(device: &Device) -> String {
    device.read("facts").await.to_string()
}

async fn card(device: &Device) -> Value {
    let step = device.step("onco_suspicion", "gp").await;
    device.call("card", json!({"id": step["id"]})).await
}

#[tokio::test]
async fn until_a_clinician_has_told_it_nothing_names_a_laboratorys_result() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town).await;
    let card = card(&device).await;
    assert_eq!(card["card"]["title"]["ru"], "Приём в поликлинике");
    assert!(!card["why"].as_array().unwrap().is_empty());
    for words in [
        card["why"].to_string(),
        card["facts"].to_string(),
        facts(&device).await,
    ] {
        for frightening in ["РЭА", "CEA", "12", "ng/mL", "границы"] {
            assert!(
                !words.replace("2026-11-23", "").contains(frightening),
                "{frightening}: {words}"
            );
        }
    }
    assert_eq!(card["forks_ahead"], json!([]));
    let path = device.call("path", json!({})).await;
    let runs = path["runs"].as_array().unwrap();
    let run = runs.iter().find(|it| it["situation"] == "onco_suspicion");
    assert_eq!(run.unwrap()["forks"], json!([]), "turns tell it too");
    assert!(facts(&device).await.contains("позвонят"));
    device.call("set_setting", json!({"news": "visit"})).await;
    assert!(facts(&device).await.contains("на приёме"));
}

#[tokio::test]
async fn a_number_outside_its_limits_is_told_by_a_doctor_though_it_began_nothing() {
    let town = town();
    let lab = |value: f64| json!({"code": "2571-8", "value": {"value": value, "unit": "ng/mL"}, "high": {"value": 4.0, "unit": "ng/mL"}});
    town.fact("usual", "lab.result", "2026-11-20", "laboratory", lab(3.25));
    town.fact("high", "lab.result", "2026-11-20", "laboratory", lab(77.75));
    let device = Device::signed_in(town.clone()).await;
    let known = facts(&device).await;
    assert!(
        known.contains("3.25") && known.contains("на приёме"),
        "{known}"
    );
    assert!(!known.contains("77.75"), "{known}");
    town.visit(
        "v1",
        None,
        "fulfilled",
        "2026-11-21T10:00:00+03:00",
        json!({}),
    );
    device.sync().await;
    assert!(facts(&device).await.contains("77.75"));
}

#[tokio::test]
async fn who_wants_it_in_the_app_reads_it_there_at_once() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town).await;
    device.call("set_setting", json!({"news": "app"})).await;
    let card = card(&device).await;
    assert_eq!(
        card["card"]["title"]["ru"],
        "Приём врача: обсудить результат"
    );
    assert!(facts(&device).await.contains("12"));
}

#[tokio::test]
async fn the_city_hears_how_its_people_are_to_tell_hard_news() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    device
        .call("set_setting", json!({"news": "visit", "theme": "dark"}))
        .await;
    device.call("set_setting", json!({"theme": "light"})).await;
    device.sync().await;
    let pushed = town.pushed();
    let [Action::ShareFact { fact }] = &pushed[..] else {
        panic!("{pushed:?}");
    };
    assert_eq!(
        (fact.kind.as_str(), &fact.fields["way"]),
        ("contact.hard_news", &json!("visit"))
    );
}

#[tokio::test]
async fn after_the_visit_the_app_speaks_plainly() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town.clone()).await;
    let step = device.step("onco_suspicion", "gp").await;
    let done = json!({"step": step["id"], "outcome": "done", "start": NOW});
    town.fact("outcome-1", "step.outcome", NOW, "city", done);
    device.sync().await;
    assert!(facts(&device).await.contains("12"));
}

#[tokio::test]
async fn a_notification_says_nothing_of_health_whatever_the_setting() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    device.call("set_setting", json!({"news": "app"})).await;
    result(&town);
    device.sync().await;
    let step = device.step("onco_suspicion", "gp").await;
    let id = step["id"].as_str();
    town.visit("v1", id, "pending", "2026-11-24T09:00:00+03:00", json!({}));
    device
        .until("today", "an offer", |it| {
            !it["offers"].as_array().unwrap().is_empty()
        })
        .await;
    let shown = device.shown();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].title, "Веха");
    assert!(!shown[0].body.contains("результат"), "{}", shown[0].body);
}

#[tokio::test]
async fn a_time_at_the_doctor_s_is_spoken_of_only_where_there_is_one() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town.clone()).await;
    let held = "место у врача";
    assert!(!facts(&device).await.contains(held));
    let gp = Some("onco_suspicion:lab-1/gp");
    town.visit("v1", gp, "booked", "2026-11-24T10:00:00+03:00", json!({}));
    device.sync().await;
    assert!(facts(&device).await.contains(held));
}

#[tokio::test]
async fn what_would_follow_is_no_row_of_visits_and_rests_on_no_order_that_names_it() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town.clone()).await;
    let follows = async || {
        let steps = device.steps("onco_suspicion").await;
        let state = |it: &Value| it["state"].as_str().unwrap().to_owned();
        steps.iter().map(state).collect::<Vec<_>>()
    };
    let ahead = |states: &[String]| states.iter().any(|it| it == "unknown" || it == "upcoming");
    assert!(!ahead(&follows().await), "{:?}", follows().await);
    let told = card(&device).await;
    assert_eq!(told["law"]["ru"], "Расскажет врач на приёме");
    assert_eq!(told["card"]["law"], told["law"]);
    assert_eq!(told["why_not"], json!([]));
    assert!(
        told["facts"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["withheld"] == true)
    );

    device.call("set_setting", json!({"news": "app"})).await;
    assert!(ahead(&follows().await), "{:?}", follows().await);
    assert_ne!(card(&device).await["law"], told["law"]);
}

/// Whether Today asks how hard news is to be told.
async fn asked(device: &Device) -> bool {
    device.read("today").await["ask_hard_news"] == true
}

#[tokio::test]
async fn who_never_said_how_to_tell_hard_news_is_asked_until_they_say_it() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    assert!(asked(&device).await);
    device.call("set_setting", json!({"theme": "dark"})).await;
    assert!(asked(&device).await, "that was another setting");
    // What it is anyway, said, is a choice as well.
    device.call("set_setting", json!({"news": "call"})).await;
    assert!(!asked(&device).await);
    device.call("set_setting", json!({"news": "call"})).await;
    device.sync().await;
    let pushed = town.pushed();
    let [Action::ShareFact { fact }] = &pushed[..] else {
        panic!("{pushed:?}");
    };
    assert_eq!(fact.fields["way"], "call");
}

#[tokio::test]
async fn what_was_said_on_another_device_holds_on_a_new_one() {
    let town = town();
    let way = json!({"way": "visit"});
    town.fact("w1", "contact.hard_news", NOW, "resident", way);
    result(&town);
    let device = Device::signed_in(town.clone()).await;
    assert!(!asked(&device).await);
    assert_eq!(device.read("me").await["settings"]["news"], "visit");
    assert!(facts(&device).await.contains("на приёме"));
    // What is said here later goes before it.
    device.call("set_setting", json!({"news": "app"})).await;
    assert_eq!(device.read("me").await["settings"]["news"], "app");
}

#[tokio::test]
async fn nobody_is_asked_while_something_waits_to_be_told_or_after_a_loss() {
    let waiting = town();
    result(&waiting);
    assert!(!asked(&Device::signed_in(waiting).await).await);
    let bereft = town();
    bereft.pregnancy("2026-11-02", "2026-09-28");
    let loss = json!({"date": "2026-11-23", "outcome": "loss", "weeks": 7});
    bereft.fact("p2", "pregnancy.ended", NOW, "clinician", loss);
    assert!(!asked(&Device::signed_in(bereft).await).await);
}

#[tokio::test]
async fn how_it_is_told_leaves_the_device_with_what_is_erased() {
    let device = Device::signed_in(town()).await;
    device
        .call("set_setting", json!({"news": "app", "theme": "dark"}))
        .await;
    device.call("erase", json!({})).await;
    let kept = std::fs::read_to_string(device.data.path().join("account.json")).unwrap();
    assert!(
        kept.contains("\"dark\"") && !kept.contains("\"app\""),
        "{kept}"
    );
}
