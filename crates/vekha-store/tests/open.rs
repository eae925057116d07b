//! Opening, closing, losing nothing.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use jiff::Timestamp;
use std::{fs, path::Path};
use uuid::Uuid;
use vekha_store::{FolderLock, Key, OpenError, Queued, Store, StoreError, Tag};

fn accept(offer: &str) -> Queued {
    Queued {
        key: Uuid::new_v4(),
        thing: format!("offer/{offer}"),
        action: "{}".into(),
        not_before: None,
    }
}

fn queue(store: &Store, offer: &str) {
    store
        .write::<_, StoreError>(|tx| tx.queue(&accept(offer), Timestamp::UNIX_EPOCH))
        .unwrap();
}

fn open(folder: &Path, key: &Key) -> vekha_store::Opened {
    Store::open(folder, "anna", key).unwrap()
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    queue(&open(folder.path(), &key).store, "1");
    let again = open(folder.path(), &key).store;
    assert_eq!(again.read(|tx| tx.outbox().all()).unwrap().len(), 1);
}

#[test]
fn a_file_let_go_of_can_be_erased_though_somebody_still_holds_the_store() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    queue(&store, "1");
    store.give_up().unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    store.read(|tx| tx.outbox().all()).unwrap_err();
    drop(store);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn nothing_of_it_can_be_read_in_the_file() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    store
        .write::<_, StoreError>(|tx| tx.put_record("fact", "1", r#"{"secret":"KARTOFEL"}"#, 1))
        .unwrap();
    drop(store);
    for file in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(
            !bytes
                .windows(8)
                .any(|window| window == b"KARTOFEL" || window == b"SQLite f")
        );
    }
}

#[test]
fn a_wrong_key_is_told_and_changes_nothing() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    queue(&open(folder.path(), &key).store, "1");
    assert!(matches!(
        Store::open(folder.path(), "anna", &Key::random()),
        Err(OpenError::WrongKey)
    ));
    assert_eq!(
        open(folder.path(), &key)
            .store
            .read(|tx| tx.outbox().all())
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_damaged_database_is_set_aside_and_a_new_one_begins() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let path = open(folder.path(), &key).store.path().to_owned();
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..600].fill(0);
    fs::write(&path, &bytes).unwrap();
    let opened = open(folder.path(), &key);
    let damaged = opened.damaged.unwrap();
    assert_eq!(fs::read(damaged.set_aside).unwrap(), bytes);
    assert!(!damaged.complete, "nobody can tell what was in it");
    queue(&opened.store, "1");
}

/// Unsent actions and own records as long as a page, among thousands of the city's; then a part of the file goes bad.
fn damaged_between(from: f64, to: f64) -> (tempfile::TempDir, vekha_store::Opened) {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    store
        .write::<_, StoreError>(|tx| {
            for n in 0..100 {
                let long = "x".repeat(3000);
                tx.put_record("fact", &format!("own-{n}"), &long, 0)?;
                tx.put_record("fact", &format!("their-{n}"), &long, 1)?;
                let action = Queued {
                    action: format!("\"{long}\""),
                    ..accept(&n.to_string())
                };
                tx.queue(&action, Timestamp::UNIX_EPOCH)?;
            }
            Ok(())
        })
        .unwrap();
    let path = store.path().to_owned();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let part = |of: f64| (bytes.len() as f64 * of) as usize;
    let (from, to) = (part(from), part(to));
    bytes[from..to].fill(7);
    fs::write(&path, &bytes).unwrap();
    let opened = open(folder.path(), &key);
    (folder, opened)
}

#[test]
fn what_exists_nowhere_else_is_saved_out_of_a_damaged_database() {
    for (from, to) in [(0.3, 0.32), (0.5, 0.52), (0.7, 0.72), (0.93, 0.95)] {
        let (_folder, opened) = damaged_between(from, to);
        let damaged = opened.damaged.unwrap();
        assert!(
            damaged.actions >= 90 && damaged.own >= 50,
            "what lies around the bad pages is saved: {damaged:?}"
        );
        let kept = opened.store.read(|tx| tx.outbox().all()).unwrap().len();
        assert_eq!(kept, damaged.actions);
        assert_eq!(
            opened.store.read(|tx| tx.records().count("fact")).unwrap(),
            damaged.own as u64,
            "what the city has is read again from the city"
        );
        let all = damaged.actions == 100 && damaged.own == 100;
        assert!(
            !damaged.complete || all,
            "what may be lost is said: {damaged:?}"
        );
    }
}

#[test]
fn after_a_failure_the_next_start_looks_at_every_page() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    let note = store.path().with_extension("sound");
    drop(store);
    assert!(note.exists());
    let store = open(folder.path(), &key).store;
    let failed = store.write(|_| Err::<(), _>(StoreError::Damaged));
    assert!(failed.is_err());
    assert!(!note.exists(), "should it be killed next");
    queue(&store, "1");
    drop(store);
    assert!(!note.exists());
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    queue(&store, "1");
    store.limit_pages(20).unwrap();
    let big = "x".repeat(1_000_000);
    let written = store.write::<_, StoreError>(|tx| {
        tx.queue(&accept("2"), Timestamp::UNIX_EPOCH)?;
        tx.put_record("fact", "big", &big, 1)
    });
    assert!(matches!(written, Err(StoreError::Full)), "{written:?}");
    assert_eq!(store.read(|tx| tx.outbox().all()).unwrap().len(), 1);
}

#[test]
fn a_second_instance_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let first = FolderLock::take(folder.path()).unwrap();
    assert!(matches!(
        FolderLock::take(folder.path()),
        Err(OpenError::SecondInstance)
    ));
    drop(first);
    FolderLock::take(folder.path()).unwrap();
}

#[test]
fn a_write_says_what_became_stale() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    let (_, tags) = store
        .write::<_, StoreError>(|tx| tx.put_record("access", "1", "{}", 1))
        .unwrap();
    assert_eq!(tags.into_iter().collect::<Vec<_>>(), [Tag::Me]);
}

#[test]
fn what_plans_are_made_from_makes_another_edition_and_only_a_record_makes_another_of_the_records() {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::random();
    let store = open(folder.path(), &key).store;
    let before = (store.edition(), store.edition_of_records());
    queue(&store, "a1");
    let queued = (store.edition(), store.edition_of_records());
    assert!(queued.0 != before.0 && queued.1 == before.1);
    let noted = |write: &vekha_store::Write<'_>| write.put_record("access", "a1", "{}", 1);
    store.write(noted).unwrap();
    assert_eq!(store.edition(), queued.0, "nobody plans with who looked");
    assert_ne!(store.edition_of_records(), queued.1);
    let put = |write: &vekha_store::Write<'_>| write.put_record("fact", "f1", "{}", 1);
    store.write(put).unwrap();
    let put = (store.edition(), store.edition_of_records());
    assert!(put.0 != queued.0 && put.1 != queued.1);
    store
        .write(|write| write.remove_record("fact", "f1"))
        .unwrap();
    assert_ne!(store.edition_of_records(), put.1);
}
