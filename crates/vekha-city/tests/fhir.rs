#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod fhir_support;

use fhir_support::{Town, read, town};
use reqwest::StatusCode;
use serde_json::{Value, json};

fn cea(patient: &str, number: &str) -> Value {
    json!({
        "resourceType": "Observation",
        "identifier": [{"system": "urn:lab:result", "value": number}],
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
        "code": {"coding": [
            {"system": "urn:oid:1.2.643.5.1.13.13.11.1080", "code": "1000123", "display": "Раково-эмбриональный антиген"},
            {"system": "http://loinc.org", "code": "2039-6"}
        ]},
        "subject": {"reference": format!("Patient/{patient}")},
        "effectiveDateTime": "2020-11-23T09:40:00+03:00",
        "performer": [{"display": "Лаборатория №1"}],
        "valueQuantity": {"value": 12, "unit": "нг/мл", "system": "http://unitsofmeasure.org", "code": "ng/mL"},
        "interpretation": [{"coding": [{"code": "H"}]}],
        "referenceRange": [{"high": {"value": 5.0, "unit": "нг/мл", "code": "ng/mL"}}],
        "extension": [{"url": "urn:lab:analyser", "valueString": "Cobas"}],
        "x-lab-batch": {"line": 4}
    })
}

async fn sent(town: &Town, lab: &str, body: &Value) -> Value {
    let response = town.send(lab, "/fhir/Observation", body).await;
    let status = response.status();
    let json: Value = response.json().await.unwrap();
    assert_eq!(status, StatusCode::CREATED, "{json}");
    json
}

async fn facts(town: &Town, subject: &str) -> Vec<Value> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM facts WHERE subject = ? AND kind = 'lab.result' ORDER BY rowid",
    )
    .bind(subject)
    .fetch_all(&town.pool)
    .await
    .unwrap();
    rows.iter()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect()
}

