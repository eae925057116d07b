//! A city that is broken, taken over, or behind somebody who answers in its place: nothing it says is taken for an answer.

use crate::scripted::{Server, answer};
use axum::{body::Body, http::StatusCode, response::Response};
use serde_json::json;
use vekha_connectors::{ManifestError, fetch_manifest, http_client};
use vekha_protocol::{Action, Appointment, City, CityError, IdempotencyKey, OfferAnswer};

const JSON: (&str, &str) = ("content-type", "application/json");

type Outcome = (&'static str, Result<(), CityError>);

/// Asks everything a city can be asked, as a device does.
async fn every_call(city: &dyn City) -> Vec<Outcome> {
    let visit: Appointment = serde_json::from_value(json!({
        "id": "a1", "version": 1, "subject": "anna", "status": "pending", "start": "2026-11-24T10:00:00+03:00",
        "slot": "s1", "title": {"ru": "Приём"}, "neutral": {"ru": "Запись"},
    }))
    .unwrap();
    let accept = Action::AnswerOffer {
        appointment: "a1".into(),
        answer: OfferAnswer::Accept,
        start: None,
        slot: None,
        reason: None,
    };
    let key = IdempotencyKey(uuid::Uuid::new_v4());
    vec![
        ("pull", city.pull(None).await.map(drop)),
        ("push", city.push(key, &accept).await.map(drop)),
        ("other times", city.other_times(&visit).await.map(drop)),
        ("appointment", city.appointment(&visit.id).await.map(drop)),
    ]
}

async fn all_malformed(reply: impl Fn() -> Response + Clone + Send + Sync + 'static) {
    let again = reply.clone();
    let server = Server::answering(move |_| again()).await;
    let http_city = server.http_city();
    let mut outcomes = every_call(&http_city).await;
    outcomes.push(("wake-up", http_city.woken().await));
    outcomes.extend(every_call(&server.fhir_city()).await);
    for (call, outcome) in outcomes {
        assert!(
            matches!(&outcome, Err(CityError::Malformed(why)) if !why.is_empty()),
            "{call}: {outcome:?}"
        );
    }
    let manifest = fetch_manifest(&http_client().unwrap(), &server.base).await;
    assert!(manifest.is_err(), "{manifest:?}");
}

#[tokio::test]
async fn a_page_of_somebody_on_the_way_is_never_an_answer() {
    let html = ("content-type", "text/html");
    all_malformed(move || answer(StatusCode::OK, &[html], "<html>Оплатите доступ</html>")).await;
}

#[tokio::test]
async fn json_that_ends_in_the_middle_is_not_read() {
    all_malformed(|| answer(StatusCode::OK, &[JSON], r#"{"changes": ["#)).await;
}

#[tokio::test]
async fn json_of_other_types_is_not_read() {
    let odd = json!({"changes": {}, "cursor": 5, "more": "yes", "appointment": 5, "resourceType": 7, "entry": "x", "vekha": "1"});
    all_malformed(move || answer(StatusCode::OK, &[JSON], odd.to_string())).await;
}

#[tokio::test]
async fn fifty_megabytes_are_not_read_to_their_end() {
    let heavy = || {
        let chunk = || Ok::<_, std::io::Error>(vec![b' '; 1024 * 1024]);
        let stream = futures::stream::iter(std::iter::repeat_with(chunk).take(50));
        answer(StatusCode::OK, &[JSON], Body::from_stream(stream))
    };
    all_malformed(heavy).await;
}

#[tokio::test]
async fn an_answer_that_leads_elsewhere_is_not_followed() {
    let elsewhere = Server::answering(|_| answer(StatusCode::OK, &[JSON], "{}")).await;
    let target = elsewhere.base.replace("127.0.0.1", "localhost");
    all_malformed(move || answer(StatusCode::TEMPORARY_REDIRECT, &[("location", &target)], ""))
        .await;
    assert!(elsewhere.asked().is_empty(), "the token stays here");
}

#[tokio::test]
async fn a_city_that_fails_is_busy_and_everything_is_kept_for_later() {
    let server = Server::answering(|_| {
        answer(
            StatusCode::INTERNAL_SERVER_ERROR,
            &[("retry-after", "7")],
            "<html>",
        )
    })
    .await;
    let mut outcomes = every_call(&server.http_city()).await;
    outcomes.extend(every_call(&server.fhir_city()).await);
    for (call, outcome) in outcomes {
        assert!(
            matches!(&outcome, Err(CityError::Busy { retry_after: Some(wait) }) if wait.as_secs() == 7),
            "{call}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_without_a_word_is_still_a_refusal() {
    let server = Server::answering(|_| answer(StatusCode::FORBIDDEN, &[], "<html>")).await;
    let pulled = server.http_city().pull(None).await;
    assert!(
        matches!(pulled, Err(CityError::Malformed(why)) if why.contains("403")),
        "only the city itself can say no for good"
    );
}

#[tokio::test]
async fn the_appointment_of_somebody_else_is_neither_shown_nor_answered() {
    let of_maria = json!({"resourceType": "Appointment", "id": "a1", "status": "pending", "start": "2026-11-24T10:00:00+03:00",
        "participant": [{"actor": {"reference": "Patient/maria"}, "status": "needs-action"}]});
    let server =
        Server::answering(move |_| answer(StatusCode::OK, &[JSON], of_maria.to_string())).await;
    for (call, outcome) in every_call(&server.fhir_city()).await {
        if ["push", "appointment"].contains(&call) {
            assert!(
                matches!(outcome, Err(CityError::Malformed(_))),
                "{call}: {outcome:?}"
            );
        }
    }
    assert!(
        server.asked().iter().all(|it| it.method == "GET"),
        "nothing was written"
    );
}

#[tokio::test]
async fn another_visit_than_the_one_asked_for_is_not_taken_for_it() {
    let other = json!({"resourceType": "Appointment", "id": "a2", "status": "pending", "start": "2026-11-24T10:00:00+03:00",
        "participant": [{"actor": {"reference": "Patient/anna"}, "status": "needs-action"}]});
    let server =
        Server::answering(move |_| answer(StatusCode::OK, &[JSON], other.to_string())).await;
    let read = server.fhir_city().appointment(&"a1".into()).await;
    assert!(matches!(read, Err(CityError::Malformed(_))), "{read:?}");
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_not_followed_for_ever() {
    let server = Server::answering(|asked| {
        let link = json!([{"relation": "next", "url": format!("{}?page=2", asked.path)}]);
        let bundle = json!({"resourceType": "Bundle", "link": link});
        answer(StatusCode::OK, &[JSON], bundle.to_string())
    })
    .await;
    let city = server.fhir_city();
    let first = city.pull(None).await.unwrap();
    let second = city.pull(Some(&first.cursor)).await;
    assert!(matches!(second, Err(CityError::Malformed(_))), "{second:?}");
}

#[tokio::test]
async fn a_manifest_that_names_no_city_says_so() {
    let server = Server::answering(|_| answer(StatusCode::NOT_FOUND, &[], "")).await;
    let missing = fetch_manifest(&http_client().unwrap(), &server.base).await;
    assert!(matches!(missing, Err(ManifestError::NotACity(404))));
}
