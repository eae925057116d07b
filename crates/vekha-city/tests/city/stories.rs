use crate::town::{Device, Town, town};
use jiff::Timestamp;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn start(visit: &Value) -> Timestamp {
    visit["start"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_result_above_its_limit_holds_a_doctor_within_a_day_and_within_a_second() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    assert_eq!(anna.visits("", "pending").await, Vec::<Value>::new());
    let began = Instant::now();
    town.cea("anna").await;
    assert!(began.elapsed() < Duration::from_secs(1));
    let held = anna.visits("/gp", "pending").await;
    assert_eq!(held.len(), 1);
    let latest: Timestamp = "2026-11-24T10:01:00+03:00".parse().unwrap();
    assert!(start(&held[0]) < latest);
    assert!(
        !held[0]["neutral"]
            .to_string()
            .to_lowercase()
            .contains("рак")
    );
    assert_eq!(
        anna.visits("", "pending").await.len(),
        1,
        "one thing is asked at a time"
    );
    let readers = anna.get("access-records").await;
    assert!(readers.to_string().contains("Программа города"));
}

#[tokio::test]
async fn anna_accepts_is_referred_and_everything_ends_well() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let gp = anna.visits("/gp", "pending").await.remove(0);
    for _ in 0..2 {
        let (status, receipt) = anna.answer(&gp, json!({"answer": "accept"})).await;
        assert_eq!(status, StatusCode::OK, "{receipt}");
        assert_eq!(receipt["appointment"]["status"], "booked");
    }
    assert_eq!(anna.visits("", "booked").await.len(), 1);

    town.tell("anna", "care.referral", json!({"to": "caop"}))
        .await;
    let onco = anna.visits("/onco", "pending").await.remove(0);
    let latest: Timestamp = "2026-11-27T00:00:00+03:00".parse().unwrap();
    assert!(start(&onco) < latest, "within three working days");
    anna.answer(&onco, json!({"answer": "accept"})).await;
    town.operate("fulfil-visit", json!({"appointment": onco["id"]}))
        .await;
    let records = anna.get("access-records").await.to_string();
    assert!(
        records.contains("\"приём\""),
        "the doctor's reading is told"
    );

    town.tell(
        "anna",
        "onco.outcome",
        json!({"result": "benign", "closed": true}),
    )
    .await;
    let waiting = anna.get("offers").await;
    let left: Vec<_> = waiting
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["status"] == "pending" || it["status"] == "booked")
        .filter(|it| {
            !it["step"]
                .as_str()
                .unwrap_or_default()
                .ends_with("/benign_control")
        })
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_diet_sheet_comes_only_from_a_clinician_who_signed_it() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let sheets = async || {
        let all = anna.all("document").await;
        all.into_iter()
            .filter(|it| {
                it["body"]["step"]
                    .as_str()
                    .is_some_and(|id| id.ends_with("/diet"))
            })
            .collect::<Vec<_>>()
    };
    town.tell("anna", "diet.prescribed", json!({"text": "Без подписи"}))
        .await;
    assert!(sheets().await.is_empty());
    let fields = json!({"text": "Стол № 5", "signed_by": "Лаврова Н. П."});
    town.tell("anna", "diet.prescribed", fields).await;
    let sheet = sheets().await.remove(0);
    assert_eq!(sheet["body"]["signed_by"], "Лаврова Н. П.");
    assert!(
        sheet["body"]["body"]["ru"]
            .as_str()
            .unwrap()
            .contains("Стол № 5")
    );
}

/// The papers of a step, as the device reads them from its feed and keeps them.
async fn papers(device: &Device, step: &str) -> Vec<Value> {
    let all = device.all("document").await;
    all.into_iter()
        .map(|it| it["body"].clone())
        .filter(|it| it["step"].as_str().is_some_and(|id| id.ends_with(step)))
        .collect()
}

/// Moves the clock behind a visit and lets it take place.
async fn attend(town: &Town, device: &Device, step: &str) {
    let held = device.visits(step, "pending").await.remove(0);
    let (status, _) = device.answer(&held, json!({"answer": "accept"})).await;
    assert_eq!(status, StatusCode::OK);
    town.operate("clock", json!({"set": held["end"]})).await;
    town.operate("fulfil-visit", json!({"appointment": held["id"]}))
        .await;
}

#[tokio::test]
async fn after_the_specialist_come_the_register_entry_and_the_materials_to_read_offline() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let material = papers(&anna, "/neutral").await.remove(0);
    for language in ["ru", "en"] {
        assert!(material["body"][language].as_str().unwrap().len() > 40);
    }
    attend(&town, &anna, "/gp").await;
    town.tell("anna", "care.referral", json!({"to": "caop"}))
        .await;
    attend(&town, &anna, "/onco").await;
    assert!(
        papers(&anna, "/register").await.is_empty(),
        "no entry before a doctor's conclusion"
    );
    town.tell(
        "anna",
        "diagnosis",
        json!({"code": "Z03.1", "malignant": false}),
    )
    .await;
    let entry = papers(&anna, "/register").await.remove(0);
    let text = entry["body"]["ru"].as_str().unwrap();
    assert!(text.contains("ПП РФ 2188"), "by which law: {text}");
    assert!(!text.contains("2026-"), "dates in words: {text}");
    assert!(!entry["body"]["en"].as_str().unwrap().is_empty());
    town.tell(
        "anna",
        "onco.outcome",
        json!({"result": "benign", "closed": true}),
    )
    .await;
    assert_eq!(
        papers(&anna, "/register").await.len(),
        1,
        "what was issued stays to be read"
    );
}