#[tokio::test]
async fn a_result_is_kept_as_written_and_becomes_a_fact() {
    let town = town().await;
    let lab = town.laboratory().await;
    let response = town
        .send(&lab, "/fhir/Observation", &cea("nina", "1"))
        .await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["etag"], "W/\"1\"");
    assert!(response.headers().contains_key("last-modified"));
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let made: Value = response.json().await.unwrap();
    let id = made["id"].as_str().unwrap();
    assert!(location.ends_with(&format!("/fhir/Observation/{id}/_history/1")));

    let nina = town.device("nina").await;
    let (status, mut back) = town.get(&nina, &format!("/fhir/Observation/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    let object = back.as_object_mut().unwrap();
    object.remove("id");
    object.remove("meta");
    assert_eq!(back, cea("nina", "1"));

    let facts = facts(&town, "nina").await;
    assert_eq!(facts.len(), 1);
    assert_eq!(
        facts[0]["fields"]["value"],
        json!({"value": 12, "unit": "ng/mL"})
    );
    assert_eq!(facts[0]["source"]["name"]["ru"], "Лаборатория №1");
}

#[tokio::test]
async fn a_resident_reads_their_own_and_their_childs_and_nothing_else() {
    let town = town().await;
    let lab = town.laboratory().await;
    let child = sent(&town, &lab, &cea("petya", "1")).await;
    let other = sent(&town, &lab, &cea("oleg", "2")).await;
    let nina = town.device("nina").await;
    let read = |it: &Value| format!("/fhir/Observation/{}", it["id"].as_str().unwrap());

    assert_eq!(town.get(&nina, &read(&child)).await.0, StatusCode::OK);
    let (status, hidden) = town.get(&nina, &read(&other)).await;
    let (missing, absent) = town.get(&nina, "/fhir/Observation/none").await;
    assert_eq!((status, &hidden), (StatusCode::NOT_FOUND, &absent));
    assert_eq!(missing, StatusCode::NOT_FOUND);

    let (_, bundle) = town.get(&nina, "/fhir/Observation").await;
    assert_eq!(bundle["total"], 1);
    let (foreign, words) = town.get(&nina, "/fhir/Observation?patient=oleg").await;
    let (nobody, same) = town.get(&nina, "/fhir/Observation?patient=nobody").await;
    assert_eq!((foreign, words), (nobody, same));
    assert_eq!(foreign, StatusCode::FORBIDDEN);
    let (_, patients) = town.get(&nina, "/fhir/Patient?_sort=_id").await;
    assert_eq!(patients["entry"][0]["resource"]["id"], "nina");
    assert_eq!(patients["total"], 2);
}

#[tokio::test]
async fn a_guardian_who_reads_leaves_a_trace_and_the_resident_themself_none() {
    let town = town().await;
    let lab = town.laboratory().await;
    sent(&town, &lab, &cea("petya", "1")).await;
    sent(&town, &lab, &cea("nina", "2")).await;
    let nina = town.device("nina").await;
    for _ in 0..2 {
        town.get(&nina, "/fhir/Observation").await;
    }
    let seen: Vec<(String, String)> =
        sqlx::query_as("SELECT subject, reader FROM access_records WHERE reader LIKE 'resident/%'")
            .fetch_all(&town.pool)
            .await
            .unwrap();
    assert_eq!(seen, [("petya".to_owned(), "resident/nina".to_owned())]);
}

/// What looks this reader has left: at what, and how many.
async fn looks(town: &Town, reader: &str) -> Vec<(String, i64)> {
    sqlx::query_as("SELECT fact, looks FROM access_records WHERE reader = ? ORDER BY fact")
        .bind(reader)
        .fetch_all(&town.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_laboratory_that_reads_back_what_it_sent_leaves_a_trace() {
    let town = town().await;
    sqlx::query("UPDATE sign_in_systems SET scope = 'system/Observation.cruds'")
        .execute(&town.pool)
        .await
        .unwrap();
    let lab = town.laboratory().await;
    let made = sent(&town, &lab, &cea("nina", "1")).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let reader = "system/demo-laboratory";
    assert_eq!(looks(&town, reader).await, []);
    town.get(&lab, &format!("/fhir/Observation/{id}")).await;
    town.get(&lab, "/fhir/Observation?identifier=urn:lab:result%7C1")
        .await;
    let again = town
        .http
        .post(town.url("/fhir/Observation"))
        .bearer_auth(&lab)
        .header("content-type", "application/fhir+json")
        .header("if-none-exist", "identifier=urn:lab:result|1")
        .body(cea("nina", "1").to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(looks(&town, reader).await, [(id, 3)]);
}

#[tokio::test]
async fn a_guardians_look_counts_even_at_what_starts_nothing_or_was_taken_back() {
    let town = town().await;
    let lab = town.laboratory().await;
    let mut pulse = cea("petya", "1");
    pulse["category"] = json!([{"coding": [{"code": "vital-signs"}]}]);
    let id = sent(&town, &lab, &pulse).await["id"].clone();
    let nina = town.device("nina").await;
    let address = format!("Observation/{}", id.as_str().unwrap());
    town.get(&nina, &format!("/fhir/{address}")).await;
    assert_eq!(looks(&town, "resident/nina").await, [(address, 1)]);
}

#[tokio::test]
async fn the_same_result_sent_twice_with_if_none_exist_is_one_result() {
    let town = town().await;
    let lab = town.laboratory().await;
    let send = || {
        town.http
            .post(town.url("/fhir/Observation"))
            .bearer_auth(&lab)
            .header("content-type", "application/fhir+json")
            .header("if-none-exist", "identifier=urn:lab:result|7")
            .body(cea("nina", "7").to_string())
            .send()
    };
    let (left, right) = tokio::join!(send(), send());
    let mut statuses = [left.unwrap().status(), right.unwrap().status()];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CREATED]);
    assert_eq!(facts(&town, "nina").await.len(), 1);
}

#[tokio::test]
async fn a_condition_written_into_the_address_counts_as_if_none_exist() {
    let town = town().await;
    let lab = town.laboratory().await;
    let mut statuses = Vec::new();
    for _ in 0..2 {
        let answer = town
            .http
            .post(town.url("/fhir/Observation?identifier=urn:lab:result%7C8&_format=json"))
            .bearer_auth(&lab)
            .header("content-type", "application/fhir+json")
            .body(cea("nina", "8").to_string())
            .send()
            .await
            .unwrap();
        statuses.push(answer.status());
    }
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::OK]);
    assert_eq!(facts(&town, "nina").await.len(), 1);
}

