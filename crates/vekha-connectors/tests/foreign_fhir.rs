//! A FHIR server of another maker, as odd as real ones are: pages, shared instants, fields we do not know.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use vekha_connectors::{FhirCity, Session, StoredTokens, TokenVault, VaultError, http_client};
use vekha_protocol::{
    Action, AppointmentStatus, Change, City, CityError, Cursor, FhirOffer, IdempotencyKey,
    OfferAnswer, Record,
};

#[derive(Default)]
struct Server {
    resources: Mutex<Vec<Value>>,
    /// Where the next page lies, when not on this server.
    elsewhere: Mutex<Option<String>>,
    searches: Mutex<Vec<BTreeMap<String, String>>>,
    written: Mutex<Vec<Value>>,
}

type Shared = State<Arc<Server>>;

async fn search(
    State(server): Shared,
    Path(kind): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    if kind == "Condition" {
        return (StatusCode::NOT_FOUND, "<html>no such thing here</html>").into_response();
    }
    let from: usize = query
        .get("page")
        .and_then(|it| it.parse().ok())
        .unwrap_or(0);
    let since = query
        .get("_lastUpdated")
        .and_then(|it| it.strip_prefix("ge"));
    let all = server.resources.lock().unwrap();
    let found: Vec<&Value> = all
        .iter()
        .filter(|it| it["resourceType"] == kind)
        .filter(|it| since.is_none_or(|since| it["meta"]["lastUpdated"].as_str().unwrap() >= since))
        .collect();
    let page: Vec<Value> = found
        .iter()
        .skip(from)
        .take(2)
        .map(|it| json!({"resource": it, "search": {"mode": "match"}}))
        .collect();
    let mut link = vec![json!({"relation": "self", "url": "/"})];
    if found.len() > from + 2 {
        let elsewhere = server.elsewhere.lock().unwrap().clone().unwrap_or_default();
        let since = since.map_or_else(String::new, |it| format!("&_lastUpdated=ge{it}"));
        let url = format!("{elsewhere}/r4/{kind}?page={}{since}", from + 2);
        link.push(json!({"relation": "next", "url": url}));
    }
    server.searches.lock().unwrap().push(query);
    Json(json!({"resourceType": "Bundle", "type": "searchset", "link": link, "entry": page}))
        .into_response()
}

async fn read(State(server): Shared, Path((kind, id)): Path<(String, String)>) -> Response {
    let all = server.resources.lock().unwrap();
    match all
        .iter()
        .find(|it| it["resourceType"] == kind && it["id"] == id)
    {
        Some(it) => Json(it.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn write(
    State(server): Shared,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    Json(mut body): Json<Value>,
) -> Response {
    let mut all = server.resources.lock().unwrap();
    let now = all.iter_mut().find(|it| it["id"] == id).unwrap();
    let version = now["meta"]["versionId"].as_str().unwrap().to_owned();
    if headers["if-match"] != format!("W/\"{version}\"") {
        let outcome = json!({"resourceType": "OperationOutcome", "issue": [{
            "severity": "error", "code": "conflict", "diagnostics": "changed meanwhile"}]});
        return (StatusCode::PRECONDITION_FAILED, Json(outcome)).into_response();
    }
    body["meta"]["versionId"] = (version.parse::<u32>().unwrap() + 1).to_string().into();
    *now = body.clone();
    server.written.lock().unwrap().push(body);
    StatusCode::OK.into_response()
}

struct InMemory;

impl TokenVault for InMemory {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        Ok(None)
    }
    fn save(&self, _: &StoredTokens) -> Result<(), VaultError> {
        Ok(())
    }
    fn delete(&self) -> Result<(), VaultError> {
        Ok(())
    }
}

async fn a_foreign_city(resources: Vec<Value>) -> (FhirCity, Arc<Server>) {
    let server = Arc::new(Server::default());
    *server.resources.lock().unwrap() = resources;
    let router = Router::new()
        .route("/r4/{kind}", get(search))
        .route("/r4/{kind}/{id}", get(read).put(write))
        .with_state(server.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/r4", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let tokens = StoredTokens {
        issuer: base.clone(),
        client_id: "vekha-app".into(),
        access: "token".into(),
        refresh: None,
        expires_at: None,
        subject: "account-1".into(),
        patient: Some("p1".into()),
    };
    let http = http_client().unwrap();
    let session = Arc::new(Session::new(http.clone(), Arc::new(InMemory), tokens));
    let city = FhirCity::new(http, &FhirOffer { base }, None, session).unwrap();
    (city, server)
}

fn patient() -> Value {
    json!({"resourceType": "Patient", "id": "p1", "meta": {"lastUpdated": "2026-11-01T00:00:00Z"},
        "name": [{"given": ["Анна"]}], "birthDate": "1996-03-02", "gender": "female"})
}

fn result(id: &str, at: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": "final",
        "meta": {"versionId": "1", "lastUpdated": at}, "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "2039-6"}]}, "effectiveDateTime": at,
        "valueQuantity": {"value": 12, "unit": "ng/mL"}})
}

