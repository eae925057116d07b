use crate::scripted::{Server, answer};
use axum::http::StatusCode;
use jiff::Timestamp;
use vekha_protocol::{City, CityError};

const DATE: &str = "Thu, 26 Nov 2026 07:00:00 GMT";
const PAGE: &str = r#"{"changes": [], "cursor": "1", "more": false}"#;
const BUNDLE: &str = r#"{"resourceType": "Bundle"}"#;

fn said() -> Timestamp {
    "2026-11-26T07:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn the_city_apis_clock_is_heard_with_every_answer() {
    let server = Server::answering(|_| answer(StatusCode::OK, &[("date", DATE)], PAGE)).await;
    let city = server.http_city();
    assert!(city.clock().is_none(), "nothing was said yet");
    city.pull(None).await.unwrap();
    assert_eq!(city.clock().unwrap().says, said());
    assert!(city.clock().unwrap().now() >= said());
}

#[tokio::test]
async fn a_fhir_servers_clock_is_heard_with_every_answer() {
    let server = Server::answering(|_| answer(StatusCode::OK, &[("date", DATE)], BUNDLE)).await;
    let city = server.fhir_city();
    assert!(city.clock().is_none());
    city.pull(None).await.unwrap();
    assert_eq!(city.clock().unwrap().says, said());
}

#[tokio::test]
async fn a_city_that_refuses_tells_the_time_all_the_same() {
    const NO: &str = r#"{"type": "not-yours", "title": "Not yours", "status": 403}"#;
    let server = Server::answering(|_| answer(StatusCode::FORBIDDEN, &[("date", DATE)], NO)).await;
    let city = server.http_city();
    assert!(matches!(city.pull(None).await, Err(CityError::Refused(_))));
    assert_eq!(city.clock().unwrap().says, said());
}

#[tokio::test]
async fn a_clock_that_makes_no_sense_is_not_believed() {
    let server = Server::answering(|_| answer(StatusCode::OK, &[("date", "soon")], PAGE)).await;
    let city = server.http_city();
    city.pull(None).await.unwrap();
    assert!(city.clock().is_none());
}
