//! Facts and appointments from a FHIR server of another maker, and answers back to it.

use crate::{
    makers::{Hospital, Provider},
    vault::Vault,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};
use vekha_connectors::{Session, connect, http_client};
use vekha_protocol::{
    Action, AppointmentStatus, Change, City, CityError, Cursor, IdempotencyKey, OfferAnswer, Record,
};

struct Town {
    hospital: Hospital,
    city: Arc<dyn City>,
    provider: Provider,
    session: Arc<Session>,
}

/// Anna has signed in; her record is at the hospital.
async fn a_town() -> Town {
    let provider = Provider::start();
    let hospital = Hospital::start(&provider);
    hospital.write(&anna()).await;
    let tokens = provider.sign_in("anna").await.unwrap();
    let http = http_client().unwrap();
    let session = Session::new(http.clone(), Arc::new(Vault::default()), tokens);
    let manifest = provider.manifest(&hospital.base);
    let session = Arc::new(session);
    let city = connect(http, &manifest, session.clone()).unwrap();
    Town {
        hospital,
        city,
        provider,
        session,
    }
}

fn anna() -> Value {
    json!({"resourceType": "Patient", "id": "anna", "name": [{"given": ["Анна"]}],
        "birthDate": "1996-03-02", "gender": "female"})
}

fn result(id: &str, patient: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": "final",
        "subject": {"reference": format!("Patient/{patient}")},
        "code": {"coding": [{"system": "http://loinc.org", "code": "2039-6"}]},
        "effectiveDateTime": "2026-11-23T08:15:00+03:00",
        "valueQuantity": {"value": 12, "unit": "ng/mL", "system": "http://unitsofmeasure.org", "code": "ng/mL"},
        "extension": [{"url": "https://hospital.example/bench", "valueInteger": 7}]})
}

fn offer(id: &str) -> Value {
    json!({"resourceType": "Appointment", "id": id, "status": "pending", "description": "Терапевт",
        "start": "2026-11-24T10:00:00+03:00", "end": "2026-11-24T10:15:00+03:00",
        "participant": [{"actor": {"reference": "Patient/anna"}, "status": "needs-action"}],
        "extension": [{"url": "https://hospital.example/room", "valueString": "12"}]})
}

/// Reads to the end of a round.
async fn round(city: &dyn City, cursor: &mut Option<Cursor>) -> (Vec<Change>, usize) {
    let (mut all, mut pages) = (Vec::new(), 0);
    loop {
        let page = city.pull(cursor.as_ref()).await.unwrap();
        all.extend(page.changes);
        *cursor = Some(page.cursor);
        pages += 1;
        if !page.more {
            return (all, pages);
        }
    }
}

fn ids(changes: &[Change]) -> BTreeSet<&str> {
    changes.iter().map(|it| it.id.as_str()).collect()
}

fn accept(id: &str) -> Action {
    Action::AnswerOffer {
        appointment: id.into(),
        answer: OfferAnswer::Accept,
        start: Some("2026-11-24T10:00:00+03:00".parse().unwrap()),
        slot: None,
        reason: None,
    }
}

fn key() -> IdempotencyKey {
    IdempotencyKey(uuid::Uuid::new_v4())
}

#[tokio::test]
async fn facts_and_visits_come_from_another_makers_server_page_by_page_and_once() {
    let town = a_town().await;
    let written: Vec<String> = (0..230).map(|number| format!("o{number}")).collect();
    for id in &written {
        town.hospital.write(&result(id, "anna")).await;
    }
    town.hospital.write(&result("of-maria", "maria")).await;
    town.hospital.write(&offer("a1")).await;

    let mut cursor = None;
    let (first, pages) = round(&*town.city, &mut cursor).await;
    let mut expected: BTreeSet<&str> = written.iter().map(String::as_str).collect();
    expected.extend(["anna", "person-anna", "a1"]);
    assert_eq!(ids(&first), expected);
    assert_eq!(first.len(), expected.len(), "nothing is told twice");
    assert!(pages > 4, "four kinds, and the results on two pages");
    let read: Vec<Record> = first
        .iter()
        .map(|it| it.record().unwrap().unwrap())
        .collect();
    assert!(read.iter().any(|it| matches!(it, Record::Fact(fact)
        if fact.kind == "lab.result" && fact.fields["value"] == json!({"value": 12, "unit": "ng/mL"}))));
    assert!(read.iter().any(|it| matches!(it, Record::Appointment(visit)
        if visit.status == AppointmentStatus::Pending)));

    assert!(
        round(&*town.city, &mut cursor).await.0.is_empty(),
        "what is known is dropped"
    );
    town.hospital.write(&result("later", "anna")).await;
    let (news, _) = round(&*town.city, &mut cursor).await;
    assert_eq!(ids(&news), BTreeSet::from(["later"]));
    assert!(town.city.clock().is_some());
}

#[tokio::test]
async fn an_offer_of_another_makers_server_is_accepted_and_keeps_what_we_do_not_know() {
    let town = a_town().await;
    town.hospital.write(&offer("a1")).await;
    for _ in 0..2 {
        let receipt = town.city.push(key(), &accept("a1")).await.unwrap();
        assert_eq!(
            receipt.appointment.unwrap().status,
            AppointmentStatus::Booked
        );
    }
    let kept = town.hospital.read("Appointment", "a1").await;
    assert_eq!(
        (&kept["status"], &kept["participant"][0]["status"]),
        (&json!("booked"), &json!("accepted"))
    );
    assert_eq!(kept["extension"], offer("a1")["extension"]);
}

#[tokio::test]
async fn an_offer_that_was_moved_meanwhile_is_asked_about_again() {
    let town = a_town().await;
    let mut moved = offer("a1");
    moved["start"] = "2026-11-25T16:00:00+03:00".into();
    moved["end"] = "2026-11-25T16:15:00+03:00".into();
    town.hospital.write(&moved).await;
    let Err(CityError::Conflict(problem)) = town.city.push(key(), &accept("a1")).await else {
        panic!("she agreed to another time");
    };
    assert!(!problem.words.unwrap().ru.is_empty());
    let kept = town.hospital.read("Appointment", "a1").await;
    assert_eq!(
        (&kept["status"], &kept["start"]),
        (&json!("pending"), &moved["start"])
    );
}

#[tokio::test]
async fn an_offer_that_changes_under_the_pen_is_not_overwritten() {
    let town = a_town().await;
    town.hospital.write(&offer("a1")).await;
    let mut cancelled = offer("a1");
    cancelled["status"] = "cancelled".into();
    let desk = town.hospital.behind_a_busy_desk(cancelled).await;
    let manifest = town.provider.manifest(&desk);
    let city = connect(http_client().unwrap(), &manifest, town.session).unwrap();
    let Err(CityError::Conflict(problem)) = city.push(key(), &accept("a1")).await else {
        panic!("the hospital cancelled it between our reading and our writing");
    };
    assert!(!problem.words.unwrap().ru.is_empty());
    let kept = town.hospital.read("Appointment", "a1").await;
    assert_eq!(kept["status"], "cancelled");
}
