//! Two processes over one data folder, and one that is killed.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use jiff::Timestamp;
use std::{
    env,
    io::{BufRead, BufReader, Lines, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};
use uuid::Uuid;
use vekha_store::{FolderLock, Key, OpenError, Queued, Store, StoreError};

const FOLDER: &str = "VEKHA_TEST_FOLDER";
const KEY: &str = "VEKHA_TEST_KEY";

/// This very test in a process of its own, which prints a line after each thing it has done.
struct Other {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(test: &str, folder: &Path, key: &Key) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(FOLDER, folder)
            .env(KEY, key.to_hex())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, said }
    }

    /// The next of its own lines; the harness prints others.
    fn hear(&mut self) -> String {
        let line = self.said.find_map(|line| {
            let line = line.unwrap();
            line.split_once("said:").map(|(_, it)| it.trim().to_owned())
        });
        line.unwrap()
    }

    /// No farewell: SIGKILL.
    fn kill(mut self) -> Vec<String> {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.said
            .map_while(Result::ok)
            .filter_map(|line| line.split_once("said:").map(|(_, it)| it.trim().to_owned()))
            .collect()
    }
}

fn say(words: &str) {
    println!("said:{words}");
    std::io::stdout().flush().unwrap();
}

#[test]
fn a_second_process_is_told_apart_and_a_killed_one_leaves_no_lock() {
    if let Ok(folder) = env::var(FOLDER) {
        let _lock = FolderLock::take(Path::new(&folder)).unwrap();
        say("taken");
        thread::sleep(Duration::from_secs(60));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "a_second_process_is_told_apart_and_a_killed_one_leaves_no_lock";
    let mut first = Other::start(test, folder.path(), &Key::random());
    assert_eq!(first.hear(), "taken");
    assert!(matches!(
        FolderLock::take(folder.path()),
        Err(OpenError::SecondInstance)
    ));
    first.kill();
    FolderLock::take(folder.path()).unwrap();
}

#[test]
fn what_was_queued_before_a_kill_is_there_after_it() {
    if let Ok(folder) = env::var(FOLDER) {
        let key = Key::from_hex(&env::var(KEY).unwrap()).unwrap();
        let store = Store::open(Path::new(&folder), "anna", &key).unwrap().store;
        for number in 0.. {
            let queued = Queued {
                key: Uuid::new_v4(),
                thing: "question".into(),
                action: number.to_string(),
                not_before: None,
            };
            let body = "x".repeat(5000);
            store
                .write::<_, StoreError>(|tx| {
                    tx.put_record("fact", &number.to_string(), &body, 1)?;
                    tx.queue(&queued, Timestamp::UNIX_EPOCH)
                })
                .unwrap();
            say(&number.to_string());
        }
        return;
    }
    let (folder, key) = (tempfile::tempdir().unwrap(), Key::random());
    let mut other = Other::start(
        "what_was_queued_before_a_kill_is_there_after_it",
        folder.path(),
        &key,
    );
    while other.hear() != "300" {}
    let said = other.kill();
    let acknowledged = said.last().map_or(300, |it| it.parse::<usize>().unwrap());

    let opened = Store::open(folder.path(), "anna", &key).unwrap();
    assert!(opened.damaged.is_none());
    let store = opened.store;
    let kept = store.read(|tx| tx.outbox().all()).unwrap();
    assert!(
        kept.len() > acknowledged,
        "{} of {acknowledged}",
        kept.len()
    );
    let in_order = kept.iter().enumerate();
    assert!(
        in_order
            .into_iter()
            .all(|(number, row)| row.action == number.to_string())
    );
    let facts = store.read(|tx| tx.records().count("fact")).unwrap();
    assert_eq!(facts, kept.len() as u64, "a write is all or nothing");
}
