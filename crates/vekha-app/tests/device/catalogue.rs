use crate::device::{Device, town};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey;
use jiff::SignedDuration;
use serde_json::Value;
use std::sync::OnceLock;
use vekha_catalogue::{Files, Pack, Signing, builtin_files, load_files};

const TITLE: &str = "Ежегодный осмотр";
const RENAMED: &str = "Осмотр в нашем городе";
/// As version 2026.12.2 has it.
const RENAMED_AGAIN: &str = "Осмотр со вторым ключом";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> String {
    URL_SAFE_NO_PAD.encode(key(seed).verifying_key().to_bytes())
}

/// The built-in catalogue with another name for the yearly check-up, so that one can see which one is in force.
fn files(version: &str) -> Files {
    let mut files = builtin_files();
    for (name, text) in &mut files {
        if name.ends_with("adult_checkup.yaml") {
            let name = match version {
                "2026.12.2" => RENAMED_AGAIN,
                _ => RENAMED,
            };
            *text = text.replace(TITLE, name);
        }
        if name == "catalogue.yaml" {
            let line = text.lines().find(|it| it.starts_with("version:")).unwrap();
            *text = text.replace(line, &format!("version: \"{version}\""));
        }
    }
    files
}

fn pack(seed: u8, version: &str, expires: &str) -> String {
    naming(seed, version, expires, &[])
}

/// A pack by the key of this seed that names the keys of others to follow it.
fn naming(seed: u8, version: &str, expires: &str, next: &[u8]) -> String {
    let id = |seed: u8| if seed == 9 { "town-2" } else { "town-1" };
    let keys = next
        .iter()
        .map(|next| (id(*next).to_owned(), public(*next)));
    let signing = Signing {
        key: &key(seed),
        key_id: id(seed),
        keys: &keys.collect(),
        issued: "2026-11-01T00:00:00Z".parse().unwrap(),
        expires: expires.parse().unwrap(),
    };
    Pack::sign(&load_files(&files(version)).unwrap(), &signing)
        .unwrap()
        .0
}

fn good() -> &'static str {
    static GOOD: OnceLock<String> = OnceLock::new();
    GOOD.get_or_init(|| pack(7, "2026.12.1", "2027-11-01T00:00:00Z"))
}

async fn checkup(device: &Device) -> String {
    let path = device.read("path").await;
    let runs = path["runs"].as_array().unwrap();
    let run = runs.iter().find(|it| it["situation"] == "adult_checkup");
    run.unwrap()["title"]["ru"].as_str().unwrap().to_owned()
}

fn problem(session: &Value) -> &str {
    session["problem"]["code"].as_str().unwrap_or_default()
}

