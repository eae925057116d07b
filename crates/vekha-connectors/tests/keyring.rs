//! The operating system's keyring, as another program sees it.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::process::Command;
use vekha_connectors::{Keyring, SecretPlace};

/// What `secret-tool` finds under this program's name.
fn found_by_another_program(service: &str) -> String {
    let found = Command::new("secret-tool")
        .args(["search", "--all", "service", service])
        .output()
        .expect("secret-tool is installed by scripts/setup test");
    let (out, err) = (found.stdout, found.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(&out),
        String::from_utf8_lossy(&err)
    )
}

#[test]
fn a_secret_lies_in_the_keyring_of_the_desktop_and_goes_from_there() {
    let service = "app.vekha.test.one";
    let folder = tempfile::tempdir().unwrap();
    let keyring = Keyring::of(service, folder.path()).unwrap();
    keyring.set("tokens", "zolotoy-klyuchik").unwrap();
    assert!(found_by_another_program(service).contains("zolotoy-klyuchik"));
    let started_again = Keyring::of(service, folder.path()).unwrap();
    assert_eq!(
        started_again.get("tokens").unwrap().as_deref(),
        Some("zolotoy-klyuchik")
    );
    SecretPlace::delete(&keyring, "tokens").unwrap();
    assert!(!found_by_another_program(service).contains("zolotoy-klyuchik"));
    assert_eq!(keyring.get("tokens").unwrap(), None);
}

#[test]
fn two_data_folders_never_see_each_others_secrets() {
    let service = "app.vekha.test.two";
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let keyring = |folder: &tempfile::TempDir| Keyring::of(service, folder.path()).unwrap();
    keyring(&one).set("database-key", "1").unwrap();
    assert_eq!(keyring(&other).get("database-key").unwrap(), None);
    SecretPlace::delete(&keyring(&other), "database-key").unwrap();
    assert_eq!(
        keyring(&one).get("database-key").unwrap().as_deref(),
        Some("1")
    );
    SecretPlace::delete(&keyring(&one), "database-key").unwrap();
}
