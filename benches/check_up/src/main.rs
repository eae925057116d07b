//! The adult check-up table alone: every row judged for every resident, with why, beside the rule engine `zen-engine` on the
//! same rows and the same residents in the same run. Both must find the same tests due.
use serde_json::{Value, json};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;
use vekha_catalogue::population::Town;
use vekha_lifepath::{Catalogue, CheckUpTable, Verdict};
use vekha_model::{Sex, Truth};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine};

/// Judging one resident may take this many microseconds.
const ALLOWED: f64 = 0.5;
const YEAR: i16 = 2026;
/// Years since a test that was never done, for an engine that knows no unknown.
const NEVER: i64 = 999;

struct Resident {
    sex: Sex,
    birth_year: i64,
    done: Vec<Option<i64>>,
}

fn main() {
    if let Err(error) = measure() {
        eprintln!("the bench could not run: {error}");
        std::process::exit(2);
    }
}

fn measure() -> Result<(), Box<dyn Error>> {
    let catalogue = vekha_catalogue::builtin();
    let table = catalogue.check_up_table();
    let residents = residents(&table, 20_000);
    let mut own: Vec<Verdict> = Vec::new();
    let ours = fastest(&residents, |one| {
        own.clear();
        let birth = Some(one.birth_year);
        own.extend(table.judge(Some(one.sex), birth, &one.done, YEAR.into()));
        black_box(&own);
    });
    let content: DecisionContent = serde_json::from_value(decision(catalogue)?)?;
    let mut zen = DecisionEngine::default().create_decision(content.into())?;
    zen.compile();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let tests: Vec<&str> = table.tests().map(|test| test.as_str()).collect();
    for one in residents.iter().take(2_000) {
        let expected: Vec<&str> = table
            .judge(Some(one.sex), Some(one.birth_year), &one.done, YEAR.into())
            .zip(&tests)
            .filter(|(verdict, _)| verdict.truth() == Truth::Yes)
            .map(|(_, test)| *test)
            .collect();
        let found = runtime.block_on(due(&zen, input(one, &tests)))?;
        if found != expected {
            return Err(format!("zen-engine finds {found:?} due, Vekha {expected:?}").into());
        }
    }
    let inputs: Vec<zen_engine::Variable> = residents
        .iter()
        .take(4_000)
        .map(|one| input(one, &tests).into())
        .collect();
    let theirs = fastest(&inputs, |one| {
        black_box(runtime.block_on(zen.evaluate(one.clone())).is_ok());
    });
    println!(
        "the check-up table: {ours:.3} µs a resident; of the {ALLOWED} µs of the table allowed {:.2}",
        ours / ALLOWED
    );
    println!(
        "zen-engine on the same table: {theirs:.2} µs a resident; the table's part of it {:.4}",
        ours / theirs
    );
    if ours >= ALLOWED && !cfg!(debug_assertions) {
        return Err(format!("judging took {ours:.3} µs, more than {ALLOWED}").into());
    }
    Ok(())
}

/// Adults of a made-up town, with the years of their last tests.
fn residents(table: &CheckUpTable<'_>, count: u64) -> Vec<Resident> {
    let today = vekha_model::Moment::Day("2026-11-23".parse().expect("a date"));
    let vekha_model::Moment::Day(today) = today else {
        unreachable!("a day")
    };
    let town = Town::new(7, today);
    let adults = (0..).filter_map(|number| {
        let facts = town.resident(number).facts;
        let person = &facts.iter().find(|fact| fact.kind == "person")?.fields;
        let birth_year: i64 = person["birth_date"].as_str()?.get(..4)?.parse().ok()?;
        (i64::from(YEAR) - birth_year >= 18).then(|| Resident {
            sex: if person["sex"] == "female" {
                Sex::Female
            } else {
                Sex::Male
            },
            birth_year,
            done: table
                .tests()
                .map(|test| {
                    let tests = facts.iter().filter(|fact| fact.kind == "screening.done");
                    let own = tests.filter(|fact| fact.fields["test"] == test.as_str());
                    own.filter_map(|fact| fact.at.to_string().get(..4)?.parse().ok())
                        .max()
                })
                .collect(),
        })
    });
    adults
        .take(usize::try_from(count).unwrap_or_default())
        .collect()
}

/// Microseconds each, of the fastest of several rounds: what else runs on the machine only ever adds.
fn fastest<T>(all: &[T], mut one: impl FnMut(&T)) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..15 {
        let start = Instant::now();
        all.iter().for_each(&mut one);
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / all.len() as f64);
    }
    best
}

async fn due(zen: &Decision, input: Value) -> Result<Vec<String>, Box<dyn Error>> {
    let answer = zen
        .evaluate(input.into())
        .await
        .map_err(|error| error.to_string())?;
    let answer: Value = answer.result.to_value();
    let rows = answer.as_array().cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .filter_map(|row| row["test"].as_str().map(str::to_owned))
        .collect())
}

fn input(one: &Resident, tests: &[&str]) -> Value {
    let since = tests.iter().zip(&one.done).map(|(test, done)| {
        let years = done.map_or(NEVER, |done| i64::from(YEAR) - done);
        ((*test).to_owned(), json!(years))
    });
    let sex = if one.sex == Sex::Female {
        "female"
    } else {
        "male"
    };
    json!({
        "sex": sex,
        "age": i64::from(YEAR) - one.birth_year,
        "since": Value::Object(since.collect()),
    })
}

/// The catalogue's table as a decision table: a row for each test, a column for sex, for age and for each test.
fn decision(catalogue: &Catalogue) -> Result<Value, Box<dyn Error>> {
    let source = catalogue
        .source()
        .screening
        .as_ref()
        .ok_or("the catalogue has no table")?;
    let mut columns = vec![
        json!({"id": "sex", "name": "sex", "field": "sex"}),
        json!({"id": "age", "name": "age", "field": "age"}),
    ];
    let mut rules = Vec::new();
    for test in &source.tests {
        let id = test.step.id.as_str();
        columns.push(json!({"id": id, "name": id, "field": format!("since.{id}")}));
        let sex = match test.sex {
            Some(Sex::Female) => "\"female\"",
            Some(Sex::Male) => "\"male\"",
            None => "",
        };
        let (from, to) = test.age.unwrap_or_default();
        let age = match &test.ages {
            Some(ages) => ages
                .iter()
                .map(i64::to_string)
                .collect::<Vec<_>>()
                .join(", "),
            None => format!("[{}..{}]", from.unwrap_or(0), to.unwrap_or(200)),
        };
        let mut rule = json!({"_id": id, "sex": sex, "age": age, "test": format!("\"{id}\"")});
        rule[id] = json!(format!(">= {}", test.every_y.unwrap_or(1)));
        rules.push(rule);
    }
    for rule in &mut rules {
        for column in &columns {
            let id = column["id"].as_str().unwrap_or_default();
            if rule[id].is_null() {
                rule[id] = json!("");
            }
        }
    }
    let table = json!({
        "hitPolicy": "collect",
        "inputs": columns,
        "outputs": [{"id": "test", "name": "test", "field": "test"}],
        "rules": rules,
    });
    Ok(json!({
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }))
}