async fn in_force(device: &Device, title: &str) {
    for _ in 0..400 {
        if checkup(device).await == title {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("“{title}” is not in force");
}

#[tokio::test]
async fn the_citys_signed_catalogue_is_planned_with_and_kept_for_the_next_start() {
    let town = town();
    town.set_catalogue(good(), &[("town-1", public(7))]);
    let mut device = Device::signed_in(town.clone()).await;
    in_force(&device, RENAMED).await;
    assert_eq!(problem(&device.read("session").await), "");
    town.set_offline(true);
    device.start().await;
    assert_eq!(checkup(&device).await, RENAMED);
}

#[tokio::test]
async fn a_key_hands_over_to_the_next_one_and_may_sign_no_more_when_it_is_named_no_more() {
    let until = "2027-11-01T00:00:00Z";
    let town = town();
    town.set_catalogue(
        &naming(7, "2026.12.1", until, &[7, 9]),
        &[("town-1", public(7))],
    );
    let device = Device::signed_in(town.clone()).await;
    in_force(&device, RENAMED).await;
    let hand_over = |pack: String| {
        let device = &device;
        let town = &town;
        async move {
            town.set_catalogue(&pack, &[("town-1", public(7))]);
            device.sync().await;
        }
    };
    hand_over(naming(9, "2026.12.2", until, &[9])).await;
    in_force(&device, RENAMED_AGAIN).await;
    hand_over(pack(7, "2026.12.3", until)).await;
    let refused = |session: &Value| problem(session) == "catalogue";
    device
        .until("session", "the old key signs no more", refused)
        .await;
    hand_over(pack(9, "2026.12.3", until)).await;
    in_force(&device, RENAMED).await;
}

#[tokio::test]
async fn what_cannot_be_trusted_is_told_and_the_last_good_one_stays() {
    let (head, rest) = {
        let pack = good();
        let (head, rest) = pack.split_at(400);
        (head.to_owned(), rest.to_owned())
    };
    let swapped = if rest.starts_with('A') { "B" } else { "A" };
    let tampered = format!("{head}{swapped}{}", &rest[1..]);
    let bad = [
        ("tampered", tampered),
        ("unsigned", "{}".to_owned()),
        ("another key", pack(8, "2026.12.2", "2027-11-01T00:00:00Z")),
        ("expired", pack(7, "2026.12.2", "2026-11-20T00:00:00Z")),
        ("rolled back", pack(7, "2026.11.30", "2027-11-01T00:00:00Z")),
    ];
    let town = town();
    town.set_catalogue(good(), &[("town-1", public(7))]);
    let device = Device::signed_in(town.clone()).await;
    in_force(&device, RENAMED).await;
    for (what, pack) in bad {
        town.set_catalogue(&pack, &[("town-1", public(7))]);
        device.sync().await;
        device
            .until("session", what, |it| problem(it) == "catalogue")
            .await;
        assert_eq!(checkup(&device).await, RENAMED, "{what}");
        town.set_catalogue(good(), &[("town-1", public(7))]);
        device.sync().await;
        device
            .until("session", "all is well again", |it| problem(it).is_empty())
            .await;
    }
}

#[tokio::test]
async fn a_first_catalogue_that_cannot_be_trusted_leaves_the_built_in_one() {
    let town = town();
    town.set_catalogue(
        &pack(8, "2026.12.1", "2027-11-01T00:00:00Z"),
        &[("town-1", public(7))],
    );
    let device = Device::signed_in(town).await;
    let session = device
        .until("session", "said", |it| problem(it) == "catalogue")
        .await;
    assert!(
        !session["problem"]["message"]["ru"]
            .as_str()
            .unwrap()
            .is_empty()
    );
    assert_eq!(checkup(&device).await, TITLE);
}

#[tokio::test]
async fn keys_are_those_of_the_day_the_city_was_connected() {
    let town = town();
    town.set_catalogue(good(), &[("town-1", public(7))]);
    let device = Device::signed_in(town.clone()).await;
    in_force(&device, RENAMED).await;
    // Somebody who controls the manifest brings a key of their own.
    town.set_catalogue(
        &pack(8, "2026.12.9", "2027-11-01T00:00:00Z"),
        &[("town-1", public(8))],
    );
    device
        .call(
            "connect_city",
            serde_json::json!({"address": "city.example"}),
        )
        .await;
    device.sync().await;
    device
        .until("session", "refused", |it| problem(it) == "catalogue")
        .await;
}

#[tokio::test]
async fn a_kept_catalogue_that_expires_offline_is_used_on_and_that_is_said() {
    let town = town();
    town.set_catalogue(
        &pack(7, "2026.12.1", "2026-12-01T00:00:00Z"),
        &[("town-1", public(7))],
    );
    let mut device = Device::signed_in(town.clone()).await;
    in_force(&device, RENAMED).await;
    town.set_offline(true);
    device.advance(SignedDuration::from_hours(24 * 20));
    device.start().await;
    assert_eq!(checkup(&device).await, RENAMED);
    assert_eq!(problem(&device.read("session").await), "catalogue");
}

#[tokio::test]
async fn a_damaged_kept_catalogue_gives_way_to_the_built_in_one_and_is_fetched_again() {
    let town = town();
    town.set_catalogue(good(), &[("town-1", public(7))]);
    let mut device = Device::signed_in(town.clone()).await;
    in_force(&device, RENAMED).await;
    let kept = std::fs::read_dir(device.data.path().join("catalogue")).unwrap();
    for file in kept {
        std::fs::write(file.unwrap().path(), "broken").unwrap();
    }
    town.set_offline(true);
    device.start().await;
    assert_eq!(checkup(&device).await, TITLE);
    assert_eq!(problem(&device.read("session").await), "catalogue");
    town.set_offline(false);
    device.sync().await;
    in_force(&device, RENAMED).await;
}
