//! The main job: a fact arrives, the city acts, the resident answers, offline too.

use crate::{MORNING, list, observation};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use vekha_testkit::{City, Device, is_neutral, with_city};

async fn cea(city: &City) {
    let body =
        json!({"resident": "anna", "code": "2039-6", "value": 12, "unit": "ng/mL", "high": 5.0});
    city.operate("lab-result", body).await;
}

fn at(moment: &Value) -> Timestamp {
    moment.as_str().unwrap().parse().unwrap()
}

/// The visits on the calendar as (state, not sent yet).
fn visits(calendar: &Value) -> Vec<(String, bool)> {
    let visits = calendar.as_array().unwrap().iter();
    visits
        .filter(|it| it["kind"] == "appointment")
        .map(|it| {
            let state = it["state"].as_str().unwrap().to_owned();
            (state, it["pending"] == "waiting")
        })
        .collect()
}

fn document<'a>(me: &'a Value, title: &str) -> Option<&'a Value> {
    let mut all = list(me, "documents").iter();
    all.find(|it| {
        it["title"]["ru"]
            .as_str()
            .is_some_and(|it| it.contains(title))
    })
}

/// A result in the shape a laboratory really sends: what the city does within a second, what the resident does without a
/// network, and what is left when all of it is over.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_from_a_strange_result_to_a_calm_end() {
    let city = with_city(MORNING).await;
    let mut anna = Device::signed_in("anna", &city).await;
    let result = observation("lab-result.json");

    let began = Instant::now();
    let (status, kept) = city.send("POST", "Observation", &result).await;
    assert_eq!(status, 201, "{kept:#}");
    let offer = anna.offered("/gp").await;
    let noticed = began.elapsed();
    assert!(noticed < Duration::from_secs(1), "it took {noticed:?}");
    let promised = city.now + SignedDuration::from_hours(24);
    assert!(at(&offer["when"]) <= promised, "{offer:#}");
    assert_eq!(kept["lisRoute"], result["lisRoute"], "unknown fields stay");

    let shown = anna.told(1).await;
    assert_eq!(shown.len(), 1, "{shown:?}");
    let notification = &shown[0];
    let said = format!("{} {}", notification.title, notification.body);
    assert!(is_neutral(&said), "{said}");
    assert_eq!(notification.actions[0].0, "accept");

    anna.set_offline(true).await;
    let pressed = json!({"tag": notification.tag, "action": "accept"});
    anna.call("notification_action", pressed).await;
    anna.kill();
    anna.start().await;
    let today = anna.read("today").await;
    let waiting = list(&today, "waiting");
    assert_eq!(
        (waiting.len(), &waiting[0]["state"], &waiting[0]["pending"]),
        (1, &json!("booked"), &json!("waiting")),
        "all there after a crash, still offline"
    );
    assert_eq!(
        visits(&anna.read("calendar").await),
        [("booked".to_owned(), true)]
    );
    assert_eq!(
        city.visits("anna", "booked").await,
        Vec::<Value>::new(),
        "the city has not heard of it"
    );

    anna.wait_out_undo();
    anna.set_offline(false).await;
    anna.until("session", json!({}), "the answer is sent", |it| {
        it["waiting"] == 0
    })
    .await;
    let calendar = anna
        .until("calendar", json!({}), "one booked visit", |it| {
            visits(it) == [("booked".to_owned(), false)]
        })
        .await;
    assert!(
        calendar
            .to_string()
            .contains(offer["appointment"].as_str().unwrap())
    );
    let booked = city.visits("anna", "booked").await;
    assert_eq!(booked.len(), 1, "{booked:#?}");
    assert_eq!(booked[0]["id"], offer["appointment"]);
    let ics = anna.read("calendar_ics").await["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1, "{ics}");
    assert!(
        ics.contains("STATUS:CONFIRMED") && is_neutral(&ics),
        "{ics}"
    );
    let seen = anna.read("access").await;
    let looks = seen.as_array().unwrap();
    assert!(
        looks
            .iter()
            .any(|it| !it["fact"].is_null() && !it["who"]["ru"].as_str().unwrap().is_empty()),
        "who saw the result is written down: {seen:#?}"
    );

    // The visit takes place, and the doctor refers her.
    city.operate("fulfil-visit", json!({"appointment": offer["appointment"]}))
        .await;
    city.tell("anna", "care.referral", json!({"to": "caop"}))
        .await;
    let specialist = anna.offered("/onco").await;
    let latest: Timestamp = "2026-11-27T00:00:00+03:00".parse().unwrap();
    assert!(
        at(&specialist["when"]) < latest,
        "within three working days"
    );
    let seen = anna.read("access").await;
    let looks = seen.as_array().unwrap().iter();
    let doctors = looks.filter(|it| it["purpose"]["ru"] == "приём").count();
    assert_eq!(doctors, 1, "the doctor's look at the result is told");

    let accepted = json!({"appointment": specialist["appointment"], "answer": "accept"});
    anna.call("answer_offer", accepted).await;
    anna.wait_out_undo();
    anna.call("sync", json!({})).await;
    city.operate(
        "fulfil-visit",
        json!({"appointment": specialist["appointment"]}),
    )
    .await;
    city.tell("anna", "diagnosis", json!({"code": "D48"})).await;
    let diet = json!({"name": "Памятка", "text": "Стол № 5, пить больше воды.", "signed_by": "Сафина А. Р."});
    city.tell("anna", "diet.prescribed", diet).await;
    anna.until(
        "me",
        json!({}),
        "the register entry and the diet sheet",
        |it| {
            document(it, "Постановка под наблюдение").is_some() && document(it, "Питание").is_some()
        },
    )
    .await;

    // Everything can be read on a train.
    anna.set_offline(true).await;
    anna.kill();
    anna.start().await;
    let me = anna.read("me").await;
    let sheet = document(&me, "Питание").unwrap();
    assert_eq!(sheet["signed_by"], "Сафина А. Р.");
    for title in [
        "Постановка под наблюдение",
        "Питание",
        "Результат важно обсудить",
    ] {
        let id = &document(&me, title).unwrap()["id"];
        let open = anna.call("document", json!({"id": id})).await;
        assert!(open["body"]["ru"].as_str().unwrap().len() > 100, "{open:#}");
        assert!(open["body"]["en"].as_str().unwrap().len() > 100, "{open:#}");
    }
    let card = anna.call("card", json!({"id": specialist["id"]})).await;
    assert!(
        card["material"]["body"]["ru"].as_str().unwrap().len() > 100,
        "{card:#}"
    );
    assert!(!list(&card, "why").is_empty() && !list(&card, "facts").is_empty());
    anna.set_offline(false).await;

    // And it ends well.
    city.tell("anna", "onco.outcome", json!({"result": "benign"}))
        .await;
    let path = anna
        .until("path", json!({}), "the branch not taken", |it| {
            taken(it, "benign") == Some("yes".to_owned())
        })
        .await;
    assert_ne!(taken(&path, "malignant").as_deref(), Some("yes"));
    let left = [
        ("/biopsy", "cancelled"),
        ("/treat", "cancelled"),
        ("/onco", "done"),
    ];
    for (step, state) in left {
        anna.until_state(step, state).await;
    }
    anna.until(
        "today",
        json!({}),
        "nothing of it is asked on Today",
        |it| {
            let asked = ["offers", "late", "next"]
                .iter()
                .flat_map(|name| list(it, name));
            asked.into_iter().all(|card| {
                let id = card["id"].as_str().unwrap();
                !id.starts_with("onco") || id.ends_with("_control") || id.ends_with("/good_news")
            })
        },
    )
    .await;
    let standing = [
        city.visits("anna", "pending").await,
        city.visits("anna", "booked").await,
    ];
    for visit in standing.iter().flatten() {
        assert!(
            visit["step"].as_str().unwrap().ends_with("/benign_control"),
            "{visit:#}"
        );
    }
    for notification in anna.host.shown() {
        assert!(is_neutral(&notification.body), "{}", notification.body);
    }
}

