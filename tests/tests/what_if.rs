//! «Что если»: pretended facts change nothing but the answer.

use crate::{MORNING, list};
use serde_json::{Value, json};
use vekha_testkit::{Device, assert_plain, with_city};

fn supposed(kind: &str, field: &str, value: Value) -> Value {
    json!({"facts": [{"missing": {"kind": kind, "field": field}, "value": value}]})
}

fn titles(from: &Value, name: &str) -> Vec<String> {
    let steps = list(from, name).iter();
    steps.map(|it| it["title"]["en"].to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_would_bring_scans_and_move_the_leave_and_nothing_is_kept() {
    let city = with_city(MORNING).await;
    let maria = Device::signed_in("maria", &city).await;
    city.tell(
        "maria",
        "pregnancy",
        json!({"lmp": "2026-10-05", "fetuses": 1}),
    )
    .await;
    maria.until_state("/register", "open").await;
    maria.set_offline(true).await;
    let (before, known) = (maria.read("path").await, city.state().await);

    let twins = supposed("pregnancy", "fetuses", json!(2));
    let difference = maria.call("what_if", twins).await;
    assert!(!titles(&difference, "appears").is_empty(), "{difference:#}");
    let leave = list(&difference, "moves").iter();
    let leave = leave.clone().find(|it| it["opened"] != it["opens"]);
    assert!(leave.is_some(), "{difference:#}");
    assert_plain(&difference["turns"][0]["text"]);

    assert_eq!(maria.read("path").await["runs"], before["runs"]);
    maria.set_offline(false).await;
    maria.read("sync").await;
    assert_eq!(city.state().await["residents"], known["residents"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_can_be_asked_can_be_pretended_and_a_wrong_answer_is_told_in_words() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    let all = anna.read("supposable").await;
    assert!(all.as_array().is_some_and(|all| all.len() > 100));
    let moving = supposed("home.move", "date", json!("2027-01-15"));
    let difference = anna.call("what_if", moving).await;
    assert_eq!(difference["now"], "2027-01-15");
    assert!(!list(&difference, "begins").is_empty(), "{difference:#}");

    let wrong = supposed("home.move", "date", json!("soon"));
    let refused = anna.attempt("what_if", wrong).await.unwrap_err();
    assert_eq!(refused.code, "bad-answer");
    assert_plain(&json!(refused.message));
}
