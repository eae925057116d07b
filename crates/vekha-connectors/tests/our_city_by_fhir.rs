//! Our own city, spoken to as if it had no city API: by its FHIR server alone.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod vault;

use serde_json::json;
use std::{sync::Arc, time::Duration};
use vault::Vault;
use vekha_connectors::{Session, SignIn, connect, fetch_manifest, follow_quietly, http_client};
use vekha_protocol::{
    Action, Appointment, AppointmentStatus, City, Cursor, IdempotencyKey, OfferAnswer, Record,
};

async fn round(city: &dyn City, cursor: &mut Option<Cursor>) -> Vec<Record> {
    let mut all = Vec::new();
    loop {
        let page = city.pull(cursor.as_ref()).await.unwrap();
        all.extend(page.changes.iter().filter_map(|it| it.record().unwrap()));
        *cursor = Some(page.cursor);
        if !page.more {
            return all;
        }
    }
}

fn visit(records: &[Record], status: AppointmentStatus) -> Option<Appointment> {
    records.iter().find_map(|it| match it {
        Record::Appointment(visit) if visit.status == status => Some(visit.clone()),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_leads_to_an_offer_and_the_offer_to_a_visit_by_fhir_alone() {
    let folder = tempfile::tempdir().unwrap();
    let config = vekha_city::Config {
        demo: true,
        now: Some("2026-11-23T07:00:00Z".parse().unwrap()),
        ..vekha_city::Config::new("127.0.0.1:0".parse().unwrap(), folder.path())
    };
    let running = vekha_city::serve(config).await.unwrap();
    let http = http_client().unwrap();
    let mut manifest = fetch_manifest(&http, &running.url).await.unwrap();
    manifest.city_api = None;

    let offer = manifest.sign_in.as_ref().unwrap();
    let sign_in = SignIn::begin(&http, offer, Some("anna")).await.unwrap();
    let url = sign_in.authorize_url.clone();
    let (tokens, walked) = tokio::join!(
        sign_in.wait(Duration::from_secs(20)),
        follow_quietly(&http, &url, "anna")
    );
    walked.unwrap();
    let session = Session::new(http.clone(), Arc::new(Vault::default()), tokens.unwrap());
    let city = connect(http.clone(), &manifest, Arc::new(session)).unwrap();

    let mut cursor = None;
    let before = round(&*city, &mut cursor).await;
    assert!(
        before
            .iter()
            .any(|it| matches!(it, Record::Resident(one) if one.id.as_str() == "anna"))
    );

    let clock = city.clock().unwrap().now();
    assert_eq!(
        clock.strftime("%F %H").to_string(),
        "2026-11-23 07",
        "the demo city's own clock"
    );
    assert!(!city.catalogue().await.unwrap().unwrap().is_empty());

    let sent = http
        .post(format!("{}/operator/api/lab-result", running.url))
        .json(&json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0}))
        .send()
        .await
        .unwrap();
    assert!(sent.status().is_success(), "{}", sent.text().await.unwrap());

    let mut news = Vec::new();
    for _ in 0..40 {
        news.extend(round(&*city, &mut cursor).await);
        if visit(&news, AppointmentStatus::Pending).is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(news.iter().any(|it| matches!(it, Record::Fact(fact)
        if fact.kind == "lab.result" && fact.fields["code"] == "2039-6")));
    let offered = visit(&news, AppointmentStatus::Pending).unwrap();
    assert!(offered.step.is_some() && offered.held_until.is_some());

    let accept = Action::AnswerOffer {
        appointment: offered.id.clone(),
        answer: OfferAnswer::Accept,
        start: Some(offered.start),
        slot: None,
        reason: None,
    };
    let key = IdempotencyKey(uuid::Uuid::new_v4());
    let receipt = city.push(key, &accept).await.unwrap();
    assert_eq!(
        receipt.appointment.unwrap().status,
        AppointmentStatus::Booked
    );
    let after = round(&*city, &mut cursor).await;
    assert_eq!(
        visit(&after, AppointmentStatus::Booked).unwrap().id,
        offered.id
    );
    running.shutdown.stop().await;
}
