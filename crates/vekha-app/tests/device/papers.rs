use crate::device::{Device, town};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::fs;
use vekha_protocol::RecordKind;

#[tokio::test]
async fn a_saved_calendar_never_overwrites_another_and_names_no_illness() {
    let town = town();
    town.visit("v1", None, "booked", "2026-11-24T10:00:00+03:00", json!({}));
    let device = Device::signed_in(town).await;
    let first = device.call("save_ics", json!({})).await;
    let second = device.call("save_ics", json!({"id": "v1"})).await;
    let third = device.call("save_ics", json!({})).await;
    assert_ne!(first["path"], third["path"]);
    let text = fs::read_to_string(first["path"].as_str().unwrap()).unwrap();
    assert!(text.contains("SUMMARY:Приём в поликлинике"), "{text}");
    assert!(fs::exists(second["path"].as_str().unwrap()).unwrap());
    let unknown = device.attempt("save_ics", json!({"id": "nothing"})).await;
    assert_eq!(unknown.unwrap_err().code, "not-found");
}

#[tokio::test]
async fn an_export_holds_all_the_device_knows_but_the_news_a_person_has_yet_to_tell() {
    let town = town();
    town.pregnancy("2026-11-20", "2026-09-28");
    town.visit("v1", None, "booked", "2026-11-24T10:00:00+03:00", json!({}));
    crate::device::result(&town);
    let gp = "onco_suspicion:lab-1/gp";
    let said = json!({"step": gp, "outcome": "declined"});
    town.fact("o1", "step.outcome", "2026-11-23", "resident", said);
    let more = json!({"title": {"ru": "Приём онколога", "en": "An oncologist"}});
    town.visit("v2", Some(gp), "booked", "2026-11-25T10:00:00+03:00", more);
    let device = Device::signed_in(town).await;
    device
        .call("ask_human", json!({"text": "Мне неудобно по утрам."}))
        .await;
    let saved = device.call("save_export", json!({})).await;
    let text = fs::read_to_string(saved["path"].as_str().unwrap()).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&all["format"], &all["resident"]),
        (&json!("vekha-export/1"), &json!("anna"))
    );
    let facts = all["facts"].as_array().unwrap();
    let fact = |id: &str| facts.iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(fact("p1")["fields"]["lmp"], "2026-09-28");
    assert_eq!(all["appointments"][0]["id"], "v1");
    assert!(
        all["consents"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["id"] == "health-C2")
    );
    assert!(all["waiting"].to_string().contains("по утрам"), "{all:#}");
    let withheld: Vec<&Value> = facts
        .iter()
        .filter(|it| it["withheld"].is_object())
        .collect();
    assert_eq!(withheld.len(), 2);
    for frightening in ["РЭА", "CEA", "ng/mL", "onco", "онколог"] {
        assert!(!text.contains(frightening), "{frightening}: {text}");
    }
}

#[tokio::test]
async fn looks_of_one_second_stand_latest_first() {
    let town = town();
    for (id, at) in [("0a", "07:00:01"), ("0c", "07:00:00"), ("0b", "07:00:01")] {
        let look = json!({"id": id, "subject": "anna", "who": {"ru": "Врач", "en": "A doctor"}, "fact": null,
            "purpose": {"ru": "приём", "en": "a visit"}, "at": format!("2026-11-23T{at}Z")});
        town.tell(RecordKind::Access, id, look);
    }
    let device = Device::signed_in(town).await;
    let looks = device.call("access", json!({})).await;
    let ids: Vec<_> = looks
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    assert_eq!(ids, ["0b", "0a", "0c"]);
}

#[tokio::test]
async fn erasing_leaves_nothing_of_a_life_in_the_folder() {
    let device = Device::signed_in(town()).await;
    device.call("set_setting", json!({"language": "en"})).await;
    let session = device.read("erase").await;
    assert_eq!(
        (&session["state"], &session["language"]),
        (&json!("no_city"), &json!("en"))
    );
    let mut folders = vec![device.data.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = fs::read(entry.path()).unwrap();
            let kept = String::from_utf8_lossy(&bytes);
            assert!(
                !kept.contains("anna") && !kept.contains("test-town"),
                "{:?}",
                entry.path()
            );
        }
    }
}

#[tokio::test]
async fn closed_data_opens_with_the_right_passphrase_only() {
    let mut device = Device::signed_in(town()).await;
    device.lock_with("долгая дорога");
    device.start().await;
    assert_eq!(device.read("session").await["state"], "locked");
    let closed = device.attempt("today", json!({})).await.unwrap_err();
    assert_eq!((closed.code.as_str(), closed.status()), ("locked", 401));
    let wrong = device
        .attempt("unlock", json!({"passphrase": "короткая"}))
        .await;
    assert_eq!(wrong.unwrap_err().code, "wrong-passphrase");
    assert_eq!(device.read("session").await["state"], "locked");
    let session = device
        .call("unlock", json!({"passphrase": "долгая дорога"}))
        .await;
    assert_eq!(session["state"], "ready");
}

#[tokio::test]
async fn deadlines_are_told_at_most_once_a_day() {
    let town = town();
    let device = Device::signed_in(town.clone()).await;
    // A birth brings duties and rights with deadlines of their own.
    town.fact(
        "b1",
        "birth",
        "2026-11-23",
        "registry",
        json!({"date": "2026-11-23", "sex": "male", "children": 1}),
    );
    device.sync().await;
    for _ in 0..40 {
        let before = device.shown().len();
        device.advance(SignedDuration::from_hours(24));
        device.sync().await;
        // Looked at twice on the same day, as the app does every minute.
        device.sync().await;
        let shown = device.shown();
        assert!(shown.len() <= before + 1, "{:#?}", &shown[before..]);
    }
    assert!(device.shown().len() > 1, "{:#?}", device.shown());
}

#[tokio::test]
async fn what_the_city_owed_and_has_done_is_seen_though_it_left_no_paper() {
    let town = town();
    let birth = json!({"date": "2026-11-10", "sex": "male", "children": 1});
    town.fact("b1", "birth", "2026-11-10", "registry", birth);
    let device = Device::signed_in(town.clone()).await;
    let steps = device.steps("birth_registration").await;
    let titled = |it: &&Value| it["title"]["ru"].as_str().unwrap().contains("СНИЛС");
    let id = steps.iter().find(titled).unwrap()["id"].clone();
    let by_city = async || device.read("today").await["done_by_city"].to_string();
    assert!(!by_city().await.contains(id.as_str().unwrap()));

    let done = json!({"step": id, "outcome": "done"});
    town.fact("o1", "step.outcome", "2026-11-20", "city", done);
    device.sync().await;
    assert!(by_city().await.contains(id.as_str().unwrap()));
    // It is news for a month.
    device.advance(SignedDuration::from_hours(24 * 31));
    assert!(!by_city().await.contains(id.as_str().unwrap()));
}
