use crate::town::town;
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn nonsense_is_told_apart_and_changes_nothing() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let before = anna.get("facts").await;
    let fact = |kind: &str, at: &str, fields: serde_json::Value| {
        json!({"id": "device-1", "subject": "anna", "kind": kind, "at": at, "fields": fields})
            .to_string()
    };
    let smoker = json!({"smoker": true});
    let quantity = |value: f64, unit: &str| json!({"value": value, "unit": unit});
    let mixed = json!({"code": "2039-6", "value": quantity(1.0, "ng/mL"), "high": quantity(5.0, "g/L"), "uploaded": true});
    let cases = [
        (
            "{not json".to_owned(),
            StatusCode::BAD_REQUEST,
            "unreadable",
        ),
        ("[".repeat(100_000), StatusCode::BAD_REQUEST, "unreadable"),
        (
            "x".repeat(2_000_000),
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
        ),
        (
            fact("hologram", "2026-11-01", json!({})),
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown-kind",
        ),
        (
            fact("habit.smoking", "1890-01-01", smoker.clone()),
            StatusCode::UNPROCESSABLE_ENTITY,
            "before-birth",
        ),
        (
            fact("pregnancy", "2026-11-01", json!({"lmp": "1950-01-01"})),
            StatusCode::UNPROCESSABLE_ENTITY,
            "before-birth",
        ),
        (
            fact("pregnancy", "2026-11-01", json!({"lmp": "вчера"})),
            StatusCode::UNPROCESSABLE_ENTITY,
            "not-a-date",
        ),
        (
            fact("habit.smoking", "2099-01-01", smoker.clone()),
            StatusCode::UNPROCESSABLE_ENTITY,
            "in-the-future",
        ),
        (
            fact("lab.result", "2026-11-01", mixed),
            StatusCode::UNPROCESSABLE_ENTITY,
            "unit-mismatch",
        ),
        (
            fact("onco.outcome", "2026-11-01", json!({"result": "benign"})),
            StatusCode::UNPROCESSABLE_ENTITY,
            "not-yours-to-say",
        ),
        (
            fact("habit.smoking", "soon", smoker),
            StatusCode::BAD_REQUEST,
            "unreadable",
        ),
    ];
    for (number, (body, status, code)) in cases.into_iter().enumerate() {
        let (answered, problem) = anna
            .send(Method::POST, "facts", &format!("k{number}"), body)
            .await;
        assert_eq!(
            (answered, problem["type"].as_str()),
            (status, Some(code)),
            "{problem}"
        );
        assert!(!problem["words"]["ru"].as_str().unwrap().is_empty());
        assert!(!problem["words"]["en"].as_str().unwrap().is_empty());
    }
    assert_eq!(anna.get("facts").await, before);
}

#[tokio::test]
async fn a_write_without_a_key_or_a_token_is_refused() {
    let town = town().await;
    let url = format!("{}/city/v1/questions", town.running.url);
    let answer = town
        .http
        .post(&url)
        .json(&json!({"text": "?"}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let anna = town.sign_in("anna").await;
    let (status, _) = anna
        .send(Method::POST, "questions", "", "{}".to_owned())
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn another_site_cannot_press_the_operators_buttons() {
    let town = town().await;
    let url = format!("{}/operator/api/clock", town.running.url);
    let answer = town
        .http
        .post(url)
        .header("origin", "https://elsewhere.example")
        .json(&json!({"advance": "1d"}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whatever_is_asked_wrongly_is_answered_with_a_problem() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    for path in [
        "no-such-thing",
        "changes?limit=many",
        "changes?cursor=nonsense",
        "offers/none/slots",
        "offers/%FF/slots",
        "offers/",
        "catalogue/more",
        "%FF",
    ] {
        let answer = anna.ask(path).await;
        assert!(answer.status().is_client_error(), "{path}");
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{path}"
        );
    }
    let cases = [
        (Method::DELETE, "offers", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "offers/none/answer", StatusCode::NOT_FOUND),
        (Method::POST, "facts/none/dispute", StatusCode::NOT_FOUND),
        (Method::POST, "steps/none/answer", StatusCode::NOT_FOUND),
        (Method::POST, "situations/none/end", StatusCode::NOT_FOUND),
        (Method::PUT, "consents/none", StatusCode::NOT_FOUND),
        (Method::PUT, "consents/%FF", StatusCode::BAD_REQUEST),
        (Method::POST, "steps/%FF/answer", StatusCode::BAD_REQUEST),
        (Method::POST, "changes", StatusCode::METHOD_NOT_ALLOWED),
        (Method::PATCH, "facts", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "catalogue", StatusCode::METHOD_NOT_ALLOWED),
    ];
    let body = json!({"answer": "done", "text": "?", "reach": "off", "given": false});
    for (number, (method, path, status)) in cases.into_iter().enumerate() {
        let mut body = body.clone();
        if path.starts_with("offers") {
            body["answer"] = "accept".into();
        }
        // `send` asserts that what fails is a problem.
        let key = format!("w{number}");
        let (answered, problem) = anna.send(method, path, &key, body.to_string()).await;
        assert_eq!(answered, status, "{path}: {problem}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_refused_with_a_problem_and_changes_nothing() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    for kind in ["text/plain", "application/xml", "multipart/form-data"] {
        let body = json!({"text": "Когда?"}).to_string();
        let (status, problem) = anna
            .send_as(Method::POST, "questions", "k", kind, body)
            .await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(problem["type"], "not-json");
    }
    assert!(anna.all("inquiry").await.is_empty());
    for (number, kind) in ["application/json; charset=utf-8", "application/json"]
        .into_iter()
        .enumerate()
    {
        let (key, body) = (format!("j{number}"), json!({"text": "Когда?"}).to_string());
        let (status, _) = anna
            .send_as(Method::POST, "questions", &key, kind, body)
            .await;
        assert_eq!(status, StatusCode::OK, "{kind}");
    }
}
