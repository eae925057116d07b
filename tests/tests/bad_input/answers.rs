//! Answers a city should never give, and answers that never arrive.

use super::{Underway, underway};
use crate::list;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use vekha_testkit::{Device, Fault, Wire, assert_plain};

const API: &str = "/city/v1";

async fn is_malformed(answer: Fault) {
    let it = underway().await;
    it.wire.fault(API, answer);
    it.connect().await;
    it.assert_said("malformed").await;
    it.assert_nothing_lost().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_hotels_network_is_no_answer_of_the_city() {
    let page = "<!doctype html><title>Wi-Fi</title><p>Войдите в сеть";
    is_malformed(Fault::Answer(200, "text/html", page.as_bytes().to_vec())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_another_shape_is_said_and_loses_nothing() {
    is_malformed(Fault::Answer(
        200,
        "application/json",
        b"[1, 2, 3]".to_vec(),
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_nested_without_end_is_said_and_loses_nothing() {
    let deep = "[".repeat(200_000).into_bytes();
    is_malformed(Fault::Answer(200, "application/json", deep)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_larger_than_any_is_not_read_to_its_end() {
    let large = vec![b' '; 33 * 1024 * 1024];
    is_malformed(Fault::Answer(200, "application/json", large)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_always_has_more_is_not_asked_for_ever() {
    let it = underway().await;
    let page = AtomicUsize::new(0);
    it.wire.edit("/city/v1/changes", move |answer| {
        if !answer["changes"].is_array() {
            return;
        }
        let page = page.fetch_add(1, Ordering::SeqCst);
        *answer = json!({"changes": [], "cursor": format!("page-{page}"), "more": true});
    });
    it.connect().await;
    it.assert_said("malformed").await;
    let asked = it.wire.asked("GET /city/v1/changes");
    assert!(asked < 50, "{asked} pages were asked for");
    assert!(super::facts(&it.anna).await.is_superset(&it.facts));
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_in_trouble_is_waited_for_and_not_called_names() {
    let it = underway().await;
    for status in [429, 500, 502, 503] {
        let page = b"<h1>Oops</h1>".to_vec();
        it.wire.fault(API, Fault::Answer(status, "text/html", page));
        it.connect().await;
        it.anna.told(1).await;
        let session = it.anna.read("session").await;
        assert!(session["problem"].is_null(), "{status}: {session:#}");
        it.assert_nothing_lost().await;
    }
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_in_the_middle_is_a_missing_network() {
    let it = underway().await;
    it.wire.fault(API, Fault::CutThere);
    it.connect().await;
    let session = it
        .anna
        .until("session", json!({}), "no connection", |it| {
            it["offline"] == true
        })
        .await;
    assert!(session["problem"].is_null(), "{session:#}");
    it.assert_nothing_lost().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_on_its_way_back_is_asked_again_and_books_once() {
    let it = underway().await;
    it.wire.fault("/city/v1/offers", Fault::CutBack);
    it.connect().await;
    it.anna
        .until("session", json!({}), "no connection", |it| {
            it["offline"] == true
        })
        .await;
    it.assert_nothing_lost().await;
    let booked = it.city.visits("anna", "booked").await;
    assert_eq!(booked.len(), 1, "the city did hear: {booked:#?}");
    it.assert_heals().await;
    assert!(it.wire.asked("POST /city/v1/offers") >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_went_away_comes_back_and_finds_everything() {
    let mut it = underway().await;
    it.city.go_down().await;
    it.connect().await;
    it.anna
        .until("session", json!({}), "no connection", |it| {
            it["offline"] == true
        })
        .await;
    it.assert_nothing_lost().await;
    it.city.come_back().await;
    it.assert_heals().await;
}

/// What a hostile city may put where words, dates and ids belong.
fn poison(answer: &mut Value) {
    let evil = "</script><img src=x onerror=alert(1)>\r\nEND:VEVENT\r\nBEGIN:VEVENT\u{202e}\u{0}";
    let words = json!({"ru": evil.repeat(200), "en": evil});
    let visit = |id: &str, start: &str| {
        json!({"kind": "appointment", "id": id, "body": {
            "id": id, "version": u32::MAX, "subject": "anna", "step": null, "status": "booked", "start": start,
            "end": null, "service": evil, "slot": null, "place": {"name": words, "address": words}, "practitioner": words,
            "held_until": null, "title": words, "neutral": words, "reason": words, "instructions": words}})
    };
    let fact = |id: &str, kind: &str, at: &str, fields: Value| json!({"kind": "fact", "id": id, "body": {"id": id, "subject": "anna", "kind": kind, "at": at, "fields": fields}});
    let huge = json!({"code": "2039-6", "value": {"value": 1e308, "unit": "ng/mL"}, "high": {"value": -1e308, "unit": "ng/mL"}});
    let hostile = [
        visit("../../etc/passwd", "2026-11-24T10:00:00+03:00"),
        visit("far", "9999-12-30T22:00:00+00:00"),
        visit("past", "-009999-01-02"),
        fact("f1", "lab.result", "2026-11-23T09:00:00+03:00", huge),
        fact(
            "f2",
            "pregnancy",
            "2026-11-23",
            json!({"lmp": "9999-12-31", "fetuses": -7}),
        ),
        fact(
            "f3",
            "pregnancy",
            "2026-11-23",
            json!({"lmp": "-009999-01-01"}),
        ),
        fact(
            "f4",
            "person",
            "2026-11-23",
            json!({"birth_date": "9999-12-31", "sex": evil}),
        ),
        fact(
            "f5",
            "step.outcome",
            "2026-11-23",
            json!({"step": evil, "outcome": {"a": [null]}}),
        ),
        fact(
            evil,
            "habit.smoking",
            "2026-11-23",
            json!({"smoker": "perhaps"}),
        ),
        json!({"kind": "document", "id": "d", "body": {"id": "d", "subject": "anna", "step": null, "title": words, "body": words,
            "issued": "9999-12-31", "issuer": words, "signed_by": evil, "sensitivity": "S3"}}),
        json!({"kind": "hologram", "id": "h", "body": {"x": 1}}),
        json!({"kind": "appointment", "id": "broken", "body": {"start": 7}}),
        json!({"kind": "resident", "id": "born-tomorrow", "body": {"id": "born-tomorrow", "name": words["ru"], "birth_date": "9999-12-31", "sex": null, "relation": "child"}}),
    ];
    if let Some(changes) = answer["changes"].as_array_mut() {
        changes.extend(hostile);
    }
}

async fn read_everything(anna: &Device) {
    for screen in crate::SCREENS {
        anna.read(screen).await;
    }
    let today = anna.read("today").await;
    for name in ["offers", "next", "late", "done_by_city", "waiting"] {
        for card in list(&today, name) {
            anna.call("card", json!({"id": card["id"]})).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_city_cannot_break_the_device() {
    let it = underway().await;
    it.wire.edit("/city/v1/changes", poison);
    it.connect().await;
    it.anna
        .until("calendar", json!({}), "what it sent is here", |it| {
            it.to_string().contains("etc/passwd")
        })
        .await;
    read_everything(&it.anna).await;
    let ics = it.anna.read("calendar_ics").await["text"]
        .as_str()
        .unwrap()
        .to_owned();
    let visits = ics.lines().filter(|line| *line == "BEGIN:VEVENT").count();
    let calendar = it.anna.read("calendar").await;
    let booked = calendar
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"] == "appointment" && it["state"] == "booked");
    assert_eq!(
        visits,
        booked.count(),
        "nothing was smuggled into the calendar:\n{ics}"
    );
    let saved = it.anna.read("save_ics").await["path"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        saved.starts_with(it.anna.data().to_str().unwrap()),
        "{saved}"
    );
    assert!(super::facts(&it.anna).await.is_superset(&it.facts));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_read_is_set_apart_and_said() {
    let it = underway().await;
    it.wire.edit("/city/v1/changes", |answer| {
        let broken = json!({"kind": "appointment", "id": "broken", "body": {"start": 7}});
        answer["changes"].as_array_mut().unwrap().push(broken);
    });
    it.connect().await;
    it.assert_said("unreadable").await;
    it.anna
        .until("session", json!({}), "the rest goes on", |it| {
            it["waiting"] == 0
        })
        .await;
    assert!(super::facts(&it.anna).await.is_superset(&it.facts));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_city_is_said_whatever_answers_there() {
    let Underway { city, anna, .. } = underway().await;
    let wire = Wire::before(&city.url).await;
    let page = b"<!doctype html><h1>It works!</h1>".to_vec();
    let cases = [
        (Fault::Answer(404, "text/html", page.clone()), "not-a-city"),
        (Fault::Answer(200, "text/html", page), "malformed"),
        (
            Fault::Answer(200, "application/json", br#"{"vekha": 2}"#.to_vec()),
            "too-new",
        ),
        (Fault::Answer(500, "text/plain", Vec::new()), "not-a-city"),
        (Fault::CutThere, "offline"),
    ];
    for (fault, code) in cases {
        wire.fault("/.well-known/vekha", fault);
        let refused = anna
            .attempt("connect_city", json!({"address": wire.url}))
            .await;
        super::assert_refused(refused, code);
    }
    for (address, code) in [
        ("http://gorod.example", "not-encrypted"),
        ("не адрес", "not-an-address"),
        ("http://127.0.0.1:9", "offline"),
        ("file:///etc/passwd", "not-an-address"),
    ] {
        let refused = anna
            .attempt("connect_city", json!({"address": address}))
            .await;
        super::assert_refused(refused, code);
    }
    let session = anna.read("session").await;
    assert_eq!(
        session["city"]["address"],
        json!(session["city"]["address"])
    );
    assert_eq!(
        session["waiting"], 1,
        "the city before is still hers: {session:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_no_command_is_told_in_words() {
    let Underway { anna, .. } = underway().await;
    for (name, args, code) in [
        ("nonsense", json!({}), "unknown-command"),
        ("card", json!({}), "bad-arguments"),
        ("card", json!({"id": "nonsense"}), "not-found"),
        ("document", json!({"id": "nonsense"}), "not-found"),
        (
            "answer_offer",
            json!({"appointment": "nonsense", "answer": "accept"}),
            "not-found",
        ),
        (
            "other_times",
            json!({"appointment": "nonsense"}),
            "not-found",
        ),
        ("ask_human", json!({"text": "  ", "about": null}), "empty"),
        (
            "ask_human",
            json!({"text": "я".repeat(5000), "about": null}),
            "too-long",
        ),
    ] {
        let error = anna.attempt(name, args).await.unwrap_err();
        assert_eq!(error.code, code, "{name}");
        if code != "bad-arguments" && code != "unknown-command" {
            assert_plain(&json!(error.message));
        }
    }
}
