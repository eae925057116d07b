//! A made-up town, and what a city sees of it.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use std::process::Command;
use vekha_catalogue::builtin;
use vekha_catalogue::city::{Capacity, Summary, plan_all};
use vekha_catalogue::population::Town;
use vekha_lifepath::{Facts, Planning, plan};
use vekha_model::{Moment, StepState};

fn now() -> Moment {
    "2026-11-23T10:00+03:00".parse().unwrap()
}

fn town(seed: u64) -> Town {
    Town::new(seed, now().date_in(builtin().zone()))
}

fn people(seed: u64, count: u64) -> Vec<Facts> {
    (0..count)
        .map(|number| town(seed).resident(number))
        .collect()
}

fn summary(people: Vec<Facts>, capacity: &str) -> Summary {
    let capacity = Capacity::read(capacity, builtin()).unwrap();
    let residents = people.into_iter().map(Ok);
    plan_all(builtin(), residents, now(), &capacity, |_| {}).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_town_and_another_seed_another() {
    assert_eq!(people(1, 50), people(1, 50));
    assert_ne!(people(1, 50), people(2, 50));
}

#[test]
fn whatever_happens_in_the_town_the_catalogue_knows() {
    for facts in people(3, 600) {
        let rejected = plan(builtin(), &facts, now()).rejected;
        assert!(rejected.is_empty(), "{}: {rejected:?}", facts.resident);
    }
}

#[test]
fn a_plan_learns_any_life_of_the_town_fact_by_fact() {
    for facts in people(4, 120) {
        let mut known = Facts {
            resident: facts.resident.clone(),
            facts: facts.facts[..1].to_vec(),
        };
        let first = known.clone();
        let mut planning = Planning::new(builtin(), &first, now());
        for fact in &facts.facts[1..] {
            known.facts.push(fact.clone());
            let whole = plan(builtin(), &known, now());
            assert_eq!(
                planning.learn(fact),
                &whole,
                "{} {}",
                facts.resident,
                fact.kind
            );
        }
    }
}

#[test]
fn the_summary_counts_what_the_plans_hold() {
    let people = people(5, 700);
    let mut steps = 0;
    let mut overdue = 0;
    for facts in &people {
        let plan = plan(builtin(), facts, now());
        steps += plan.steps.len() as u64;
        let late = plan
            .steps
            .iter()
            .filter(|step| step.state == StepState::Overdue);
        overdue += late.count() as u64;
    }
    let summary = summary(people, "{}");
    let states = || summary.steps.values().flat_map(|steps| steps.values());
    let counted: u64 = states().flat_map(|count| count.states.values()).sum();
    let late = states().filter_map(|count| count.states.get(&StepState::Overdue));
    assert_eq!(summary.residents, 700);
    assert_eq!(counted, steps);
    assert_eq!(late.sum::<u64>(), overdue);
    let by_week: u64 = summary.due_by_week.values().sum();
    let by_month: u64 = summary.due_by_month.values().sum();
    assert_eq!(by_week, by_month);
}

#[test]
fn a_service_with_too_few_slots_is_named_with_the_month_and_one_with_enough_is_not() {
    let free = summary(people(6, 300), "adult_clinic: 1000000");
    let clinic = &free.services[&"adult_clinic".into()];
    assert!(clinic.wanted > 0);
    assert_eq!((clinic.short_from, clinic.lacking), (None, 0));
    let short = summary(people(6, 300), "adult_clinic: 0");
    let clinic = &short.services[&"adult_clinic".into()];
    assert_eq!(
        clinic.short_from.map(|month| month.to_string()),
        Some("2026-11".into())
    );
    assert_eq!(clinic.lacking, clinic.wanted);
    assert_eq!(short.services[&"child_clinic".into()].slots, None);
}

#[test]
fn a_service_nobody_knows_is_refused_by_name() {
    let error = Capacity::read("clinik: 5", builtin()).unwrap_err();
    assert!(error.contains("“clinik”"), "{error}");
}

#[test]
fn a_line_that_is_no_facts_file_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("town.jsonl");
    std::fs::write(
        &file,
        "{\"resident\": \"a\", \"facts\": []}\n{\"resident\": 5}\n",
    )
    .unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .args(["plan-city", "--now", "2026-11-23", "--facts"])
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("line 2"), "{said}");
}