fn visit() -> Value {
    json!({"resourceType": "Appointment", "id": "a1", "status": "pending", "description": "Терапевт",
        "meta": {"versionId": "7", "lastUpdated": "2026-11-23T10:00:00Z", "profile": ["urn:theirs"]},
        "start": "2026-11-24T10:00:00+03:00", "end": "2026-11-24T10:15:00+03:00",
        "participant": [{"actor": {"reference": "Patient/p1"}, "status": "needs-action", "theirs": 1},
            {"actor": {"display": "Иванова М. П."}, "status": "accepted"}],
        "somethingNew": {"kept": true}})
}

/// Reads to the end of a round.
async fn round(city: &FhirCity, mut since: Option<Cursor>) -> (Vec<Change>, Cursor) {
    let mut all = Vec::new();
    loop {
        let page = city.pull(since.as_ref()).await.unwrap();
        all.extend(page.changes);
        if !page.more {
            return (all, page.cursor);
        }
        since = Some(page.cursor);
    }
}

fn ids(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|it| it.id.as_str()).collect()
}

fn answer(answer: OfferAnswer) -> Action {
    Action::AnswerOffer {
        appointment: "a1".into(),
        answer,
        start: None,
        slot: None,
        reason: None,
    }
}

fn key() -> IdempotencyKey {
    IdempotencyKey(uuid::Uuid::new_v4())
}

#[tokio::test]
async fn facts_and_visits_come_from_fhir_alone_page_by_page() {
    let at = "2026-11-23T09:00:00Z";
    let results = ["o1", "o2", "o3", "o4", "o5"].map(|id| result(id, at));
    let (city, server) =
        a_foreign_city([vec![patient()], results.to_vec(), vec![visit()]].concat()).await;
    let (changes, cursor) = round(&city, None).await;
    assert_eq!(
        ids(&changes),
        ["p1", "person-p1", "o1", "o2", "o3", "o4", "o5", "a1"]
    );
    assert!(changes.iter().all(|it| it.record().unwrap().is_some()));

    server
        .resources
        .lock()
        .unwrap()
        .push(result("o6", "2026-11-23T10:00:00Z"));
    let (changes, cursor) = round(&city, Some(cursor)).await;
    assert_eq!(
        ids(&changes),
        ["o6"],
        "what is known inside the overlap is not told again"
    );
    let (changes, _) = round(&city, Some(cursor)).await;
    assert!(changes.is_empty());
}

#[tokio::test]
async fn the_record_of_another_patient_is_never_taken_over() {
    let mut foreign = result("o1", "2026-11-23T09:00:00Z");
    foreign["subject"]["reference"] = "Patient/p2".into();
    let (city, _) = a_foreign_city(vec![foreign]).await;
    assert!(round(&city, None).await.0.is_empty());
}

