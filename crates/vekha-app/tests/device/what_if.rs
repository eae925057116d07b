//! The path that would be: what it draws, and what it keeps quiet about.

use crate::device::{Device, result, town};
use serde_json::{Value, json};

/// The turn of a pregnancy that is never held out.
const FEARED: &str = "considering";

fn supposed(kind: &str, field: &str, value: &Value) -> Value {
    json!({"facts": [{"missing": {"kind": kind, "field": field}, "value": value}]})
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().unwrap()
}

fn ids(of: &[Value]) -> Vec<&str> {
    of.iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn of_the_path_that_would_be_there_is_what_appears_and_what_moves_and_nothing_else() {
    let town = town();
    town.pregnancy("2026-11-20", "2026-10-05");
    let device = Device::signed_in(town).await;
    let before = device.read("path").await;
    let twins = supposed("pregnancy", "fetuses", &json!(2));
    let would = device.call("what_if", twins).await;

    let runs = list(&would, "runs");
    let pregnancy = runs.iter().find(|it| it["situation"] == "pregnancy");
    let steps = list(pregnancy.unwrap(), "steps");
    let drawn = ids(steps);
    assert!(drawn.contains(&"pregnancy:p1/scan_4w@1"), "{drawn:?}");
    assert!(drawn.contains(&"pregnancy:p1/leave"), "{drawn:?}");
    assert!(!drawn.contains(&"pregnancy:p1/screen1"), "{drawn:?}");
    let said = [ids(list(&would, "appears")), ids(list(&would, "moves"))].concat();
    assert!(drawn.iter().all(|id| said.contains(id)), "{drawn:?}");
    let leave = list(&would, "moves").iter();
    let mut leave = leave.filter(|it| it["id"] == "pregnancy:p1/leave");
    let on_the_path = steps.iter().find(|it| it["id"] == "pregnancy:p1/leave");
    assert_eq!(on_the_path.unwrap()["due"], leave.next().unwrap()["due"]);
    let turns = list(pregnancy.unwrap(), "forks");
    assert!(turns.iter().all(|it| it["taken"] == "yes"), "{turns:?}");

    let after = device.read("path").await;
    assert_eq!(after["runs"], before["runs"], "nothing is kept");
}

#[tokio::test]
async fn a_story_that_would_begin_is_on_the_path_that_would_be() {
    let device = Device::signed_in(town()).await;
    let moving = supposed("home.move", "date", &json!("2027-01-15"));
    let would = device.call("what_if", moving).await;
    let begins = ids(list(&would, "begins"));
    assert!(!begins.is_empty());
    let runs = list(&would, "runs");
    let begun = runs.iter().find(|it| it["id"] == begins[0]);
    assert!(!list(begun.unwrap(), "steps").is_empty(), "{would:#}");
    assert!(
        list(begun.unwrap(), "steps")
            .iter()
            .any(|it| it["due"].is_string())
    );
}

/// A pregnancy is a turn of what a marker began, and says what the marker may mean.
#[tokio::test]
async fn what_nobody_has_told_yet_is_told_by_nothing_pretended() {
    let town = town();
    result(&town);
    let device = Device::signed_in(town).await;
    let pregnant = || supposed("pregnancy", "lmp", &json!("2026-10-05"));
    let of_result = |would: &Value| {
        let runs = list(would, "runs").iter();
        let runs = runs.filter(|it| it["situation"] == "onco_suspicion");
        runs.cloned().collect::<Vec<_>>()
    };
    let would = device.call("what_if", pregnant()).await;
    assert!(!list(&would, "begins").is_empty(), "{would:#}");
    let text = would.to_string();
    assert!(!text.contains("показателей"), "a turn tells it: {text}");
    for run in of_result(&would) {
        assert_eq!(run["forks"], json!([]));
        for step in list(&run, "steps") {
            assert_ne!(step["state"], "upcoming", "{step:#}");
            assert_ne!(
                step["title"]["ru"],
                "Обсудить результат с врачом консультации"
            );
        }
    }

    device.call("set_setting", json!({"news": "app"})).await;
    let would = device.call("what_if", pregnant()).await;
    let text = would.to_string();
    assert!(text.contains("показателей"), "now it may be told: {text}");
    assert!(!of_result(&would).is_empty());
}

#[tokio::test]
async fn a_feared_turn_is_named_by_nothing_pretended() {
    let town = town();
    town.pregnancy("2026-11-20", "2026-10-05");
    let device = Device::signed_in(town).await;
    let considering = supposed("pregnancy.choice", "considering", &json!(true));
    let would = device.call("what_if", considering).await;
    let changes = ["appears", "moves", "stops"].map(|name| list(&would, name).len());
    assert_ne!(changes, [0, 0, 0], "{would:#}");
    for run in list(&would, "runs") {
        let turns = list(run, "forks").iter();
        let steps = list(run, "steps").iter();
        assert!(turns.clone().all(|it| it["feared"] == false), "{run:#}");
        assert!(steps.clone().all(|it| it["fork"] != FEARED), "{run:#}");
    }
    for words in ["Только по вашей просьбе", FEARED] {
        let text = would["turns"].to_string();
        assert!(!text.contains(words), "{text}");
    }
}
