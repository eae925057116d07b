use crate::town::town;
use reqwest::StatusCode;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

#[tokio::test]
async fn a_thousand_facts_come_page_by_page_and_each_once() {
    let town = town().await;
    for number in 0..1000 {
        let body = json!({"resident": "anna", "kind": "screening.done", "fields": {"test": format!("t{number}")}});
        town.operate("outcome", body).await;
    }
    let anna = town.sign_in("anna").await;
    let first = anna.get("changes?limit=100").await;
    assert_eq!(first["changes"].as_array().unwrap().len(), 100);
    assert_eq!(first["more"], true);
    assert!(first["total"].as_u64().unwrap() >= 1000);
    let facts = anna.all("fact").await;
    let ids: std::collections::HashSet<_> = facts.iter().map(|it| it["id"].to_string()).collect();
    assert_eq!(ids.len(), facts.len());
    assert!(facts.len() >= 1000);
}

#[tokio::test]
async fn after_the_last_page_only_what_is_new_comes() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let page = anna.get("changes?limit=1000").await;
    let cursor = page["cursor"].as_str().unwrap();
    let quiet = anna.get(&format!("changes?cursor={cursor}")).await;
    assert_eq!(quiet["changes"].as_array().unwrap().len(), 0);
    town.cea("anna").await;
    let news = anna.get(&format!("changes?cursor={cursor}")).await;
    assert!(!news["changes"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_cursor_from_before_the_city_was_restored_from_a_copy_is_gone() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let early = anna.get("changes?limit=1000").await;
    town.cea("anna").await;
    let late = anna.get("changes?limit=1000").await;
    let file = SqliteConnectOptions::new().filename(town.folder.path().join("city.sqlite"));
    let pool = SqlitePool::connect_with(file).await.unwrap();
    let known = early["changes"].as_array().unwrap().len();
    sqlx::query("DELETE FROM changes WHERE seq > (SELECT seq FROM changes WHERE subject = 'anna' ORDER BY seq LIMIT 1 OFFSET ?)")
        .bind(known as i64 - 1)
        .execute(&pool)
        .await
        .unwrap();
    let answer = anna
        .ask(&format!(
            "changes?cursor={}",
            late["cursor"].as_str().unwrap()
        ))
        .await;
    assert_eq!(answer.status(), StatusCode::GONE);
}

#[tokio::test]
async fn a_cursor_of_another_city_is_gone() {
    let (here, there) = (town().await, town().await);
    let page = here.sign_in("anna").await.get("changes").await;
    let cursor = page["cursor"].as_str().unwrap();
    let answer = there
        .sign_in("anna")
        .await
        .ask(&format!("changes?cursor={cursor}"))
        .await;
    assert_eq!(answer.status(), StatusCode::GONE);
}

#[tokio::test]
async fn the_api_describes_itself() {
    let town = town().await;
    let url = format!("{}/openapi.json", town.running.url);
    let api: serde_json::Value = town
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(api["paths"]["/city/v1/offers/{id}/answer"]["post"]["responses"]["409"].is_object());
    let mut doors = 0;
    for (path, methods) in api["paths"].as_object().unwrap() {
        for (method, told) in methods.as_object().unwrap() {
            let method = method.to_uppercase().parse().unwrap();
            let url = town.running.url.clone() + &path.replace("{id}", "1");
            let answer = town.http.request(method, url).send().await.unwrap();
            let status = answer.status();
            // A secret in the address is the key; a guess finds nothing.
            let guessed = path.contains("{secret}") && status == StatusCode::NOT_FOUND;
            let open = told["security"].is_array() && (status == StatusCode::OK || guessed);
            assert!(
                open || status == StatusCode::UNAUTHORIZED,
                "{path}: {status}"
            );
            assert!(
                told["responses"][status.as_str()].is_object(),
                "{path}: {status} is not told"
            );
            doors += 1;
        }
    }
    assert!(doors > 15, "{doors} doors");
}
