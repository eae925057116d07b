//! However many answer at once: each time is given once.

use crate::{MORNING, list};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};
use tokio::task::JoinSet;
use vekha_testkit::{City, Device, with_city};

/// Five who get a result now, three whose visit is held already.
const PEOPLE: [&str; 8] = [
    "anna", "maria", "olga", "irina", "galina", "oleg", "viktor", "boris",
];
const DEVICES: usize = 2;
const ANSWERS: usize = 4;

/// Sixteen devices, two for each of eight residents, four answers each, all of them wanting the same few times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_answers_at_once_and_no_time_is_given_twice() {
    let city = with_city(MORNING).await;
    for who in &PEOPLE[..5] {
        let body =
            json!({"resident": who, "code": "24108-3", "value": 90, "unit": "U/mL", "high": 37.0});
        city.operate("lab-result", body).await;
    }
    let mut signing = JoinSet::new();
    let city = Arc::new(city);
    for place in 0..PEOPLE.len() * DEVICES {
        let city = Arc::clone(&city);
        signing.spawn(async move {
            let device = Device::signed_in(PEOPLE[place % PEOPLE.len()], &city).await;
            let offer = device.offered("/gp").await;
            (device, offer["appointment"].clone())
        });
    }
    let mut at_once = JoinSet::new();
    for (place, (device, appointment)) in signing.join_all().await.into_iter().enumerate() {
        at_once.spawn(async move {
            let mut taken = 0;
            for turn in 0..ANSWERS {
                taken += usize::from(answered(&device, &appointment, place + turn).await);
            }
            taken
        });
    }
    let taken: usize = at_once.join_all().await.iter().sum();
    assert!(taken >= PEOPLE.len(), "{taken} answers were taken");
    assert_once(&city).await;
}

/// Accepts, or wants the first free time as everybody else does. Another device may have been faster: that is said.
async fn answered(device: &Device, appointment: &Value, turn: usize) -> bool {
    let mut answer = json!({"appointment": appointment, "answer": "accept"});
    if turn % 2 == 1 {
        let free = device
            .call("other_times", json!({"appointment": appointment}))
            .await;
        let first = free.as_array().and_then(|it| it.first()).cloned();
        answer = json!({"appointment": appointment, "answer": "change", "slot": first.unwrap_or_default()["id"]});
    }
    let taken = device.attempt("answer_offer", answer).await.is_ok();
    device.wait_out_undo();
    device.read("sync").await;
    device
        .until("session", json!({}), "answered", |it| it["waiting"] == 0)
        .await;
    let today = device.read("today").await;
    for card in list(&today, "waiting") {
        vekha_testkit::assert_plain(&card["refused"]);
    }
    taken
}

async fn assert_once(city: &City) {
    let state = city.state().await;
    let stands = |it: &&Value| it["status"] == "booked" || it["status"] == "pending";
    let visits: Vec<&Value> = list(&state, "appointments").iter().filter(stands).collect();
    let mut own = BTreeSet::new();
    for visit in &visits {
        let key = format!("{} {}", visit["resident"], visit["start"]);
        assert!(
            own.insert(key),
            "two visits of one resident at one time: {visit:#}"
        );
    }
    let booked = visits.iter().filter(|it| {
        it["status"] == "booked" && it["step"].as_str().is_some_and(|id| id.ends_with("/gp"))
    });
    assert_eq!(booked.count(), PEOPLE.len());
    // A time stands for one visit: as many times are taken as visits stand.
    assert_eq!(state["slots_taken"], visits.len());
}