#[tokio::test]
async fn a_corrected_result_takes_the_place_of_the_first_and_a_mistake_is_taken_back() {
    let town = town().await;
    let lab = town.laboratory().await;
    let first = sent(&town, &lab, &cea("nina", "1")).await;
    let mut corrected = cea("nina", "1");
    corrected["status"] = json!("corrected");
    corrected["valueQuantity"]["value"] = json!(2);
    let second = sent(&town, &lab, &corrected).await;
    let known = facts(&town, "nina").await;
    assert_eq!(known[1]["supersedes"], known[0]["id"]);
    let nina = town.device("nina").await;
    let (_, old) = town
        .get(
            &nina,
            &format!("/fhir/Observation/{}", first["id"].as_str().unwrap()),
        )
        .await;
    assert_eq!(old["status"], "entered-in-error");
    assert_eq!(old["meta"]["versionId"], "2");

    let id = second["id"].as_str().unwrap();
    let mut mistake = second.clone();
    mistake["status"] = json!("entered-in-error");
    let put = |etag: &'static str| {
        town.http
            .put(town.url(&format!("/fhir/Observation/{id}")))
            .bearer_auth(&lab)
            .header("content-type", "application/fhir+json")
            .header("if-match", etag)
            .body(mistake.to_string())
            .send()
    };
    assert_eq!(
        read(put("W/\"9\"").await.unwrap()).await.0,
        StatusCode::PRECONDITION_FAILED
    );
    let (status, now) = read(put("W/\"1\"").await.unwrap()).await;
    assert_eq!(
        (status, &now["meta"]["versionId"]),
        (StatusCode::OK, &json!("2"))
    );
    let known = facts(&town, "nina").await;
    assert_eq!(known[2]["status"], "entered-in-error");
    assert_eq!(known[2]["supersedes"], known[1]["id"]);
}

#[tokio::test]
async fn a_confirmed_diagnosis_takes_the_place_of_the_suspicion_it_was() {
    let town = town().await;
    sqlx::query("UPDATE sign_in_systems SET scope = 'system/Condition.cruds'")
        .execute(&town.pool)
        .await
        .unwrap();
    let lab = town.laboratory().await;
    let said = |verified: &str, code: &str| {
        json!({
            "resourceType": "Condition",
            "identifier": [{"system": "urn:clinic:case", "value": "3"}],
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "verificationStatus": {"coding": [{"code": verified}]},
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": code}]},
            "subject": {"reference": "Patient/nina"},
            "recordedDate": "2020-11-23"
        })
    };
    for body in [said("provisional", "C18.7"), said("confirmed", "K57.3")] {
        let answer = town.send(&lab, "/fhir/Condition", &body).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
    }
    let chain: Vec<(String, Option<String>)> =
        sqlx::query_as("SELECT id, supersedes FROM facts WHERE kind = 'diagnosis' ORDER BY rowid")
            .fetch_all(&town.pool)
            .await
            .unwrap();
    assert_eq!(chain.len(), 2);
    assert_eq!(chain[1].1.as_ref(), Some(&chain[0].0));
}

