use crate::town::{Device, town};
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn inquiries(device: &Device) -> Vec<Value> {
    let feed = device.all("inquiry").await;
    feed.into_iter().map(|it| it["body"].clone()).collect()
}

#[tokio::test]
async fn a_question_reaches_a_person_and_the_answer_the_resident_alone() {
    let town = town().await;
    let (anna, maria) = (town.sign_in("anna").await, town.sign_in("maria").await);
    let asked = json!({"text": "Нужно ли прийти натощак?", "about": "onco_suspicion:x/gp"});
    anna.post("questions", asked).await;
    let open = inquiries(&anna).await.remove(0);
    assert_eq!(
        (open["kind"].as_str(), open["answer"].as_str()),
        (Some("question"), None)
    );
    let seen = town.seen().await;
    assert_eq!(seen["questions"][0]["text"], "Нужно ли прийти натощак?");
    let answer = json!({"inquiry": open["id"], "text": "Нет, завтракайте спокойно.", "by": "Медсестра И. К. Рябова"});
    town.operate("answer", answer).await;
    let answered = inquiries(&anna).await.remove(0);
    assert_eq!(answered["id"], open["id"]);
    assert_eq!(answered["about"], "onco_suspicion:x/gp");
    assert_eq!(answered["answer"]["text"], "Нет, завтракайте спокойно.");
    assert_eq!(answered["answer"]["by"]["ru"], "Медсестра И. К. Рябова");
    assert!(inquiries(&maria).await.is_empty());
}

#[tokio::test]
async fn an_answer_is_given_once_and_never_empty() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    anna.post("questions", json!({"text": "Когда?"})).await;
    let id = inquiries(&anna).await[0]["id"].clone();
    let answer = |text: &str| json!({"inquiry": id, "text": text});
    assert_eq!(
        town.try_operate("answer", answer(" ")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    town.operate("answer", answer("Завтра.")).await;
    let (status, problem) = town.try_operate("answer", answer("Послезавтра.")).await;
    assert_eq!(
        (status, &problem["type"]),
        (StatusCode::CONFLICT, &json!("answered"))
    );
}

#[tokio::test]
async fn a_disputed_result_that_was_wrong_is_withdrawn_with_all_that_hung_on_it() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    assert_eq!(anna.visits("/gp", "pending").await.len(), 1);
    let facts = anna.get("facts").await;
    let result = facts
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["kind"] == "lab.result")
        .unwrap();
    let path = format!("facts/{}/dispute", result["id"].as_str().unwrap());
    anna.post(&path, json!({"text": "Я не сдавала этот анализ"}))
        .await;
    let dispute = town.seen().await["disputes"][0].clone();
    assert_eq!(dispute["about"], result["id"]);
    let answer = json!({"inquiry": dispute["id"], "text": "Вы правы, перепутали пробирки.", "verdict": "withdrawn"});
    town.operate("answer", answer).await;
    assert!(anna.visits("/gp", "pending").await.is_empty());
    let said = inquiries(&anna).await.remove(0);
    assert_eq!(said["answer"]["text"], "Вы правы, перепутали пробирки.");
}
