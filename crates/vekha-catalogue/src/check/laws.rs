//! Laws: every word of a citation has its English one.
use super::words::is_russian;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use vekha_lifepath::Problem;
use vekha_lifepath::source::{Citations, Source};

pub fn laws(source: &Source) -> Vec<Problem> {
    let mut cited = BTreeSet::new();
    let mut read = |file: &str, part: Value| laws_in(file, &part, &mut cited);
    for situation in &source.situations {
        read(
            &format!("situations/{}.yaml", situation.id),
            json(situation),
        );
    }
    read("screening.yaml", json(&source.screening));
    read("parameters.yaml", json(&source.parameters));
    read("reports.yaml", json(&source.reports));
    read("tasks.yaml", json(&source.tasks));
    if let Some((id, region)) = &source.region {
        read(&format!("regions/{id}.yaml"), json(region));
    }
    let citations = Citations::new(&source.laws);
    let mut problems = Vec::new();
    for (file, law) in cited {
        let english = citations.cite(&law).en;
        if is_russian(&english) {
            problems.push(Problem {
                file,
                near: law,
                text: format!("in English this law is “{english}”: add the words that are missing to laws.yaml"),
            });
        }
    }
    problems
}

fn json(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// Wherever a part names a law.
fn laws_in(file: &str, part: &Value, into: &mut BTreeSet<(String, String)>) {
    match part {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(law) if name == "law" => {
                        into.insert((file.to_owned(), law.clone()));
                    }
                    value => laws_in(file, value, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| laws_in(file, item, into)),
        _ => {}
    }
}
