//! A time one takes by oneself, where the city may only suggest or knows nothing of the step.

use crate::{MORNING, list};
use serde_json::{Value, json};
use vekha_testkit::{City, Device, assert_plain, with_city};

/// The card of Nina's first visit: she has allowed the city nothing, her own device planned it.
async fn her_card(nina: &Device) -> Value {
    let path = nina.read("path").await;
    let mut steps = list(&path, "runs")
        .iter()
        .flat_map(|run| list(run, "steps"));
    let gp = steps.find(|it| it["id"].as_str().unwrap().ends_with("/gp"));
    nina.call("card", json!({"id": gp.unwrap()["id"]})).await
}

async fn her_times(nina: &Device, card: &Value) -> Vec<Value> {
    let times = nina
        .call("step_times", json!({"id": card["card"]["id"]}))
        .await;
    times.as_array().unwrap().clone()
}

async fn books(nina: &Device, card: &Value, slot: &Value) -> Value {
    let chosen = json!({"id": card["card"]["id"], "slot": slot["id"], "start": slot["start"]});
    nina.call("book_step", chosen).await
}

async fn sends(nina: &Device) {
    nina.wait_out_undo();
    nina.read("sync").await;
    nina.until("session", json!({}), "sent", |it| it["waiting"] == 0)
        .await;
}

async fn booked(city: &City) -> Vec<Value> {
    city.visits("nina", "booked").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_allows_the_city_nothing_still_takes_a_time_and_it_stays_theirs() {
    let city = with_city(MORNING).await;
    let nina = Device::signed_in("nina", &city).await;
    let card = her_card(&nina).await;
    assert_eq!(card["bookable"], true, "{card:#}");
    let times = her_times(&nina, &card).await;
    let waits = books(&nina, &card, &times[0]).await;
    assert_eq!(
        (&waits["state"], &waits["pending"], &waits["when"]),
        (&json!("booked"), &json!("waiting"), &times[0]["start"])
    );

    let undo = nina.read("today").await["undo"].clone();
    assert_plain(&undo["words"]);
    nina.call("undo", json!({"thing": undo["thing"]})).await;
    assert_eq!(her_card(&nina).await["bookable"], true);

    books(&nina, &card, &times[1]).await;
    sends(&nina).await;
    let visits = booked(&city).await;
    assert_eq!((visits.len(), &visits[0]["start"]), (1, &times[1]["start"]));
    nina.until_state("/gp", "booked").await;
    let now = her_card(&nina).await;
    assert_eq!(
        (
            &now["card"]["appointment"],
            &now["card"]["pending"],
            &now["bookable"]
        ),
        (&visits[0]["id"], &Value::Null, &json!(false))
    );
    assert!(
        !her_times(&nina, &card).await.contains(&times[1]),
        "it is taken"
    );

    // The city plans nothing for her, and does not take back what she chose.
    city.wait("PT1H").await;
    assert_eq!(booked(&city).await.len(), 1);
    let decline = json!({"appointment": visits[0]["id"], "answer": "decline"});
    nina.call("answer_offer", decline).await;
    sends(&nina).await;
    assert_eq!(booked(&city).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_somebody_took_meanwhile_is_told_in_words_and_another_can_be_taken() {
    let city = with_city(MORNING).await;
    let nina = Device::signed_in("nina", &city).await;
    let other = Device::signed_in("anna", &city).await;
    let card = her_card(&nina).await;
    let times = her_times(&nina, &card).await;
    let body =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", body).await;
    let offer = other.offered("/gp").await;
    let gone = times.iter().find(|slot| slot["start"] == offer["when"]);
    books(&nina, &card, gone.unwrap()).await;
    sends(&nina).await;
    let refused = her_card(&nina).await;
    assert_eq!(
        refused["card"]["pending"], "refused",
        "{:#}",
        refused["card"]
    );
    assert_plain(&refused["card"]["refused"]);
    assert_eq!(booked(&city).await, Vec::<Value>::new());
    assert_eq!(refused["bookable"], true);
    let free = her_times(&nina, &card).await;
    books(&nina, &card, &free[0]).await;
    sends(&nina).await;
    assert_eq!(booked(&city).await[0]["start"], free[0]["start"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_times_are_not_shown_and_it_is_said() {
    let city = with_city(MORNING).await;
    let nina = Device::signed_in("nina", &city).await;
    let card = her_card(&nina).await;
    nina.set_offline(true).await;
    let id = json!({"id": card["card"]["id"]});
    let refused = nina.attempt("step_times", id).await.unwrap_err();
    assert_eq!(refused.code, "offline");
    assert_plain(&json!(refused.message));
}
