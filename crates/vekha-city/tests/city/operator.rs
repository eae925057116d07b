//! The operator's page, pressed as a browser presses it.

use crate::town::{Town, town};
use reqwest::StatusCode;
use serde_json::json;
use std::collections::BTreeMap;

async fn page_of(town: &Town) -> String {
    let url = format!("{}/operator", town.running.url);
    let page = town.http.get(&url).send().await.unwrap();
    page.text().await.unwrap()
}

/// The form with this heading, as the browser would send it, with what the newcomer changes.
async fn press(town: &Town, heading: &str, changes: &[(&str, &str)]) -> StatusCode {
    let page = page_of(town).await;
    let form = page
        .split("<form")
        .find(|form| form.contains(heading))
        .unwrap_or_else(|| panic!("no form {heading}"))
        .split("</form>")
        .next()
        .unwrap();
    let action = attribute(form, "action").unwrap();
    let mut sent = BTreeMap::new();
    for field in form.split('<').filter(|it| {
        it.starts_with("input") || it.starts_with("textarea") || it.starts_with("select")
    }) {
        let name = attribute(field, "name").unwrap();
        let value = if field.starts_with("textarea") {
            field.split_once('>').unwrap().1.to_owned()
        } else {
            attribute(field, "value").unwrap_or_default()
        };
        sent.insert(name, value);
    }
    // A browser sends the first option of a select nobody touched.
    for part in form.split("<select").skip(1) {
        let name = attribute(part, "name").unwrap();
        let first = part.split("<option").nth(1).unwrap();
        let value = attribute(first, "value").unwrap_or_default();
        sent.insert(name, value);
    }
    for (name, value) in changes {
        assert!(sent.contains_key(*name), "{heading} has no field {name}");
        sent.insert((*name).to_owned(), (*value).to_owned());
    }
    let answer = town
        .http
        .post(format!("{}{action}", town.running.url))
        .header("origin", &town.running.url)
        .form(&sent)
        .send()
        .await
        .unwrap();
    answer.status()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next()?;
    let value = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(value.split('"').next()?.to_owned())
}

#[tokio::test]
async fn a_newcomer_plays_the_first_story_by_forms_alone() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let done = StatusCode::SEE_OTHER;
    let who = ("resident", "anna");
    assert_eq!(press(&town, "Результат анализа", &[who]).await, done);
    let gp = anna.visits("/gp", "pending").await.remove(0);
    anna.answer(&gp, json!({"answer": "accept"})).await;
    assert_eq!(press(&town, "Направление к онкологу", &[who]).await, done);
    let onco = anna.visits("/onco", "pending").await.remove(0);
    anna.answer(&onco, json!({"answer": "accept"})).await;
    let id = onco["id"].as_str().unwrap();
    assert_eq!(press(&town, id, &[]).await, done, "took place");
    assert_eq!(press(&town, "Заключение онколога", &[who]).await, done);
    assert_eq!(
        press(&town, "Памятка о питании", &[who, ("fields.text", "5")]).await,
        done
    );
    let papers = anna.all("document").await;
    for step in ["/register", "/diet"] {
        let paper = papers.iter().find(|it| {
            it["body"]["step"]
                .as_str()
                .is_some_and(|id| id.ends_with(step))
        });
        assert!(paper.is_some(), "{step}");
    }
    assert_eq!(press(&town, "Опасного не найдено", &[who]).await, done);
    let facts = anna.get("facts").await;
    let outcome = facts
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["kind"] == "onco.outcome")
        .unwrap();
    assert_eq!(
        outcome["fields"],
        json!({"result": "benign", "closed": true}),
        "typed by the vocabulary"
    );
}

#[tokio::test]
async fn a_newcomer_plays_the_second_story_by_forms_alone() {
    let town = town().await;
    let maria = town.sign_in("maria").await;
    let done = StatusCode::SEE_OTHER;
    let who = ("resident", "maria");
    assert_eq!(press(&town, "Подтвердить · Confirm", &[who]).await, done);
    assert_eq!(press(&town, "УЗИ: двойня", &[who]).await, done);
    let facts = maria.get("facts").await;
    let latest = facts
        .as_array()
        .unwrap()
        .iter()
        .rfind(|it| it["kind"] == "pregnancy")
        .unwrap();
    assert_eq!(latest["fields"]["fetuses"], 2);
    assert_eq!(latest["fields"]["lmp"], "2026-10-05");
    assert!(!maria.visits("", "pending").await.is_empty());
    assert_eq!(press(&town, "Беременность прервалась", &[who]).await, done);
    let left = maria.visits("", "pending").await;
    assert!(
        left.iter()
            .all(|it| !it["step"].as_str().unwrap().starts_with("pregnancy:"))
    );
}

#[tokio::test]
async fn a_form_that_cannot_be_done_says_why_in_words() {
    let town = town().await;
    let status = press(&town, "УЗИ: двойня", &[("resident", "oleg")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let status = press(&town, "Результат анализа", &[("value", "много")]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_form_of_the_page_leads_somewhere() {
    let town = town().await;
    town.cea("anna").await;
    let page = page_of(&town).await;
    let mut actions = 0;
    for form in page.split("<form").skip(1) {
        let action = attribute(form, "action").unwrap();
        let answer = town
            .http
            .post(format!("{}{action}", town.running.url))
            .form(&[("nothing", "here")])
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{action}");
        actions += 1;
    }
    assert!(actions > 12);
    assert!(!page.contains("{{"), "a placeholder was left");
}

#[tokio::test]
async fn what_a_resident_asks_is_no_gap_to_be_filled_in() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    anna.post("questions", json!({"text": "{{secret}}"})).await;
    assert!(page_of(&town).await.contains("<p>{{secret}}</p>"));
}
