//! How long one resident's plan takes with every situation of the catalogue, as ratios of what is allowed.
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;
use vekha_lifepath::{Catalogue, Facts, Planning, plan};
use vekha_model::Moment;

/// Planning one resident may take this long.
const ALLOWED: f64 = 150.0;
/// And planning again after one more fact this long.
const ALLOWED_AGAIN: f64 = 30.0;

/// As in the programs that plan all day.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        ("a life", life()),
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
    again(catalogue, now)?;
    if worst >= ALLOWED && !cfg!(debug_assertions) {
        return Err(format!("planning took {worst:.1} µs, more than {ALLOWED}").into());
    }
    Ok(())
}

/// One more fact for somebody whose plan is known, against planning all anew.
fn again(catalogue: &Catalogue, now: Moment) -> Result<(), Box<dyn std::error::Error>> {
    let life = facts(&life())?;
    let whole = median(|| drop(black_box(plan(catalogue, black_box(&life), now))));
    let mut worst: f64 = 0.0;
    let outcome = json!({"step": "onco_treatment.y1", "outcome": "booked"});
    let cea = json!({"code": "2039-6", "value": {"value": 3, "unit": "ng/mL"}, "high": {"value": 5, "unit": "ng/mL"}});
    for (what, kind, fields) in [
        ("a laboratory result", "lab.result", cea),
        ("a step done", "step.outcome", outcome),
        (
            "a check-up test",
            "screening.done",
            json!({"test": "mammo"}),
        ),
        ("another job", "work", json!({"status": "self_employed"})),
        (
            "a new income",
            "income",
            json!({"within_regional_minimum": true}),
        ),
    ] {
        let mut fact = facts(&[(kind, "2026-12-21", fields)])?.facts.remove(0);
        fact.id = "new".into();
        let mut rounds: Vec<f64> = (0..501)
            .map(|_| {
                let mut planning = Planning::new(catalogue, &life, now);
                let start = Instant::now();
                black_box(planning.learn(black_box(&fact)));
                start.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        let again = middle(&mut rounds);
        println!(
            "planning again after {what}: {again:.1} µs; of the {ALLOWED_AGAIN} µs allowed again {:.2}, of a whole plan {:.2}",
            again / ALLOWED_AGAIN,
            again / whole
        );
        worst = worst.max(again);
    }
    if worst >= ALLOWED_AGAIN && !cfg!(debug_assertions) {
        return Err(format!("planning again took {worst:.1} µs, more than {ALLOWED_AGAIN}").into());
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
    middle(&mut rounds)
}

fn middle(rounds: &mut [f64]) -> f64 {
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

/// Two hundred facts: years of check-ups, results, jobs, homes and taxes under everything that happens at once.
fn life() -> Vec<Row> {
    let mut rows = everything();
    for (year, day) in YEARS {
        for step in ["invite", "stage1", "result"] {
            let fields = json!({"step": format!("adult_checkup.{step}"), "outcome": "done"});
            rows.push(("step.outcome", day, fields));
        }
        for test in ["flg", "pap", "gyn", "hcv"] {
            rows.push(("screening.done", day, json!({"test": test})));
        }
        let cea = json!({"code": "2039-6", "value": {"value": 2, "unit": "ng/mL"}, "high": {"value": 5, "unit": "ng/mL"}});
        rows.push(("lab.result", day, cea));
        let normal = json!({"test": "pap", "result": "nilm"});
        rows.push(("screening.result", day, normal));
        let status = if year % 3 == 0 {
            "student_fulltime"
        } else {
            "employed"
        };
        rows.push(("work", day, json!({"status": status})));
        rows.push(("home.account", day, json!({"since": day})));
        rows.push(("tax.property", day, json!({"owns": true, "relief": false})));
        rows.push((
            "income",
            day,
            json!({"within_regional_minimum": year % 2 == 0}),
        ));
    }
    let mut number = 0;
    while rows.len() < 200 {
        let kind = ["home.bill", "home.costs", "tax.notice"][number % 3];
        let fields = [
            json!({"wrong": false}),
            json!({"share": 12}),
            json!({"received": true}),
        ];
        rows.push((
            kind,
            YEARS[number % YEARS.len()].1,
            fields[number % 3].clone(),
        ));
        number += 1;
    }
    rows
}

const YEARS: [(u16, &str); 12] = [
    (2014, "2014-03-20"),
    (2015, "2015-03-20"),
    (2016, "2016-03-20"),
    (2017, "2017-03-20"),
    (2018, "2018-03-20"),
    (2019, "2019-03-20"),
    (2020, "2020-03-20"),
    (2021, "2021-03-20"),
    (2022, "2022-03-20"),
    (2023, "2023-03-20"),
    (2024, "2024-03-20"),
    (2025, "2025-03-20"),
];

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
