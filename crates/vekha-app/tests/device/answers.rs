use crate::device::{Device, NOW, town};
use jiff::SignedDuration;
use serde_json::{Value, json};
use vekha_model::Text;
use vekha_protocol::{Action, OfferAnswer, Problem, RecordKind};

fn list(of: &Value, name: &str) -> Vec<Value> {
    of[name].as_array().cloned().unwrap()
}

fn find(list: &[Value], name: &str, value: &str) -> Value {
    list.iter()
        .find(|it| it[name] == value)
        .cloned()
        .unwrap_or_default()
}

fn no() -> Problem {
    Problem {
        code: "not-yours-to-say".into(),
        title: "No".into(),
        status: 422,
        detail: None,
        words: Some(Text::new(
            "Это решает врач. Спросите его на приёме.",
            "A doctor decides this. Ask at the visit.",
        )),
    }
}

/// A question on Today about the resident, with its answer's shape.
async fn smoking(device: &Device) -> Value {
    let today = device.read("today").await;
    let questions = list(&today, "questions");
    let found = questions
        .into_iter()
        .find(|it| it["missing"]["kind"] == "habit.smoking");
    found.unwrap_or_default()
}

fn missing() -> Value {
    json!({"kind": "habit.smoking", "field": "smoker"})
}

#[tokio::test]
async fn a_private_answer_changes_the_plan_and_never_reaches_the_city() {
    let town = town();
    let ng = |value: f64| json!({"value": value, "unit": "ng/mL"});
    let fields = json!({"code": "2039-6", "value": ng(4.0)});
    town.fact("lab-2", "lab.result", NOW, "laboratory", fields);
    let device = Device::signed_in(town.clone()).await;
    let question = smoking(&device).await;
    assert_eq!(question["field"]["type"], "bool", "{question:#}");
    let answer = json!({"missing": missing(), "value": true, "private": true});
    device.call("answer_question", answer).await;
    device.sync().await;
    assert!(smoking(&device).await.is_null());
    assert_eq!(town.pushed(), []);
    let known = device.facts().await;
    assert!(json!(known).to_string().contains("курит: да"), "{known:#?}");
    let private = known.iter().find(|fact| fact["private"] == true).unwrap();
    let dispute = json!({"id": private["id"], "text": "Я больше не курю."});
    let refused = device.attempt("dispute_fact", dispute).await;
    assert_eq!(
        refused.unwrap_err().code,
        "private",
        "its words would leave"
    );
    device.sync().await;
    assert_eq!(town.pushed(), []);
}

#[tokio::test]
async fn a_shared_answer_is_sent_once() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    let answer = json!({"missing": missing(), "value": false, "private": false});
    device.call("answer_question", answer).await;
    device.sync().await;
    device.sync().await;
    let pushed = town.pushed();
    assert!(
        matches!(&pushed[..], [Action::ShareFact { fact }] if fact.kind == "habit.smoking"),
        "{pushed:?}"
    );
}

#[tokio::test]
async fn an_answer_of_the_wrong_kind_is_refused_in_words_and_changes_nothing() {
    let device = Device::signed_in(town()).await;
    for (missing, value, code) in [
        (missing(), json!("maybe"), "bad-answer"),
        (
            json!({"kind": "pregnancy", "field": "lmp"}),
            json!("1990-01-01"),
            "before-birth",
        ),
        (
            json!({"kind": "hologram", "field": "x"}),
            json!(true),
            "not-found",
        ),
    ] {
        let args = json!({"missing": missing, "value": value, "private": true});
        let error = device.attempt("answer_question", args).await.unwrap_err();
        assert_eq!(error.code, code);
        assert!(!error.message.ru.is_empty() && !error.message.en.is_empty());
    }
    assert!(!device.read("facts").await.to_string().contains("1990"));
}

