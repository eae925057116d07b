use crate::town::town;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::collections::HashSet;

fn start(it: &Value) -> Timestamp {
    it["start"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_never_share_a_time() {
    let town = town().await;
    let who = ["anna", "maria", "irina", "galina", "pavel"];
    join_all((0..50).map(|at| town.cea(who[at % who.len()]))).await;
    let mut taken = HashSet::new();
    for resident in who {
        let device = town.sign_in(resident).await;
        for visit in device.get("offers").await.as_array().unwrap() {
            if ["pending", "booked"].contains(&visit["status"].as_str().unwrap()) {
                assert!(
                    taken.insert(visit["slot"].to_string()),
                    "a slot served twice"
                );
            }
        }
    }
    assert!(taken.len() >= who.len());
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_visit_for_one_time() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let visit = anna.visits("/gp", "pending").await.remove(0);
    let file = SqliteConnectOptions::new().filename(town.folder.path().join("city.sqlite"));
    let pool = SqlitePool::connect_with(file).await.unwrap();
    let copy = |step: &str, status: &str| {
        format!(
            "INSERT INTO appointments (id, subject, step, slot, service, status, starts, changed, body)
             SELECT 'second', 'maria', {step}, slot, service, '{status}', starts, changed, body
             FROM appointments WHERE id = ?"
        )
    };
    let insert = async |sql: String| {
        let id = visit["id"].as_str().unwrap().to_owned();
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .execute(&pool)
            .await
    };
    for status in ["proposed", "pending", "booked", "arrived", "fulfilled"] {
        let refused = insert(copy("NULL", status)).await.unwrap_err();
        let refused = refused.as_database_error().unwrap();
        assert!(refused.is_unique_violation(), "{status}: {refused}");
    }
    insert(copy("NULL", "cancelled")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_residents_race_for_one_time_and_one_wins() {
    let town = town().await;
    let (anna, maria) = (town.sign_in("anna").await, town.sign_in("maria").await);
    town.cea("anna").await;
    town.cea("maria").await;
    let hers = anna.visits("/gp", "pending").await.remove(0);
    let others = maria.visits("/gp", "pending").await.remove(0);
    let free = anna
        .get(&format!("offers/{}/slots", hers["id"].as_str().unwrap()))
        .await;
    let change = json!({"answer": "change", "slot": free[5]["id"]});
    let (one, two) = tokio::join!(
        anna.answer(&hers, change.clone()),
        maria.answer(&others, change)
    );
    let mut both = [one.0, two.0];
    both.sort();
    assert_eq!(both, [StatusCode::OK, StatusCode::CONFLICT]);
}

#[tokio::test]
async fn another_time_can_be_two_weeks_away() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let id = held["id"].as_str().unwrap();
    let free = anna.get(&format!("offers/{id}/slots")).await;
    let last = free.as_array().unwrap().last().unwrap();
    assert!(start(last).duration_since(start(&held)) > SignedDuration::from_hours(14 * 24));
}

#[tokio::test]
async fn nobody_is_given_two_visits_within_an_hour_even_where_they_ask_for_it() {
    let town = town().await;
    let boris = town.sign_in("boris").await;
    town.cea("boris").await;
    let held = boris.visits("", "pending").await;
    let (moved, kept) = (&held[0], &held[1]);
    let id = moved["id"].as_str().unwrap();
    let offered = boris.get(&format!("offers/{id}/slots")).await;
    let apart = |slot: &Value| {
        start(slot).duration_since(start(kept)).abs() >= SignedDuration::from_hours(1)
    };
    assert!(offered.as_array().unwrap().iter().all(apart));
    // The clinic has such times; they are only not for him.
    let service = moved["service"].as_str().unwrap();
    let free = boris
        .fhir(&format!(
            "Slot?status=free&service-type={service}&_count=200"
        ))
        .await;
    let near = free["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["resource"]);
    let near = near.into_iter().find(|slot| !apart(slot)).unwrap();
    let wanted = json!({"answer": "change", "slot": near["id"]});
    let (status, problem) = boris.answer(moved, wanted).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(problem["type"], "two-at-once");
    assert_eq!(boris.visits("", "pending").await, held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_changes_nothing_twice() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let path = format!("offers/{}/answer", held["id"].as_str().unwrap());
    let body = json!({"answer": "accept"}).to_string();
    let send = || anna.send(Method::POST, &path, "once", body.clone());
    let answers = join_all((0..10).map(|_| send())).await;
    assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
    assert_eq!(answers[0].0, StatusCode::OK);
    let other = json!({"answer": "decline"}).to_string();
    let (status, problem) = anna.send(Method::POST, &path, "once", other).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["type"], "idempotency-key-reused");
}

#[tokio::test]
async fn a_resident_agrees_to_the_time_they_saw_and_no_other() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    let held = anna.visits("/gp", "pending").await.remove(0);
    let other = json!({"answer": "accept", "start": "2026-11-23T19:30:00+03:00"});
    let (status, problem) = anna.answer(&held, other).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(problem["type"], "changed-meanwhile");
    assert_eq!(anna.visits("/gp", "pending").await.first(), Some(&held));
    // The same instant, written by another clock's offset.
    let seen: jiff::Timestamp = held["start"].as_str().unwrap().parse().unwrap();
    let seen = json!({"answer": "accept", "start": seen.to_string()});
    assert_eq!(anna.answer(&held, seen).await.0, StatusCode::OK);
}
