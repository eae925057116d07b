//! Before a catalogue is put in force, its author sees whose plans it changes.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};
use vekha_catalogue::builtin_files;

const ONCO: &str = "situations/onco_suspicion.yaml";
const GP: &str = "  - id: gp\n";

fn written(dir: &Path, change: impl Fn(&str, String) -> String) {
    for (name, text) in builtin_files() {
        let path = dir.join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, change(&name, text)).unwrap();
    }
}

/// Two residents: one with a result over its limit, one with nothing but a birthday.
fn population() -> String {
    let born = json!({"kind": "person", "at": "1996-03-14", "fields": {"birth_date": "1996-03-14", "sex": "female"}});
    let result = json!({"id": "cea", "kind": "lab.result", "at": "2026-11-23T10:00+03:00",
        "fields": {"code": "2039-6", "value": {"value": 12, "unit": "ng/mL"}, "high": {"value": 5.0, "unit": "ng/mL"}}});
    let anna = json!({"resident": "anna", "facts": [born, result]});
    let boris = json!({"resident": "boris", "facts": [born]});
    format!("{anna}\n{boris}\n")
}

/// What the command says once the built-in catalogue's `gp` step reads otherwise.
fn compared(change: impl Fn(String) -> String, population: &str, more: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old"), dir.path().join("new"));
    written(&old, |_, text| text);
    written(&new, |name, text| match name {
        ONCO => {
            let from = text.find(GP).unwrap();
            let to = text[from + 1..].find("\n  - id: ").unwrap() + from + 2;
            text[..from].to_owned() + &change(text[from..to].to_owned()) + &text[to..]
        }
        _ => text,
    });
    let file = dir.path().join("population.jsonl");
    std::fs::write(&file, population).unwrap();
    Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .arg("diff")
        .args([&old, &new])
        .arg("--population")
        .arg(&file)
        .args(["--now", "2026-11-23T12:00+03:00"])
        .args(more)
        .output()
        .unwrap()
}

fn objects(change: impl Fn(String) -> String) -> Vec<Value> {
    let output = compared(change, &population(), &["--json"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn later(step: String) -> String {
    let later = step.replace("\"+24h\"", "\"+48h\"");
    assert_ne!(later, step);
    later
}

#[test]
fn the_same_catalogue_changes_nobody() {
    let objects = objects(|step| step);
    assert_eq!(
        objects,
        [json!({"residents": 2, "changed": 0, "steps": {}})]
    );
}

#[test]
fn a_window_that_moves_shows_for_whom_and_from_when_to_when() {
    let objects = objects(later);
    assert_eq!(objects[0]["resident"], "anna");
    let change = &objects[0]["changes"][0];
    assert_eq!(change["what"], "moves");
    assert_eq!(change["step"], "onco_suspicion:cea/gp");
    assert_eq!(change["was"]["due"], "2026-11-24T10:00:00+03:00");
    assert_eq!(change["due"], "2026-11-25T10:00:00+03:00");
    let summary = objects.last().unwrap();
    assert_eq!(summary["changed"], 1);
    assert_eq!(
        summary["steps"]["onco_suspicion/gp"],
        json!({"appears": 0, "moves": 1, "stops": 0})
    );
}

#[test]
fn a_step_that_is_new_appears() {
    let objects = objects(|step| step.clone() + &step.replace("id: gp\n", "id: gp_again\n"));
    let whats: Vec<_> = objects[0]["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["what"], &one["step"]))
        .collect();
    assert_eq!(
        whats,
        [(&json!("appears"), &json!("onco_suspicion:cea/gp_again"))]
    );
}

#[test]
fn a_step_that_no_longer_applies_stops() {
    let never = "    when: [{id: old, if: \"person.age >= 60\", ru: \"60 и старше\", en: \"60 and older\"}]\n";
    let objects = objects(|step| step + never);
    assert_eq!(objects[0]["changes"][0]["what"], "stops");
    assert_eq!(objects[0]["changes"][0]["step"], "onco_suspicion:cea/gp");
}

#[test]
fn people_read_it_as_a_table_with_the_summary_last() {
    let output = compared(later, &population(), &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("2026-11-24T10:00:00+03:00 → "), "{text}");
    assert!(text.ends_with("1 of 2 residents\n"), "{text}");
}

#[test]
fn a_line_that_is_no_resident_is_named() {
    let output = compared(
        |line| line,
        "{\"resident\": \"anna\", \"facts\": []}\nnonsense\n",
        &[],
    );
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("population.jsonl:2:"), "{text}");
}