fn taken(path: &Value, fork: &str) -> Option<String> {
    let runs = list(path, "runs").iter();
    let mut forks = runs
        .filter(|it| it["situation"] == "onco_suspicion")
        .flat_map(|run| list(run, "forks"));
    let fork = forks.find(|it| it["fork"] == fork)?;
    fork["taken"].as_str().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_can_be_taken_back_for_ten_seconds() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    cea(&city).await;
    let appointment = anna.offered("/gp").await["appointment"].clone();
    let accept = json!({"appointment": appointment, "answer": "accept"});
    let card = anna.call("answer_offer", accept).await;
    assert!(
        card["undo_until"].is_string() && card["state"] == "booked",
        "{card:#}"
    );
    let thing = format!("offer/{}", appointment.as_str().unwrap());
    anna.call("undo", json!({"thing": thing})).await;
    let card = anna.offered("/gp").await;
    assert_eq!(
        (&card["state"], &card["pending"]),
        (&json!("held"), &Value::Null)
    );
    let late = anna.attempt("undo", json!({"thing": thing})).await;
    assert_eq!(late.map_err(|error| error.code), Err("too-late".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_was_declined_or_moved_is_so_in_the_city() {
    let city = with_city(MORNING).await;
    let anna = Device::signed_in("anna", &city).await;
    cea(&city).await;
    let offer = anna.offered("/gp").await;
    let free = anna
        .call("other_times", json!({"appointment": offer["appointment"]}))
        .await;
    let chosen = &free.as_array().unwrap()[1];
    let change =
        json!({"appointment": offer["appointment"], "answer": "change", "slot": chosen["id"]});
    anna.call("answer_offer", change).await;
    anna.wait_out_undo();
    anna.call("sync", json!({})).await;
    let moved = anna
        .until(
            "calendar",
            json!({}),
            "the visit at the chosen time",
            |it| {
                it.as_array()
                    .unwrap()
                    .iter()
                    .any(|it| it["start"] == chosen["start"] && it["pending"].is_null())
            },
        )
        .await;
    assert_eq!(visits(&moved), [("booked".to_owned(), false)]);
    let booked = city.visits("anna", "booked").await;
    assert_eq!((booked.len(), &booked[0]["start"]), (1, &chosen["start"]));

    let decline =
        json!({"appointment": booked[0]["id"], "answer": "decline", "reason": "Я в отъезде"});
    anna.call("answer_offer", decline).await;
    anna.wait_out_undo();
    anna.call("sync", json!({})).await;
    anna.until("session", json!({}), "the answer is sent", |it| {
        it["waiting"] == 0
    })
    .await;
    assert_eq!(city.visits("anna", "booked").await, Vec::<Value>::new());
    anna.until_state("/gp", "declined").await;
}
