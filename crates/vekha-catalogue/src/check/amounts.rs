//! Amounts: each value says what lays it down and when it was compared with that.
use std::collections::BTreeMap;
use vekha_lifepath::Problem;
use vekha_lifepath::source::ParameterSource;

pub fn amounts(file: &str, amounts: &BTreeMap<String, ParameterSource>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, amount) in amounts {
        for value in &amount.values {
            let lacks = [
                ("law", value.law.is_none()),
                ("checked", value.checked.is_none()),
            ];
            for (lacking, _) in lacks.into_iter().filter(|(_, lacks)| *lacks) {
                let from = value.from;
                problems.push(Problem {
                    file: file.to_owned(),
                    near: format!("{name}:"),
                    text: format!("the value of “{name}” from {from} lacks {lacking}"),
                });
            }
        }
    }
    problems
}
