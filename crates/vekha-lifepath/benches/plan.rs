//! How long one resident's plan takes with every situation of the catalogue, as ratios of what is allowed.
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;
use vekha_lifepath::{Facts, plan};
use vekha_model::Moment;

/// Planning one resident may take this long.
const ALLOWED: f64 = 200.0;

type Row = (&'static str, &'static str, Value);

fn main() {
    if let Err(error) = measure() {
        eprintln!("the bench could not run: {error}");
        std::process::exit(2);
    }
}

fn measure() -> Result<(), Box<dyn std::error::Error>> {
    let catalogue = vekha_catalogue::builtin();
    let now: Moment = "2026-12-21T14:00+03:00".parse()?;
    let empty = facts(&born())?;
    let base = median(|| drop(black_box(plan(catalogue, black_box(&empty), now))));
    let mut worst: f64 = 0.0;
    for (who, rows) in [
        ("everything at once", everything()),
        ("like Anna, a result and a referral", anna()),
        ("like Maria, a pregnancy", maria()),
    ] {
        let facts = facts(&rows)?;
        let planned = plan(catalogue, &facts, now);
        let whole = median(|| drop(black_box(plan(catalogue, black_box(&facts), now))));
        println!(
            "{who}: {} facts, {} steps, {whole:.1} µs; of the {ALLOWED} µs allowed {:.2}, of a birth date alone {:.2}",
            facts.facts.len(),
            planned.steps.len(),
            whole / ALLOWED,
            whole / base
        );
        worst = worst.max(whole);
    }
    println!(
        "a birth date alone: {base:.1} µs; of the {ALLOWED} µs allowed {:.2}",
        base / ALLOWED
    );
    if worst >= ALLOWED && !cfg!(debug_assertions) {
        return Err(format!("planning took {worst:.1} µs, more than {ALLOWED}").into());
    }
    Ok(())
}

fn median(mut work: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..1001)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

fn born() -> Vec<Row> {
    let fields = json!({"birth_date": "1996-05-01", "sex": "female"});
    vec![("person", "1996-05-01", fields)]
}

fn anna() -> Vec<Row> {
    let done = |step: &str| json!({"step": format!("onco_suspicion.{step}"), "outcome": "done"});
    let limit = json!({"value": 5, "unit": "ng/mL"});
    let cea = json!({"code": "2039-6", "value": {"value": 12, "unit": "ng/mL"}, "high": limit});
    let mut rows = born();
    rows.extend([
        ("habit.smoking", "2020-01-01", json!({"smoker": false})),
        ("lab.result", "2026-11-23T10:00:00+03:00", cea),
        ("step.outcome", "2026-11-24", done("gp")),
        ("care.referral", "2026-11-24", json!({"to": "caop"})),
        ("step.outcome", "2026-11-27", done("onco")),
        ("care.order", "2026-11-27", json!({"what": "imaging"})),
        ("sample.received", "2026-11-30", json!({"what": "biopsy"})),
    ]);
    for step in ["invite", "stage1", "repro", "result"] {
        let fields = json!({"step": format!("adult_checkup.{step}"), "outcome": "done"});
        rows.push(("step.outcome", "2026-03-20", fields));
    }
    for test in ["flg", "pap", "gyn", "hcv"] {
        rows.push(("screening.done", "2026-03-20", json!({"test": test})));
    }
    rows
}

fn maria() -> Vec<Row> {
    let mut rows = born();
    rows.extend([
        (
            "pregnancy",
            "2026-11-20",
            json!({"lmp": "2026-10-05", "fetuses": 2}),
        ),
        (
            "pregnancy.registered",
            "2026-11-23",
            json!({"date": "2026-11-23"}),
        ),
        ("work", "2020-01-01", json!({"status": "employed"})),
        (
            "income",
            "2026-01-01",
            json!({"within_regional_minimum": true}),
        ),
        ("health.rh", "2020-01-01", json!({"factor": "negative"})),
    ]);
    rows
}

fn everything() -> Vec<Row> {
    let mut rows = anna();
    rows.extend([
        (
            "pregnancy",
            "2026-01-20",
            json!({"lmp": "2025-12-10", "fetuses": 1}),
        ),
        (
            "pregnancy.ended",
            "2026-03-10",
            json!({"date": "2026-03-10", "outcome": "loss"}),
        ),
        (
            "birth",
            "2026-06-01",
            json!({"date": "2026-06-01", "sex": "female", "children": 1}),
        ),
        (
            "onco.outcome",
            "2026-12-20",
            json!({"result": "malignant", "told_in_person": true}),
        ),
        (
            "diagnosis",
            "2026-12-21",
            json!({"code": "C50", "malignant": true}),
        ),
    ]);
    rows
}

fn facts(rows: &[Row]) -> Result<Facts, serde_json::Error> {
    let facts = rows.iter().enumerate().map(|(place, (kind, at, fields))| {
        serde_json::from_value(
            json!({"id": format!("f{place}"), "subject": "anna", "kind": kind, "at": at, "fields": fields}),
        )
    });
    Ok(Facts {
        resident: "anna".into(),
        facts: facts.collect::<Result<_, _>>()?,
    })
}
