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
    assert_eq!(fs::read(opened.set_aside.unwrap()).unwrap(), bytes);
    queue(&opened.store, "1");
}

#[test]
fn unsent_actions_are_saved_out_of_a_damaged_database() {
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let store = open(folder.path(), &key).store;
    store
        .write::<_, StoreError>(|tx| {
            for n in 0..400 {
                tx.put_record("fact", &n.to_string(), &"x".repeat(2000), 1)?;
            }
            tx.queue(&accept("1"), Timestamp::UNIX_EPOCH)
        })
        .unwrap();
    let path = store.path().to_owned();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[end / 2..end / 2 + 20_000].fill(7);
    fs::write(&path, &bytes).unwrap();
    let opened = open(folder.path(), &key);
    assert!(opened.set_aside.is_some());
    assert_eq!(opened.salvaged, 1);
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