#[tokio::test]
async fn an_answer_taken_back_in_time_is_never_sent() {
    let town = town();
    town.visit(
        "v1",
        None,
        "pending",
        "2026-11-24T10:00:00+03:00",
        json!({}),
    );
    let mut device = Device::signed_in(town.clone()).await;
    let args = json!({"appointment": "v1", "answer": "accept"});
    device.call("answer_offer", args).await;
    device.start().await;
    let undo = device.read("today").await["undo"].clone();
    assert_eq!(undo["thing"], "offer/v1");
    device.call("undo", json!({"thing": "offer/v1"})).await;
    assert!(device.read("today").await["undo"].is_null());
    device.advance(SignedDuration::from_secs(11));
    device.sync().await;
    assert_eq!(town.pushed(), []);
    assert_eq!(list(&device.read("today").await, "offers").len(), 1);
}

#[tokio::test]
async fn a_visit_that_no_step_asked_for_is_let_go_by_who_has_it_already() {
    let town = town();
    town.visit(
        "v1",
        None,
        "pending",
        "2026-11-24T10:00:00+03:00",
        json!({}),
    );
    let device = Device::signed_in(town.clone()).await;
    let offer = &device.read("today").await["offers"][0];
    assert_eq!(offer["action"], "book", "one goes there, nobody comes");
    let card = json!({"id": offer["id"], "answer": "have_it"});
    device.call("answer_step", card).await;
    assert_eq!(list(&device.read("today").await, "offers").len(), 0);
    device.advance(SignedDuration::from_secs(11));
    device.sync().await;
    let pushed = town.pushed();
    assert!(
        matches!(
            &pushed[..],
            [Action::AnswerOffer {
                answer: OfferAnswer::Decline,
                ..
            }]
        ),
        "{pushed:?}"
    );
}

#[tokio::test]
async fn an_answer_that_has_gone_cannot_be_taken_back_and_says_what_can_be_done() {
    let town = town();
    town.visit(
        "v1",
        None,
        "pending",
        "2026-11-24T10:00:00+03:00",
        json!({}),
    );
    let device = Device::signed_in(town.clone()).await;
    device
        .call(
            "answer_offer",
            json!({"appointment": "v1", "answer": "accept"}),
        )
        .await;
    device.advance(SignedDuration::from_secs(11));
    device.sync().await;
    assert_eq!(town.pushed().len(), 1);
    let error = device
        .attempt("undo", json!({"thing": "offer/v1"}))
        .await
        .unwrap_err();
    assert_eq!(error.code, "too-late");
}

#[tokio::test]
async fn what_the_city_refuses_is_shown_with_its_words_where_it_was_done() {
    let town = town();
    town.fact(
        "f1",
        "habit.smoking",
        "2026-11-20",
        "clinician",
        json!({"smoker": true}),
    );
    let device = Device::signed_in(town.clone()).await;
    town.refuse_with(Some(no()));
    device
        .call("dispute_fact", json!({"id": "f1", "text": "Не курю"}))
        .await;
    device.sync().await;
    device
        .until("facts", "a refused dispute", |it| {
            it.to_string().contains("refused\":{")
        })
        .await;
    let known = device.facts().await;
    let fact = find(&known, "id", "f1");
    assert_eq!(fact["dispute"]["pending"], "refused");
    assert_eq!(fact["dispute"]["refused"]["ru"], no().words.unwrap().ru);
    let notices = list(&device.read("today").await, "notices");
    assert!(
        notices
            .iter()
            .any(|it| it["body"]["ru"] == no().words.unwrap().ru),
        "{notices:#?}"
    );
}

