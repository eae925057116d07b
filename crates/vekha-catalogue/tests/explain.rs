//! A step is explained by its window, its conditions and the facts behind them.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use serde_json::{Value, json};
use std::process::{Command, Output};

/// What the command says of a step on a day.
fn asked(step: &str, facts: Value, now: &str, more: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("facts.json");
    let born = json!({"id": "born", "kind": "person", "at": "1996-03-14", "fields": {"birth_date": "1996-03-14", "sex": "female"}});
    let mut all = vec![born];
    all.extend(facts.as_array().unwrap().clone());
    std::fs::write(&file, json!({"resident": "anna", "facts": all}).to_string()).unwrap();
    Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .args(["explain", step, "--now", now, "--facts"])
        .arg(&file)
        .args(more)
        .output()
        .unwrap()
}

fn told(step: &str, facts: Value, now: &str) -> String {
    let output = asked(step, facts, now, &[]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn explained(step: &str, facts: Value, now: &str) -> Value {
    let output = asked(step, facts, now, &["--json"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn result() -> Value {
    json!([{"id": "cea", "kind": "lab.result", "at": "2026-11-23T10:00+03:00",
        "source": {"kind": "laboratory", "name": {"ru": "Инвитро"}},
        "fields": {"code": "2039-6", "value": {"value": 12, "unit": "ng/mL"}, "high": {"value": 5.0, "unit": "ng/mL"}}}])
}

#[test]
fn a_tick_shows_the_fact_with_its_kind_date_source_and_value() {
    let told = told("gp", result(), "2026-11-23T12:00+03:00");
    assert!(told.contains("✓ Показатель выше границы"), "{told}");
    assert!(
        told.contains("lab.result cea 2026-11-23T10:00:00+03:00, laboratory «Инвитро»"),
        "{told}"
    );
    assert!(told.contains("value 12 ng/mL"), "{told}");
}

#[test]
fn a_window_is_told_from_its_anchor_by_its_bounds() {
    let explained = explained("onco_suspicion/gp", result(), "2026-11-23T12:00+03:00");
    let window = &explained["runs"][0]["steps"][0]["window"];
    assert_eq!(window["from"]["anchor"], "t0");
    assert_eq!(window["from"]["at"], "2026-11-23T10:00:00+03:00");
    assert_eq!(
        (&window["opens"], &window["closes"]),
        (&json!("+0h"), &json!("+24h"))
    );
    assert_eq!(window["moved"], Value::Null);
}

#[test]
fn a_last_day_that_moved_is_named_with_the_reason() {
    let birth = json!([{"id": "b", "kind": "birth", "at": "2026-04-10", "fields": {"date": "2026-04-10", "children": 1}}]);
    let told = told("birth_registration/zags", birth, "2026-04-12");
    assert!(told.contains("to 2026-05-12"), "{told}");
    assert!(
        told.contains("2026-05-10 is not a working day: moved"),
        "{told}"
    );
}

#[test]
fn forks_that_touch_the_step_say_how_and_whether_they_were_taken() {
    let explained = explained("onco_suspicion/gp", result(), "2026-11-23T12:00+03:00");
    let forks = explained["runs"][0]["forks"].as_array().unwrap();
    let fork = |id: &str| forks.iter().find(|one| one["fork"] == id);
    let benign = fork("benign").unwrap();
    assert_eq!(benign["touch"], json!(["cancels", "ends"]));
    assert_eq!(benign["taken"], "unknown");
    let child = fork("child").unwrap();
    assert_eq!(child["why"][0]["truth"], "no");
    assert_eq!(
        child["why"][0]["facts"][0]["fields"],
        json!({"birth_date": "1996-03-14", "sex": "female"})
    );
    assert_eq!(fork("declined"), None);
}

#[test]
fn a_step_that_only_a_fork_would_bring_shows_that_fork() {
    let explained = explained("refusal_paper", result(), "2026-11-23T12:00+03:00");
    let run = &explained["runs"][0];
    assert_eq!(run["steps"], json!([]));
    assert_eq!(run["forks"][0]["fork"], "declined");
    assert_eq!(run["forks"][0]["touch"], json!(["adds"]));
    assert_eq!(run["forks"][0]["taken"], "no");
}

#[test]
fn a_result_within_its_limit_shows_the_cross_that_kept_the_situation_from_starting() {
    let mut facts = result();
    facts[0]["fields"]["value"]["value"] = json!(3);
    let told = told("gp", facts, "2026-11-23T12:00+03:00");
    assert!(told.contains("onco_suspicion:cea · not_started"), "{told}");
    assert!(told.contains("✗ Показатель выше границы"), "{told}");
}

#[test]
fn a_unit_that_does_not_match_is_a_question_mark() {
    let mut facts = result();
    facts[0]["fields"]["value"]["unit"] = json!("mmol/L");
    let told = told("gp", facts, "2026-11-23T12:00+03:00");
    assert!(
        told.contains("? Единицы совпадают с границей")
            || told.contains("✗ Единицы совпадают с границей"),
        "{told}"
    );
    assert!(told.contains("onco_suspicion:cea · unknown"), "{told}");
}

#[test]
fn a_situation_that_nothing_began_says_what_would() {
    let told = told("onco_treatment/plan", json!([]), "2026-11-23");
    assert!(told.contains("onco_treatment · not begun"), "{told}");
    assert!(told.contains("No fact says diagnosis."), "{told}");
    assert!(told.contains("onco_suspicion/malignant"), "{told}");
}

#[test]
fn a_row_of_the_check_up_table_is_explained_like_any_other_step() {
    let explained = explained("adult_checkup/flg", json!([]), "2026-11-23");
    let step = &explained["runs"][0]["steps"][0];
    assert_eq!(step["window"]["closes"], "@12-31");
    assert_eq!(step["due"], "2026-12-31");
}

#[test]
fn each_occurrence_of_a_recurring_step_knows_whether_its_own_day_moved() {
    let account = json!([{"id": "a", "kind": "home.account", "at": "2026-11-01", "fields": {"since": "2026-11-01"}}]);
    let explained = explained("utilities_month/invoice", account, "2026-11-23");
    let steps = explained["runs"][0]["steps"].as_array().unwrap();
    let windows: Vec<_> = steps
        .iter()
        .map(|step| (&step["due"], &step["window"]["last"]))
        .collect();
    // 5 November is a Thursday, 5 December a Saturday.
    assert_eq!(windows[0], (&json!("2026-11-05"), &Value::Null));
    assert_eq!(windows[1], (&json!("2026-12-07"), &json!("2026-12-05")));
}

#[test]
fn an_unknown_step_is_refused_by_name() {
    let output = asked("onco_suspicion/gpp", json!([]), "2026-11-23", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no step “onco_suspicion/gpp”"));
}
