//! How long one resident's plan takes with every situation of the catalogue, as ratios within one run.
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;
use vekha_lifepath::{Facts, plan};
use vekha_model::{Fact, Moment};

fn main() {
    if let Err(error) = measure() {
        eprintln!("the bench could not run: {error}");
        std::process::exit(2);
    }
}

fn measure() -> Result<(), Box<dyn std::error::Error>> {
    let now: Moment = "2026-12-21T14:00+03:00".parse()?;
    let full = Facts {
        resident: "anna".into(),
        facts: life()?,
    };
    let empty = Facts {
        resident: "anna".into(),
        facts: full.facts[..1].to_vec(),
    };
    let catalogue = vekha_catalogue::builtin();
    let steps = plan(catalogue, &full, now).steps.len();
    let whole = median(|| drop(black_box(plan(catalogue, black_box(&full), now))));
    let base = median(|| drop(black_box(plan(catalogue, black_box(&empty), now))));
    let copy = median(|| {
        black_box(plan_copy(catalogue, &full, now));
    });
    println!(
        "one resident, all situations ({steps} steps): {whole:.1} µs; of the 200 µs allowed: {:.2}",
        whole / 200.0
    );
    println!(
        "against a resident with a birth date only ({base:.1} µs): {:.2} times",
        whole / base
    );
    println!(
        "against writing that plan as JSON ({copy:.1} µs): {:.2} times",
        whole / copy
    );
    if whole >= 200.0 && !cfg!(debug_assertions) {
        return Err("planning took longer than 200 µs".into());
    }
    Ok(())
}

fn plan_copy(catalogue: &vekha_lifepath::Catalogue, facts: &Facts, now: Moment) -> usize {
    use std::sync::OnceLock;
    static PLAN: OnceLock<vekha_model::Plan> = OnceLock::new();
    let plan = PLAN.get_or_init(|| plan(catalogue, facts, now));
    serde_json::to_vec(plan).map_or(0, |bytes| bytes.len())
}

fn median(mut work: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..301)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

fn life() -> Result<Vec<Fact>, serde_json::Error> {
    let rows: [(&str, &str, Value); 9] = [
        (
            "person",
            "1996-05-01",
            json!({"birth_date": "1996-05-01", "sex": "female"}),
        ),
        ("habit.smoking", "2020-01-01", json!({"smoker": false})),
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
            "lab.result",
            "2026-11-23T10:00:00+03:00",
            json!({"code": "2039-6", "value": {"value": 12, "unit": "ng/mL"}, "high": {"value": 5, "unit": "ng/mL"}}),
        ),
        ("care.referral", "2026-11-24", json!({"to": "caop"})),
        ("onco.outcome", "2026-12-20", json!({"result": "malignant"})),
        (
            "diagnosis",
            "2026-12-21",
            json!({"code": "C50", "malignant": true}),
        ),
    ];
    rows.into_iter()
        .enumerate()
        .map(|(place, (kind, at, fields))| {
            serde_json::from_value(json!({"id": format!("f{place}"), "subject": "anna", "kind": kind, "at": at, "fields": fields}))
        })
        .collect()
}