#[tokio::test]
async fn a_device_reads_only_what_is_new_page_by_page() {
    let town = town().await;
    let lab = town.laboratory().await;
    for number in 0..5 {
        sent(&town, &lab, &cea("nina", &number.to_string())).await;
    }
    let nina = town.device("nina").await;
    let mut path =
        "/fhir/Observation?_sort=_lastUpdated&_count=2&code=http://loinc.org|2039-6".to_owned();
    let mut ids = Vec::new();
    let mut last = Value::Null;
    loop {
        let (_, bundle) = town.get(&nina, &path).await;
        assert_eq!(bundle["total"], 5);
        for entry in bundle["entry"].as_array().unwrap() {
            ids.push(entry["resource"]["id"].clone());
            last = entry["resource"]["meta"]["lastUpdated"].clone();
        }
        let links = bundle["link"].as_array().unwrap();
        let Some(next) = links.iter().find(|link| link["relation"] == "next") else {
            break;
        };
        path = next["url"].as_str().unwrap().replace(&town.running.url, "");
    }
    ids.dedup();
    assert_eq!(ids.len(), 5);
    let since = format!(
        "/fhir/Observation?_lastUpdated=gt{}",
        last.as_str().unwrap()
    );
    assert_eq!(town.get(&nina, &since).await.1["total"], 0);
    assert_eq!(
        town.get(&nina, "/fhir/Observation?date=2020-11&status=final")
            .await
            .1["total"],
        5
    );
    assert_eq!(
        town.get(&nina, "/fhir/Observation?date=ge2021").await.1["total"],
        0
    );
}