#[tokio::test]
async fn a_question_and_its_answer_stand_where_it_was_asked() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    let steps = device.steps("adult_checkup").await;
    let id = steps[0]["id"].as_str().unwrap().to_owned();
    town.set_offline(true);
    device
        .call("ask_human", json!({"text": "Мне это нужно?", "about": id}))
        .await;
    let card = device.call("card", json!({"id": id})).await;
    assert_eq!(list(&card, "inquiries")[0]["pending"], "waiting");
    town.set_offline(false);
    let inquiry = json!({"id": "i1", "subject": "anna", "kind": "question", "about": id, "text": "Мне это нужно?",
        "asked": NOW, "answer": {"text": "Да, раз в год.", "by": {"ru": "Ирина, регистратура"}, "at": NOW}});
    town.tell(RecordKind::Inquiry, "i1", inquiry);
    device.sync().await;
    // Told of, and neither the question nor the answer is read on a lock screen.
    let told = device.shown();
    let told: Vec<_> = told.iter().filter(|it| it.tag == "answer/i1").collect();
    assert_eq!(told.len(), 1, "{:#?}", device.shown());
    assert_eq!(told[0].hash, format!("#/card/{id}"));
    let words = format!("{} {}", told[0].title, told[0].body);
    assert!(words.contains("Вам ответил человек"), "{words}");
    assert!(
        !words.contains("нужно") && !words.contains("раз в год"),
        "{words}"
    );
    let card = device.call("card", json!({"id": id})).await;
    let shown = list(&card, "inquiries");
    assert_eq!(shown.len(), 1, "{shown:#?}");
    assert_eq!(shown[0]["answer"]["text"], "Да, раз в год.");
    assert_eq!(
        find(&list(&device.read("me").await, "inquiries"), "id", "i1")["answer"]["by"]["ru"],
        "Ирина, регистратура"
    );
}

#[tokio::test]
async fn a_record_the_plan_cannot_use_says_why() {
    let town = town();
    town.fact("f9", "hologram", NOW, "clinician", json!({"x": 1}));
    let device = Device::signed_in(town).await;
    let known = device.facts().await;
    let fact = find(&known, "id", "f9");
    assert!(!fact["unused"]["ru"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_counted_aloud() {
    let town = town();
    town.tell(RecordKind::Fact, "odd", json!({"id": "odd", "subject": 7}));
    let device = Device::signed_in(town).await;
    let session = device.read("session").await;
    assert_eq!(session["problem"]["code"], "unreadable");
    assert!(
        session["problem"]["message"]["ru"]
            .as_str()
            .unwrap()
            .contains(": 1.")
    );
}

#[tokio::test]
async fn an_answered_step_stays_answered_until_the_city_was_read_again() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    let next = list(&device.read("today").await, "next");
    let step = json!({"id": next[0]["id"]});
    let state = async || device.call("card", step.clone()).await["card"].clone();
    assert_ne!(state().await["state"], "done");

    town.fail(&["news"]);
    let answer = json!({"id": next[0]["id"], "answer": "have_it"});
    device.call("answer_step", answer.clone()).await;
    let undo = device.read("today").await["undo"].clone();
    assert_eq!(undo["words"]["ru"], "Учли: это у вас уже есть.");
    device.call("undo", json!({"thing": undo["thing"]})).await;
    assert_ne!(state().await["state"], "done");

    device.call("answer_step", answer).await;
    device.advance(SignedDuration::from_secs(11));
    device.sync().await;
    assert_eq!(town.pushed().len(), 1);
    let card = state().await;
    assert_eq!(
        (&card["state"], &card["pending"]),
        (&json!("done"), &Value::Null)
    );
    assert_eq!(device.read("session").await["waiting"], 0);

    // This city forgets what it was told: in the end its word counts.
    town.fail(&[]);
    device.sync().await;
    assert_ne!(state().await["state"], "done");
}

#[tokio::test]
async fn what_the_city_owes_and_has_not_done_is_late_and_says_whose_it_is_and_by_how_much() {
    let town = town();
    crate::device::result(&town);
    let device = Device::signed_in(town).await;
    assert_eq!(list(&device.read("today").await, "late").len(), 0);
    device.advance(SignedDuration::from_hours(24 * 10));
    let late = list(&device.read("today").await, "late");
    let visit = late
        .iter()
        .find(|it| it["id"].as_str().unwrap().ends_with("/gp"));
    let visit = visit.unwrap();
    assert_eq!(
        (&visit["state"], &visit["deadline"]),
        (&json!("overdue"), &json!("state"))
    );
    assert!(visit["late_days"].as_i64().unwrap() > 0, "{visit:#}");
    assert!(
        !visit["holder"]["ru"].as_str().unwrap().is_empty(),
        "{visit:#}"
    );
}
