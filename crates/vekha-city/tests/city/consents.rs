use crate::town::town;
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn consent_withdrawn_purges_what_was_held() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let body = json!({"reach": "off", "given": false});
    let (status, _) = anna.put("consents/anna-health", body).await;
    assert_eq!(status, StatusCode::OK);
    assert!(anna.visits("", "pending").await.is_empty());
    let feed = anna.all("appointment").await;
    let grave = feed.iter().find(|it| it["id"] == held["id"]).unwrap();
    assert_eq!(grave["deleted"], true);
    let body = json!({"reach": "arrange", "given": true});
    anna.put("consents/anna-health", body).await;
    assert_eq!(anna.visits("/gp", "pending").await.len(), 1);
}

#[tokio::test]
async fn without_consent_a_result_starts_nothing_in_the_city() {
    let town = town().await;
    let nina = town.sign_in("nina").await;
    town.cea("nina").await;
    assert!(nina.get("offers").await.as_array().unwrap().is_empty());
    let looks = nina.get("access-records").await.to_string();
    assert!(
        looks.contains("Программа города"),
        "papers are planned all the same"
    );
    for fact in nina.get("facts").await.as_array().unwrap() {
        let health = ["lab.result", "habit.smoking", "screening.done"];
        if health.contains(&fact["kind"].as_str().unwrap()) {
            assert!(!looks.contains(fact["id"].as_str().unwrap()), "{fact}");
        }
    }
}

#[tokio::test]
async fn suggest_holds_nothing_and_act_books_at_once() {
    let town = town().await;
    let (svetlana, pavel) = (town.sign_in("svetlana").await, town.sign_in("pavel").await);
    town.cea("svetlana").await;
    town.cea("pavel").await;
    assert!(svetlana.get("offers").await.as_array().unwrap().is_empty());
    assert_eq!(pavel.visits("/gp", "booked").await.len(), 1);
}

#[tokio::test]
async fn what_belongs_to_another_is_refused() {
    let town = town().await;
    let (anna, maria) = (town.sign_in("anna").await, town.sign_in("maria").await);
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let (status, _) = maria.answer(&held, json!({"answer": "decline"})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = maria
        .put(
            "consents/anna-health",
            json!({"reach": "off", "given": false}),
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let fact = json!({"id": "x", "subject": "anna", "kind": "habit.smoking", "at": "2026-11-01", "fields": {"smoker": true}});
    let (status, problem) = maria.post("facts", fact).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (StatusCode::FORBIDDEN, Some("not-yours"))
    );
    assert!(
        maria
            .all("fact")
            .await
            .iter()
            .all(|it| it["body"]["subject"] == "maria")
    );
}

#[tokio::test]
async fn a_child_has_no_account_and_is_read_about_by_who_cares_for_them() {
    let town = town().await;
    let page = town.sign_in_page().await;
    assert!(page.contains("value=\"olga\""));
    assert!(page.contains("17 мая 1996"), "dates as a person says them");
    assert!(!page.contains("value=\"misha\""));
    assert!(!page.contains("value=\"sasha\""));
    assert_eq!(page.matches("name=\"resident\"").count(), 14);
    assert_eq!(
        town.try_sign_in("misha").await.err().as_deref(),
        Some("access_denied")
    );
    let olga = town.sign_in("olga").await;
    let facts = olga.get("facts").await.to_string();
    assert!(facts.contains("\"subject\":\"misha\""));
}
