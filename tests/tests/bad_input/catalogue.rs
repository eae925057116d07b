//! A catalogue whose signature fails: the last good one stays in force, and that is said.

use super::{facts, underway};
use crate::plans::of_path;
use serde_json::json;
use vekha_testkit::Fault;

const CATALOGUE: &str = "/city/v1/catalogue";

/// The pack the city gives, changed on its way.
async fn is_refused(change: impl FnOnce(String) -> String) {
    let mut it = underway().await;
    let before = of_path(&it.anna.read("path").await);
    let pack = it.city.text(CATALOGUE).await;
    assert_eq!(pack.matches('.').count(), 2, "it is signed");
    it.anna.kill();
    let changed = change(pack).into_bytes();
    it.wire
        .fault(CATALOGUE, Fault::Answer(200, "application/jose", changed));
    it.anna.start().await;
    it.anna.set_offline(false).await;
    it.assert_said("catalogue").await;
    let after = of_path(&it.anna.read("path").await);
    let runs = |of: &std::collections::BTreeMap<_, _>| of.keys().cloned().collect::<Vec<String>>();
    assert_eq!(
        runs(&before),
        runs(&after),
        "the plan goes on by the last good one"
    );
    assert!(facts(&it.anna).await.is_superset(&it.facts));

    it.wire.heal();
    it.anna.kill();
    it.anna.start().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_changed_on_its_way_is_refused() {
    is_refused(|pack| {
        let middle = pack.len() / 2;
        let other = if pack[middle..].starts_with('A') {
            "B"
        } else {
            "A"
        };
        format!("{}{other}{}", &pack[..middle], &pack[middle + 1..])
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_without_its_signature_is_refused() {
    is_refused(|pack| pack.rsplit_once('.').unwrap().0.to_owned()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_signed_by_somebody_else_is_refused() {
    let other = vekha_testkit::with_city(crate::MORNING).await;
    let theirs = other.text(CATALOGUE).await;
    is_refused(|_| theirs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_place_of_the_catalogue_is_refused() {
    is_refused(|_| "<!doctype html><h1>Oops</h1>".to_owned()).await;
}

/// Offline, the kept one is checked again at every start.
#[tokio::test(flavor = "multi_thread")]
async fn a_kept_catalogue_damaged_on_the_disk_is_not_planned_with() {
    let mut it = underway().await;
    it.anna.set_offline(false).await;
    let folder = it.anna.data().join("catalogue");
    let kept = || {
        let files = std::fs::read_dir(&folder).ok()?;
        let mut files = files.filter_map(Result::ok).map(|it| it.path());
        files.find(|it| it.extension().is_some_and(|it| it == "jws"))
    };
    for _ in 0..400 {
        if kept().is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    it.anna.set_offline(true).await;
    it.anna.kill();
    let path = kept().unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] = if bytes[middle] == b'A' { b'B' } else { b'A' };
    std::fs::write(&path, bytes).unwrap();
    it.anna.start().await;
    it.assert_said("catalogue").await;
    assert!(
        !of_path(&it.anna.read("path").await).is_empty(),
        "the built-in one stands in"
    );
    it.anna.set_offline(false).await;
    it.anna
        .until("session", json!({}), "sent anew", |it| {
            it["problem"].is_null()
        })
        .await;
}