#[tokio::test]
async fn every_refusal_is_an_operation_outcome() {
    let town = town().await;
    let lab = town.laboratory().await;
    let nina = town.device("nina").await;
    for (path, wanted) in [
        ("/fhir/Nothing", StatusCode::NOT_FOUND),
        ("/fhir/Observation/1/2/3", StatusCode::NOT_FOUND),
        ("/fhir", StatusCode::NOT_FOUND),
        ("/fhir/Observation?_sort=colour", StatusCode::BAD_REQUEST),
        ("/fhir/Observation?date=soon", StatusCode::BAD_REQUEST),
        ("/fhir/Observation?_cursor=x", StatusCode::BAD_REQUEST),
        ("/fhir/Observation?code:in=x", StatusCode::BAD_REQUEST),
        ("/fhir/Observation?_format=xml", StatusCode::NOT_ACCEPTABLE),
    ] {
        assert_eq!(town.get(&nina, path).await.0, wanted, "{path}");
    }
    let bare = town
        .http
        .get(town.url("/fhir/Observation"))
        .send()
        .await
        .unwrap();
    assert!(bare.headers().contains_key("www-authenticate"));
    assert_eq!(read(bare).await.0, StatusCode::UNAUTHORIZED);
    let delete = town
        .http
        .delete(town.url("/fhir/Observation/1"))
        .bearer_auth(&nina)
        .send()
        .await
        .unwrap();
    assert_eq!(read(delete).await.0, StatusCode::METHOD_NOT_ALLOWED);

    let post = |kind: &'static str, body: String| {
        town.http
            .post(town.url("/fhir/Observation"))
            .bearer_auth(&lab)
            .header("content-type", kind)
            .body(body)
            .send()
    };
    for (kind, body, wanted) in [
        (
            "application/fhir+json",
            "{".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/fhir+json",
            "[".repeat(100_000),
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/fhir+json",
            "{}".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/fhir+json",
            json!({"resourceType": "Patient"}).to_string(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/fhir+json",
            cea("nobody", "1").to_string(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "application/fhir+json",
            " ".repeat(3_000_000),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            "text/plain",
            cea("nina", "1").to_string(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
    ] {
        assert_eq!(read(post(kind, body).await.unwrap()).await.0, wanted);
    }
    let (status, outcome) = read(
        town.send(
            &lab,
            "/fhir/Observation",
            &json!({"resourceType": "Observation", "status": "done"}),
        )
        .await,
    )
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(outcome["issue"].as_array().unwrap().len(), 3);
    let device = town
        .send(&nina, "/fhir/Observation", &cea("nina", "1"))
        .await;
    assert_eq!(read(device).await.0, StatusCode::FORBIDDEN);
    assert_eq!(facts(&town, "nina").await.len(), 0);
}

#[tokio::test]
async fn what_never_reaches_a_resource_is_refused_with_an_operation_outcome_too() {
    let town = town().await;
    let lab = town.laboratory().await;
    let nina = town.device("nina").await;
    for (method, path, wanted) in [
        ("GET", "/fhir/Observation/%FF", StatusCode::BAD_REQUEST),
        ("PUT", "/fhir/Observation/%FF", StatusCode::BAD_REQUEST),
        ("GET", "/fhir/%FF", StatusCode::BAD_REQUEST),
        ("POST", "/fhir/%FF/_search", StatusCode::BAD_REQUEST),
        ("GET", "/fhir/", StatusCode::NOT_FOUND),
        ("GET", "/fhir/Observation/", StatusCode::NOT_FOUND),
        ("GET", "/fhir/metadata/more/%FF", StatusCode::NOT_FOUND),
        ("POST", "/fhir/metadata", StatusCode::METHOD_NOT_ALLOWED),
        (
            "DELETE",
            "/fhir/Observation",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            "PATCH",
            "/fhir/Observation/1",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            "BREW",
            "/fhir/Observation/1",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        ("PUT", "/fhir", StatusCode::NOT_FOUND),
    ] {
        let answer = town
            .http
            .request(method.parse().unwrap(), town.url(path))
            .bearer_auth(&nina)
            .send()
            .await
            .unwrap();
        if wanted == StatusCode::METHOD_NOT_ALLOWED {
            assert!(answer.headers().contains_key("allow"), "{method} {path}");
        }
        assert_eq!(read(answer).await.0, wanted, "{method} {path}");
    }
    // Too long and of a wrong kind, whichever verb and however it is sent.
    for (method, path, kind, body, wanted) in [
        (
            "PUT",
            "/fhir/Observation/1",
            "application/fhir+json",
            3_000_000,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            "PUT",
            "/fhir/Observation/1",
            "application/xml",
            10,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "POST",
            "/fhir/Observation/_search",
            "text/plain",
            10,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "POST",
            "/fhir/Observation/_search",
            "application/x-www-form-urlencoded",
            3_000_000,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
    ] {
        let chunks = futures::stream::iter([Ok::<_, std::io::Error>(" ".repeat(body))]);
        let answer = town
            .http
            .request(method.parse().unwrap(), town.url(path))
            .bearer_auth(&lab)
            .header("content-type", kind)
            .body(reqwest::Body::wrap_stream(chunks))
            .send()
            .await
            .unwrap();
        assert_eq!(read(answer).await.0, wanted, "{method} {path} {kind}");
    }
}

#[tokio::test]
async fn the_capability_statement_says_what_is_offered() {
    let town = town().await;
    let (status, statement) = read(
        town.http
            .get(town.url("/fhir/metadata"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(statement["fhirVersion"], "4.0.1");
    let kinds: Vec<_> = statement["rest"][0]["resource"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "Patient",
            "Observation",
            "Condition",
            "Schedule",
            "Slot",
            "Appointment"
        ]
    );
}

/// An offer to Nina tomorrow, and a free time the day after.
async fn offer(town: &Town) {
    let day = 24 * 3600;
    let tomorrow = jiff::Timestamp::now().as_second() + day;
    let time = |second: i64| jiff::Timestamp::from_second(second).unwrap().to_string();
    let place = json!({"name": {"ru": "Поликлиника №1", "en": "Clinic 1"}, "address": {"ru": "Речная, 3", "en": ""}});
    let doctor = json!({"ru": "Иванова", "en": "Ivanova"});
    sqlx::query("INSERT INTO schedules (id, service, practitioner, place) VALUES ('gp', 'adult_clinic', ?, ?)")
        .bind(doctor.to_string())
        .bind(place.to_string())
        .execute(&town.pool)
        .await
        .unwrap();
    for (id, starts, status) in [
        ("s1", tomorrow, "busy-tentative"),
        ("s2", tomorrow + day, "free"),
    ] {
        sqlx::query("INSERT INTO slots (id, service, schedule, starts, ends, status) VALUES (?, 'adult_clinic', 'gp', ?, ?, ?)")
            .bind(id)
            .bind(starts)
            .bind(starts + 900)
            .bind(status)
            .execute(&town.pool)
            .await
            .unwrap();
    }
    let body = json!({
        "id": "a1", "version": 1, "subject": "nina", "step": null, "status": "pending", "start": time(tomorrow),
        "end": time(tomorrow + 900), "service": "adult_clinic", "slot": "s1", "place": place, "practitioner": doctor,
        "held_until": time(tomorrow - 600), "title": {"ru": "Приём", "en": "Visit"}, "neutral": {"ru": "Запись", "en": "Booking"},
        "reason": null, "instructions": null
    });
    sqlx::query(
        "INSERT INTO appointments (id, subject, slot, service, status, starts, held_until, version, changed, body)
         VALUES ('a1', 'nina', 's1', 'adult_clinic', 'pending', ?, ?, 1, 0, ?)",
    )
    .bind(tomorrow)
    .bind(tomorrow - 600)
    .bind(body.to_string())
    .execute(&town.pool)
    .await
    .unwrap();
}

async fn put(town: &Town, token: &str, etag: &str, body: &Value) -> (StatusCode, Value) {
    let response = town
        .http
        .put(town.url("/fhir/Appointment/a1"))
        .bearer_auth(token)
        .header("content-type", "application/fhir+json")
        .header("if-match", etag)
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    read(response).await
}

#[tokio::test]
async fn an_offer_is_accepted_moved_and_declined_by_writing_the_appointment_back() {
    let town = town().await;
    offer(&town).await;
    let nina = town.device("nina").await;
    let oleg = town.device("oleg").await;
    let (status, mut visit) = town.get(&nina, "/fhir/Appointment/a1").await;
    assert_eq!(
        (status, &visit["status"]),
        (StatusCode::OK, &json!("pending"))
    );
    assert_eq!(visit["participant"][0]["status"], "needs-action");
    assert_eq!(
        town.get(&oleg, "/fhir/Appointment/a1").await.0,
        StatusCode::NOT_FOUND
    );

    visit["status"] = json!("booked");
    assert_eq!(
        put(&town, &oleg, "W/\"1\"", &visit).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        put(&town, &nina, "W/\"7\"", &visit).await.0,
        StatusCode::PRECONDITION_FAILED
    );
    let (status, booked) = put(&town, &nina, "W/\"1\"", &visit).await;
    assert_eq!(
        (status, &booked["status"]),
        (StatusCode::OK, &json!("booked")),
        "{booked}"
    );
    assert_eq!(
        put(&town, &nina, "W/\"1\"", &visit).await.0,
        StatusCode::PRECONDITION_FAILED
    );

    let (_, free) = town.get(&nina, "/fhir/Slot?status=free&schedule=gp").await;
    assert_eq!(free["entry"][0]["resource"]["id"], "s2");
    let mut moved = booked.clone();
    moved["slot"] = json!([{"reference": "Slot/s2"}]);
    let (status, moved) = put(&town, &nina, "W/\"2\"", &moved).await;
    assert_eq!(
        (status, &moved["slot"][0]["reference"]),
        (StatusCode::OK, &json!("Slot/s2")),
        "{moved}"
    );
    let (_, first) = town.get(&nina, "/fhir/Slot/s1").await;
    assert_eq!(first["status"], "free");

    let mut cancelled = moved.clone();
    cancelled["status"] = json!("cancelled");
    let (status, cancelled) = put(&town, &nina, "*", &cancelled).await;
    assert_eq!(
        (status, &cancelled["status"]),
        (StatusCode::OK, &json!("cancelled")),
        "{cancelled}"
    );
    let (_, found) = town
        .get(&nina, "/fhir/Appointment?patient=nina&status=cancelled")
        .await;
    assert_eq!(found["total"], 1);
    let (_, schedules) = town.get(&nina, "/fhir/Schedule?actor=Location/gp").await;
    assert_eq!(
        schedules["entry"][0]["resource"]["actor"][0]["display"],
        "Поликлиника №1"
    );
}
