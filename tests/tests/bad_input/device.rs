//! Trouble of the device's own: a full disk, a damaged database, a lost key, a second start.

use super::{assert_refused, facts, underway};
use serde_json::json;
use std::{fs, path::PathBuf};
use vekha_testkit::{Device, assert_plain};

fn databases(anna: &Device) -> Vec<PathBuf> {
    let files = fs::read_dir(anna.data().join("accounts")).unwrap();
    let files = files.map(|it| it.unwrap().path());
    files
        .filter(|it| it.extension().is_some_and(|it| it == "db"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_is_told_where_the_first_one_is() {
    let it = underway().await;
    assert_refused(it.anna.second().await.map(drop), "second-instance");
    it.assert_nothing_lost().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_set_aside_and_what_was_not_sent_is_saved() {
    let mut it = underway().await;
    it.anna.kill();
    let database = databases(&it.anna).remove(0);
    let mut bytes = fs::read(&database).unwrap();
    assert!(bytes.len() > 16384, "there is something to damage");
    // Behind the first pages, where the unsent answers lie: those are the ones to be saved.
    let from = bytes.len() / 4 * 3;
    for byte in &mut bytes[from..from + 4096] {
        *byte ^= 0x5a;
    }
    fs::write(&database, &bytes).unwrap();
    it.anna.start().await;
    it.assert_said("damaged").await;
    let session = it.anna.read("session").await;
    assert_eq!(session["waiting"], 1, "{session:#}");
    assert_eq!(
        databases(&it.anna).len(),
        2,
        "the damaged one is still there"
    );
    it.anna.set_offline(false).await;
    it.anna
        .until("session", json!({}), "her answer is sent", |it| {
            it["waiting"] == 0
        })
        .await;
    // What was not sent goes first; only then is the rest read.
    it.anna.read("sync").await;
    assert!(
        facts(&it.anna).await.is_superset(&it.facts),
        "all is read again"
    );
    assert_eq!(it.city.visits("anna", "booked").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_no_database_at_all_is_set_aside_and_read_again() {
    let mut it = underway().await;
    it.anna.kill();
    let database = databases(&it.anna).remove(0);
    fs::write(&database, "это не база".repeat(1000)).unwrap();
    let _ = fs::remove_file(database.with_extension("db-wal"));
    it.anna.start().await;
    it.assert_said("damaged").await;
    it.anna.set_offline(false).await;
    it.anna
        .until("access", json!({}), "all is read again", |looks| {
            looks.is_array()
        })
        .await;
    it.anna.read("sync").await;
    assert!(facts(&it.anna).await.is_superset(&it.facts));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_lost_the_key_leaves_the_data_untouched_and_says_so() {
    let mut it = underway().await;
    it.anna.kill();
    let key = it.anna.host.swap_secret("database-key", "00".repeat(32));
    it.anna.start().await;
    it.assert_said("wrong-key").await;
    assert_eq!(it.anna.read("session").await["state"], "signed_out");
    assert_eq!(databases(&it.anna).len(), 1);
    it.anna.kill();
    it.anna.host.swap_secret("database-key", key.unwrap());
    it.anna.start().await;
    it.assert_nothing_lost().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_for_good_still_lets_her_begin_anew_beside_the_old_file() {
    let mut it = underway().await;
    it.anna.kill();
    it.anna.host.swap_secret("database-key", "00".repeat(32));
    it.anna.start().await;
    it.assert_said("wrong-key").await;
    it.anna.set_offline(false).await;
    it.anna.sign_in().await;
    assert_eq!(databases(&it.anna).len(), 2, "the old one is still there");
    assert!(facts(&it.anna).await.is_superset(&it.facts));
    let session = it.anna.read("session").await;
    assert!(session["problem"].is_null(), "{session:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_file_cut_short_by_a_crash_asks_to_sign_in_again_and_loses_nothing() {
    let mut it = underway().await;
    it.anna.kill();
    let account = it.anna.data().join("account.json");
    let text = fs::read(&account).unwrap();
    fs::write(&account, &text[..text.len() / 2]).unwrap();
    it.anna.start().await;
    let session = it.anna.read("session").await;
    assert_eq!(session["state"], "no_city");
    it.anna
        .call("connect_city", json!({"address": it.wire.url}))
        .await;
    it.anna.sign_in().await;
    it.assert_heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_nothing_is_lost() {
    let it = underway().await;
    it.anna.fill_disk();
    let question = json!({"text": "Слово ".repeat(500), "about": null});
    let mut refused = None;
    for _ in 0..50 {
        refused = it.anna.attempt("ask_human", question.clone()).await.err();
        if refused.is_some() {
            break;
        }
    }
    let refused = refused.unwrap();
    assert_eq!(refused.code, "disk-full");
    assert_plain(&json!(refused.message));
    for screen in ["session", "today", "path", "calendar", "me", "facts"] {
        it.anna.read(screen).await;
    }
    assert!(facts(&it.anna).await.is_superset(&it.facts));
}
