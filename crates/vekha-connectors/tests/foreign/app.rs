//! The whole app with a city that is nobody's of ours: another maker's sign-in and FHIR server, no city API.

use crate::makers::{Hospital, Provider};
use axum::{Json, Router, routing::get};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::net::TcpListener;
use vekha_app::App;
use vekha_host::{Config, Passphrase, Running, start};

/// A host of Anna's that knows the city by its manifest alone.
async fn host(provider: &Provider, hospital: &Hospital, data: &std::path::Path) -> Running {
    let manifest = json!(provider.manifest(&hospital.base));
    let city = Router::new().route(
        "/.well-known/vekha",
        get(move || async move { Json(manifest) }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, city).await });
    start(Config {
        data: data.to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        city: Some(address),
        ui: None,
        passphrase: Some(Passphrase::Now("четыре слова для замка".into())),
    })
    .await
    .unwrap()
}

async fn until(app: &Arc<App>, name: &str, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let mut seen = Value::Null;
    for _ in 0..300 {
        seen = app.call(name, json!({})).await.unwrap();
        if holds(&seen) {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{what}: {seen:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_is_made_on_the_device_and_an_offer_is_answered_where_it_came_from() {
    let provider = Provider::start();
    let hospital = Hospital::start(&provider);
    let (now, tomorrow) = (Timestamp::now(), Timestamp::now() + 24.hours());
    hospital
        .write(
            &json!({"resourceType": "Patient", "id": "anna", "name": [{"given": ["Анна"]}],
            "birthDate": "1996-03-02", "gender": "female"}),
        )
        .await;
    hospital
        .write(&json!({"resourceType": "Observation", "id": "cea", "status": "final",
            "subject": {"reference": "Patient/anna"}, "effectiveDateTime": now.to_string(),
            "code": {"coding": [{"system": "http://loinc.org", "code": "2039-6"}]},
            "valueQuantity": {"value": 12, "unit": "ng/mL", "system": "http://unitsofmeasure.org", "code": "ng/mL"},
            "referenceRange": [{"high": {"value": 5, "unit": "ng/mL", "system": "http://unitsofmeasure.org", "code": "ng/mL"}}]}))
        .await;
    hospital
        .write(&json!({"resourceType": "Appointment", "id": "a1", "status": "pending", "description": "Терапевт",
            "start": tomorrow.to_string(), "end": (tomorrow + 15.minutes()).to_string(),
            "participant": [{"actor": {"reference": "Patient/anna"}, "status": "needs-action"}]}))
        .await;

    let data = tempfile::tempdir().unwrap();
    let host = host(&provider, &hospital, data.path()).await;
    let app = &host.app;
    let session = app.call("sign_in", json!({})).await.unwrap();
    let page = session["sign_in_url"].as_str().unwrap().to_owned();
    provider.visit(&page, "anna").await;
    let session = until(app, "session", "the first sync", |it| {
        it["as_of"].is_string()
    })
    .await;
    assert_eq!(session["resident"]["name"], "Анна");
    assert!(session["problem"].is_null(), "{session:#}");

    let path = app.call("path", json!({})).await.unwrap().to_string();
    assert!(
        path.contains("onco_suspicion:"),
        "planned on the device: {path}"
    );
    let today = app.call("today", json!({})).await.unwrap();
    let offer = &today["offers"][0]["appointment"];
    assert!(offer.is_string(), "{today:#}");
    let accept = json!({"appointment": offer, "answer": "accept"});
    app.call("answer_offer", accept).await.unwrap();
    // The time to take it back passes by the real clock.
    until(app, "session", "sent", |it| it["waiting"] == 0).await;
    let kept = hospital.read("Appointment", "a1").await;
    assert_eq!(kept["status"], "booked");
}