#[tokio::test]
async fn a_benign_outcome_frees_every_time_that_was_held() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    attend(&town, &anna, "/gp").await;
    town.tell("anna", "care.referral", json!({"to": "caop"}))
        .await;
    let held = anna.visits("/onco", "pending").await.remove(0);
    town.tell(
        "anna",
        "onco.outcome",
        json!({"result": "benign", "closed": true}),
    )
    .await;
    let feed = anna.all("appointment").await;
    let gone = feed.iter().find(|it| it["id"] == held["id"]).unwrap();
    assert_eq!(gone["body"]["status"], "cancelled");
    let slot = format!("Slot/{}", held["slot"].as_str().unwrap());
    assert_eq!(anna.fhir(&slot).await["status"], "free");
}

async fn expect_child(town: &Town) -> Device {
    let maria = town.sign_in("maria").await;
    let body = json!({"resident": "maria", "lmp": "2026-10-05", "fetuses": 1});
    town.operate("pregnancy", body).await;
    maria
}

#[tokio::test]
async fn a_pregnancy_holds_its_first_visit_before_the_twelfth_week_and_twins_keep_it() {
    let town = town().await;
    let maria = expect_child(&town).await;
    let held = maria.visits("", "pending").await.remove(0);
    let step = held["step"].as_str().unwrap();
    assert!(step.starts_with("pregnancy:"), "{step}");
    let twelfth_week: Timestamp = "2026-12-29T00:00:00+03:00".parse().unwrap();
    assert!(start(&held) < twelfth_week);
    maria.answer(&held, json!({"answer": "accept"})).await;
    town.operate(
        "twins",
        json!({"resident": "maria", "chorionicity": "dichorionic"}),
    )
    .await;
    let kept = maria.visits("", "booked").await;
    assert_eq!(kept.len(), 1, "the run goes on, and so does its visit");
    assert_eq!(kept[0]["id"], held["id"]);
}

#[tokio::test]
async fn a_loss_silences_a_pregnancy_the_same_moment() {
    let town = town().await;
    let maria = expect_child(&town).await;
    let held = maria.visits("", "pending").await.remove(0);
    maria.answer(&held, json!({"answer": "accept"})).await;
    town.operate("pregnancy-loss", json!({"resident": "maria"}))
        .await;
    let waiting = maria.get("offers").await;
    let left = waiting
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["status"] == "pending" || it["status"] == "booked")
        .map(|it| it["step"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect::<Vec<_>>();
    assert_eq!(left, ["psych"], "nothing but help, if she wishes");
    let help = maria.visits("/psych", "pending").await.remove(0);
    maria.answer(&help, json!({"answer": "decline"})).await;
    assert!(maria.visits("", "pending").await.is_empty());
    let feed = maria.all("appointment").await;
    let gone = feed.iter().find(|it| it["id"] == held["id"]).unwrap();
    assert_eq!(gone["body"]["status"], "cancelled");
    let reason = gone["body"]["reason"]["ru"].as_str().unwrap();
    assert_eq!(reason, "Визит отменён. Делать ничего не нужно.");
    let slot = format!("Slot/{}", held["slot"].as_str().unwrap());
    assert_eq!(maria.fhir(&slot).await["status"], "free");
    // A fortnight of days brings nothing of it back.
    town.operate("clock", json!({"advance": "14d"})).await;
    for visit in maria.visits("", "pending").await {
        let step = visit["step"].as_str().unwrap();
        assert!(step.starts_with("pregnancy_loss:"), "{step}");
    }
}

#[tokio::test]
async fn a_hold_lapses_without_penalty_and_is_offered_again() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let first = anna.visits("/gp", "pending").await.remove(0);
    town.operate("clock", json!({"advance": "1d"})).await;
    let (status, problem) = anna.answer(&first, json!({"answer": "accept"})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(problem["type"], "hold-lapsed");
    assert!(!problem["words"]["ru"].as_str().unwrap().is_empty());
    town.operate("clock", json!({"advance": "1d"})).await;
    let again = anna.visits("/gp", "pending").await;
    assert_eq!(again.len(), 1);
    assert_ne!(again[0]["id"], first["id"]);
}

#[tokio::test]
async fn an_offer_nobody_answers_comes_back_ever_more_rarely_and_then_no_more() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let mut offers = std::collections::BTreeSet::new();
    let mut days = Vec::new();
    for day in 0..14 {
        for visit in anna.visits("/gp", "pending").await {
            if offers.insert(visit["id"].to_string()) {
                days.push(day);
            }
        }
        town.operate("clock", json!({"advance": "1d"})).await;
    }
    let [first, second, third] = days[..] else {
        panic!("offered on the days {days:?}");
    };
    assert!(
        second - first <= 2,
        "what was promised is asked again soon: {days:?}"
    );
    assert!(
        third - second >= 3,
        "and then left alone for a while: {days:?}"
    );
    let states = anna.get("offers").await;
    assert!(
        states.as_array().is_some(),
        "the step stays hers to take up"
    );
}

#[tokio::test]
async fn a_visit_the_clinic_cancels_is_held_anew() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let first = anna.visits("/gp", "pending").await.remove(0);
    town.operate("cancel-visit", json!({"appointment": first["id"]}))
        .await;
    let again = anna.visits("/gp", "pending").await;
    assert_eq!(again.len(), 1);
    assert_ne!(again[0]["id"], first["id"]);
}
