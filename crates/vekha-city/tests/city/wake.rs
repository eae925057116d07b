use crate::town::{Device, town};
use futures::StreamExt;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// A device that listens: each wake-up, as it is heard, with all that came with it.
async fn listen(device: &Device) -> mpsc::UnboundedReceiver<String> {
    let answer = device.ask("events").await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let (heard, wakes) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut stream = answer.bytes_stream();
        let mut text = String::new();
        while let Some(Ok(bytes)) = stream.next().await {
            text.push_str(&String::from_utf8_lossy(&bytes));
            while let Some((event, rest)) = text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                text = rest;
                if !event.starts_with(':') && heard.send(event).is_err() {
                    return;
                }
            }
        }
    });
    wakes
}

async fn next(wakes: &mut mpsc::UnboundedReceiver<String>) -> Option<String> {
    let patience = Duration::from_secs(5);
    tokio::time::timeout(patience, wakes.recv()).await.ok()?
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_wakes_its_resident_within_a_second_and_nobody_else() {
    let town = town().await;
    let (anna, maria) = (town.sign_in("anna").await, town.sign_in("maria").await);
    let (mut hers, mut others) = (listen(&anna).await, listen(&maria).await);
    let began = Instant::now();
    town.cea("anna").await;
    let woken = next(&mut hers).await.unwrap();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
    println!("from the laboratory's first byte to the wake-up: {took:?}");
    assert!(woken.contains("event: wake"));
    for word in ["anna", "2039-6", "12", "lab", "gp"] {
        assert!(!woken.contains(word), "a wake-up says nothing: {woken}");
    }
    // What the wake-up promised is there already.
    assert_eq!(anna.visits("/gp", "pending").await.len(), 1);
    let silent = tokio::time::timeout(Duration::from_millis(500), others.recv()).await;
    assert!(silent.is_err(), "{silent:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cares_for_a_child_is_woken_for_the_child() {
    let town = town().await;
    let olga = town.sign_in("olga").await;
    let mut wakes = listen(&olga).await;
    town.tell("misha", "child.health", json!({"premature": true}))
        .await;
    assert!(next(&mut wakes).await.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_write_wakes_nobody() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let mut wakes = listen(&anna).await;
    let (status, _) = town
        .try_operate(
            "outcome",
            json!({"resident": "anna", "kind": "hologram", "fields": {}}),
        )
        .await;
    assert!(status.is_client_error());
    let silent = tokio::time::timeout(Duration::from_millis(500), wakes.recv()).await;
    assert!(silent.is_err(), "{silent:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_when_the_city_stops() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    let mut wakes = listen(&anna).await;
    town.running.shutdown.stop().await;
    assert_eq!(next(&mut wakes).await, None);
    let log = town.folder.path().join("city.sqlite-wal");
    assert!(!log.exists(), "who stops has closed the database");
}