#[tokio::test]
async fn a_result_that_cannot_be_read_does_not_stop_the_others() {
    let mut odd = result("odd", "2026-11-23T09:00:00Z");
    odd["effectiveDateTime"] = "на днях".into();
    let (city, _) = a_foreign_city(vec![odd, result("o2", "2026-11-23T09:00:00Z")]).await;
    let (changes, _) = round(&city, None).await;
    assert_eq!(ids(&changes), ["odd", "o2"]);
    assert!(
        changes[0].record().is_err(),
        "it is passed on as it is, to be set aside and told"
    );
    assert!(matches!(
        changes[1].record().unwrap(),
        Some(Record::Fact(_))
    ));
}

#[tokio::test]
async fn the_token_never_follows_a_page_to_another_server() {
    let results = ["o1", "o2", "o3"].map(|id| result(id, "2026-11-23T09:00:00Z"));
    let (city, server) = a_foreign_city(results.to_vec()).await;
    *server.elsewhere.lock().unwrap() = Some("http://127.0.0.1:9".into());
    let first = city.pull(None).await.unwrap();
    let second = city.pull(Some(&first.cursor)).await;
    assert!(matches!(second, Err(CityError::Malformed(_))));
}

#[tokio::test]
async fn accepting_an_offer_books_it_once_and_keeps_what_we_do_not_know() {
    let (city, server) = a_foreign_city(vec![visit()]).await;
    for _ in 0..2 {
        let receipt = city
            .push(key(), &answer(OfferAnswer::Accept))
            .await
            .unwrap();
        assert_eq!(
            receipt.appointment.unwrap().status,
            AppointmentStatus::Booked
        );
    }
    let written = server.written.lock().unwrap().clone();
    assert_eq!(
        written.len(),
        1,
        "an answer sent again changes nothing twice"
    );
    assert_eq!(written[0]["somethingNew"], json!({"kept": true}));
    assert_eq!(
        written[0]["participant"][0],
        json!({"actor": {"reference": "Patient/p1"}, "status": "accepted", "theirs": 1})
    );
    assert_eq!(written[0]["participant"][1]["status"], "accepted");
}

#[tokio::test]
async fn declining_cancels_and_nothing_else() {
    let (city, server) = a_foreign_city(vec![visit()]).await;
    city.push(key(), &answer(OfferAnswer::Decline))
        .await
        .unwrap();
    let written = server.written.lock().unwrap().clone();
    assert_eq!(
        (
            &written[0]["status"],
            &written[0]["participant"][0]["status"]
        ),
        (&json!("cancelled"), &json!("declined"))
    );
}

#[tokio::test]
async fn what_a_fhir_city_cannot_take_is_refused_in_words_a_person_can_act_on() {
    let (city, _) = a_foreign_city(vec![visit()]).await;
    let asked = Action::AskHuman {
        text: "Мой случай другой".into(),
        about: None,
    };
    let Err(CityError::Refused(problem)) = city.push(key(), &asked).await else {
        panic!("nothing of it can be sent");
    };
    assert!(!problem.words.unwrap().ru.is_empty());
}

#[tokio::test]
async fn a_result_taken_back_is_told_again_under_its_own_id() {
    let (city, server) = a_foreign_city(vec![result("o1", "2026-11-23T09:00:00Z")]).await;
    let (_, cursor) = round(&city, None).await;
    let mut back = result("o1", "2026-11-23T09:00:30Z");
    back["status"] = "entered-in-error".into();
    back["meta"]["versionId"] = "2".into();
    server.resources.lock().unwrap()[0] = back;
    let (changes, _) = round(&city, Some(cursor)).await;
    assert_eq!(
        (changes[0].kind.as_str(), ids(&changes)),
        ("fact", vec!["o1"])
    );
}
