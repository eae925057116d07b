//! An editor with the schemas says of a catalogue's file what the loader would say.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vekha_catalogue::builtin_files;
use vekha_catalogue::schema::{schema_for, schemas};

fn validators() -> BTreeMap<&'static str, Validator> {
    let validator = |schema: schemars::Schema| jsonschema::draft202012::new(schema.as_value());
    schemas()
        .into_iter()
        .map(|(name, schema)| (name, validator(schema).unwrap()))
        .collect()
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/schema")
}

#[test]
fn the_schemas_beside_the_catalogue_are_those_of_the_types() {
    for (name, schema) in schemas() {
        let text = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        let written: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            &written,
            schema.as_value(),
            "catalogue/schema/{name}.json is not up to date: make gen writes it again"
        );
    }
    assert_eq!(
        std::fs::read_dir(folder()).unwrap().count(),
        schemas().len()
    );
}

#[test]
fn every_built_in_file_follows_its_schema() {
    let validators = validators();
    let mut wrong = Vec::new();
    for (file, text) in builtin_files()
        .iter()
        .filter(|(file, _)| file.ends_with(".yaml"))
    {
        let schema = schema_for(file).unwrap_or_else(|| panic!("{file} has no schema"));
        let value = yaml(text);
        let errors = validators[schema].iter_errors(&value);
        wrong.extend(errors.map(|error| format!("{file}: {}: {error}", error.instance_path())));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_file_that_names_its_schema_names_the_right_one() {
    for (file, text) in builtin_files() {
        let Some(rest) = text.strip_prefix("# yaml-language-server: $schema=") else {
            continue;
        };
        let named = rest.lines().next().unwrap();
        let schema = schema_for(&file).unwrap();
        let up = "../".repeat(file.matches('/').count() + 1);
        assert_eq!(named, format!("{up}schema/{schema}.json"), "{file}");
    }
}

#[test]
fn a_misspelt_key_follows_no_schema() {
    let validators = validators();
    for (file, text) in builtin_files()
        .iter()
        .filter(|(file, _)| file.ends_with(".yaml"))
    {
        let mut value = yaml(text);
        value["tittle"] = json!({"ru": "Опечатка", "en": "A slip"});
        let schema = schema_for(file).unwrap();
        assert!(!validators[schema].is_valid(&value), "{file}");
    }
}

/// Whether a built-in file still follows its schema once `was` reads `is`.
fn follows(file: &str, was: &str, is: &str) -> bool {
    let files = builtin_files();
    let text = &files[file];
    assert!(text.contains(was), "{file} has no {was}");
    let text = text.replacen(was, is, 1);
    validators()[schema_for(file).unwrap()].is_valid(&yaml(&text))
}

#[test]
fn mistakes_deep_inside_are_found_too() {
    let pregnancy = "situations/pregnancy.yaml";
    assert!(follows(pregnancy, "deadline: ", "deadline: "));
    assert!(!follows(pregnancy, "deadline: ", "dedline: "));
    assert!(!follows(pregnancy, "action: book", "action: buy"));
    assert!(!follows(pregnancy, "window: [\"", "window: [\"soon"));
    assert!(!follows("screening.yaml", "every_y: ", "every_years: "));
    assert!(!follows("reports.yaml", "kind: safe", "kind: sage"));
    assert!(!follows("tasks.yaml", "safety: low", "safety: lowest"));
    assert!(!follows(
        "situations/pregnancy.cases.yaml",
        "kind: ",
        "kinds: "
    ));
    assert!(!follows("parameters.yaml", "value: ", "amount: "));
}

#[test]
fn a_facts_file_follows_its_schema_and_a_slip_in_it_does_not() {
    let facts = &validators()["facts"];
    let file = json!({"resident": "anna", "facts": [{"kind": "person", "at": "1996-03-14", "fields": {"sex": "female"}}]});
    assert!(facts.is_valid(&file));
    let mut slip = file.clone();
    slip["facts"][0]["when"] = json!("1996-03-14");
    assert!(!facts.is_valid(&slip));
    let mut no_date = file;
    no_date["facts"][0]["at"] = json!("last spring");
    assert!(!facts.is_valid(&no_date));
}
