//! The pages say what the command prints.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// Runs the command as docs/plan.md writes it, on the fact that docs/facts.md shows.
fn printed(arguments: &[&str]) -> Output {
    let facts = page("facts.md");
    let example = facts
        .split("```json\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let example: Value = serde_json::from_str(example).unwrap();
    let born = json!({"kind": "person", "at": "1996-05-01", "fields": {"birth_date": "1996-05-01", "sex": "female"}});
    let odd = json!({"id": "odd", "kind": "horoscope", "at": "2026-01-01"});
    let referral =
        json!({"kind": "care.referral", "at": "2026-11-23T10:00+03:00", "fields": {"to": "caop"}});
    let file = json!({"resident": "anna", "facts": [example, born, odd, referral]});
    let path = std::env::temp_dir().join(format!(
        "vekha-pages-{}-{}.json",
        std::process::id(),
        arguments.len()
    ));
    std::fs::write(&path, file.to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .args(["plan", "--catalogue"])
        .arg(root().join("catalogue/ru"))
        .arg("--facts")
        .arg(&path)
        .args(["--now", "2026-11-23T10:00+03:00"])
        .args(arguments)
        .output()
        .unwrap();
    std::fs::remove_file(path).unwrap();
    output
}

/// The names in backticks in the row of the table that begins with `head`.
fn documented(head: &str) -> BTreeSet<String> {
    let page = page("plan.md");
    let row = page
        .lines()
        .find(|line| line.starts_with(&format!("| {head}")))
        .unwrap()
        .to_owned();
    let (_, says) = row.split_once(" | ").unwrap();
    let words = says.split('`').skip(1).step_by(2);
    let name = |word: &str| word.split(' ').next().unwrap_or_default().to_owned();
    words
        .map(name)
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

fn keys(of: &Value) -> BTreeSet<String> {
    of.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_field_of_the_json_is_in_the_table_and_none_besides() {
    let output = printed(&["--json"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
    let parts = [
        "now",
        "catalogue",
        "situations",
        "steps",
        "questions",
        "rejected",
    ];
    assert_eq!(keys(&plan), parts.map(str::to_owned).into());
    let run = plan["situations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|run| !run["forks"].as_array().unwrap().is_empty());
    let run = run.unwrap();
    assert_eq!(documented("`situations[]`"), keys(run));
    assert_eq!(documented("`situations[].forks[]`"), keys(&run["forks"][0]));
    assert_eq!(documented("`steps[]`"), keys(&plan["steps"][0]));
    assert_eq!(documented("`rejected[]`"), keys(&plan["rejected"][0]));
    let why = run["forks"][0]["why"][0].clone();
    assert_eq!(documented("`why[]`"), keys(&why));
    let missing = plan["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|step| step["missing"].get(0).cloned());
    assert_eq!(documented("`steps[].missing[]`"), keys(&missing.unwrap()));
    if let Some(question) = plan["questions"].get(0) {
        assert_eq!(documented("`questions[]`"), keys(question));
    }
}

/// What a command prints for files of facts, as JSON or as a table.
fn told(command: &str, facts: &Value, pretended: Option<&Value>, more: &[&str]) -> String {
    let dir = tempdir();
    let file = |name: &str, value: &Value| {
        let path = dir.join(name);
        std::fs::write(&path, value.to_string()).unwrap();
        path
    };
    let mut line = Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"));
    line.arg(command)
        .arg("--facts")
        .arg(file("facts.json", facts));
    if let Some(pretended) = pretended {
        line.arg("--what-if").arg(file("pretended.json", pretended));
    }
    let output = line.args(more).output().unwrap();
    std::fs::remove_dir_all(dir).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    [String::from_utf8(output.stdout).unwrap(), errors].concat()
}

fn tempdir() -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vekha-told-{}-{number}", std::process::id());
    let dir = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn anna(fetuses: u8) -> Value {
    json!({"resident": "anna", "facts": [
        {"id": "b", "kind": "person", "at": "1996-05-01", "fields": {"birth_date": "1996-05-01", "sex": "female"}},
        {"id": "p", "kind": "pregnancy", "at": "2026-11-23", "fields": {"lmp": "2026-10-05", "fetuses": fetuses}},
    ]})
}

#[test]
fn every_field_of_the_difference_and_of_the_life_line_is_in_its_table() {
    let now = ["--now", "2026-11-23", "--json"];
    let text = told("plan", &anna(1), Some(&anna(2)), &now);
    let difference: Value = serde_json::from_str(&text).unwrap();
    for part in ["forks", "moves"] {
        assert_eq!(
            documented(&format!("`{part}[]`")),
            keys(&difference[part][0]),
            "{part}"
        );
    }
    let life = ["--from", "1990-01-01", "--to", "2090-01-01", "--json"];
    let line: Value = serde_json::from_str(&told("life", &anna(1), None, &life)).unwrap();
    for part in ["milestones", "spans", "unborn"] {
        let mut documented = documented(&format!("`{part}[]`"));
        documented.retain(|name| name != "subject");
        assert_eq!(documented, keys(&line[part][0]), "{part}");
    }
}

#[test]
fn what_if_and_life_are_told_in_a_table_and_nothing_is_kept() {
    let what_if = told("plan", &anna(1), Some(&anna(2)), &["--now", "2026-11-23"]);
    for line in [
        "fork pregnancy:p/twins · no → yes",
        "~ pregnancy:p/leave · 2027-05-03 – 2027-05-03 → 2027-04-19 – 2027-04-19",
    ] {
        assert!(what_if.contains(line), "{what_if}");
    }
    let life = ["--from", "1990-01-01", "--to", "2090-01-01"];
    let line = told("life", &anna(1), None, &life);
    assert!(line.contains("~ 2041-05-01              Паспорт"), "{line}");
    let backwards = told(
        "life",
        &anna(1),
        None,
        &["--from", "2090-01-01", "--to", "1990-01-01"],
    );
    assert!(backwards.contains("lies before --from"), "{backwards}");
}

#[test]
fn pretended_facts_of_somebody_else_are_refused() {
    let mut other = anna(2);
    other["resident"] = "boris".into();
    let told = told("plan", &anna(1), Some(&other), &["--now", "2026-11-23"]);
    assert!(
        told.contains("both must be about the same resident"),
        "{told}"
    );
}

#[test]
fn the_example_of_the_page_starts_what_it_is_about() {
    let output = printed(&[]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(
        table.contains("onco_suspicion:f1 · active · t0 2026-11-23T10:00:00+03:00"),
        "{table}"
    );
    assert!(
        table.contains("! odd: Каталог не знает такого вида записи."),
        "{table}"
    );
    let onco = table
        .lines()
        .find(|line| line.trim_start().starts_with("onco "))
        .unwrap();
    assert!(onco.contains("2026-11-26"), "{onco}");
}

#[test]
fn the_vocabulary_on_the_page_is_what_the_command_prints() {
    let printed = Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .arg("vocabulary")
        .output()
        .unwrap();
    let table = String::from_utf8(printed.stdout).unwrap();
    assert!(table.contains("| `lab.result` | event |"), "{table}");
    assert!(
        page("facts.md").contains(&table),
        "docs/facts.md is not up to date: make gen writes it again"
    );
}
