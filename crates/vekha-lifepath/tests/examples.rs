//! The worked examples of the life path, date by date.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod people;

use people::{alive, cea, fact, moment, plan, woman_of_30};
use serde_json::json;
use vekha_model::{Fact, FactStatus, Plan, PlannedStep, SituationState, StepState};

const NOW: &str = "2026-11-23T10:00+03:00";

fn done(id: &str, step: &str, at: &str) -> Fact {
    fact(
        id,
        "step.outcome",
        at,
        json!({"step": format!("onco_suspicion.{step}"), "outcome": "done"}),
    )
}

fn step<'a>(plan: &'a Plan, id: &str) -> &'a PlannedStep {
    plan.steps
        .iter()
        .find(|step| step.id.as_str() == id)
        .unwrap_or_else(|| panic!("no step {id}"))
}

fn situation(plan: &Plan, key: &str) -> Option<SituationState> {
    plan.situations
        .iter()
        .find(|run| run.situation.as_str() == key)
        .map(|run| run.state)
}

#[test]
fn a_result_over_the_limit_gives_every_date_of_the_example() {
    let facts = [
        woman_of_30(),
        cea(12.0, "ng/mL"),
        done("gp", "gp", "2026-11-24T09:00:00+03:00"),
        fact(
            "referral",
            "care.referral",
            "2026-11-24T10:00:00+03:00",
            json!({"to": "caop"}),
        ),
        done("visit", "onco", "2026-11-27T12:00:00+03:00"),
        fact(
            "order",
            "care.order",
            "2026-11-27T13:00:00+03:00",
            json!({"what": "imaging"}),
        ),
        fact(
            "sample",
            "sample.received",
            "2026-11-30T12:00:00+03:00",
            json!({"what": "biopsy"}),
        ),
        fact(
            "answer",
            "histology.result",
            "2026-12-21T12:00:00+03:00",
            json!({"result": "malignant"}),
        ),
        fact(
            "diagnosis",
            "diagnosis",
            "2026-12-21T13:00:00+03:00",
            json!({"code": "C50", "malignant": true}),
        ),
    ];
    let first = plan(&facts[..2], NOW);
    assert_eq!(
        step(&first, "onco_suspicion:cea/gp").due,
        Some(moment("2026-11-24T10:00+03:00"))
    );
    assert_eq!(step(&first, "onco_suspicion:cea/gp").state, StepState::Open);
    let last = plan(&facts, "2026-12-21T14:00+03:00");
    for (key, due) in [
        ("onco", "2026-11-27"),
        ("biopsy", "2026-11-30"),
        ("imaging", "2026-12-08"),
        ("histology", "2026-12-21"),
        ("register", "2026-12-24"),
        ("treat", "2026-12-30"),
    ] {
        let found = step(&last, &format!("onco_suspicion:cea/{key}"));
        assert_eq!(found.due, Some(moment(due)), "{key}");
    }
    for planned in &first.steps {
        let neutral = planned
            .neutral
            .as_ref()
            .map(|text| text.ru.to_lowercase())
            .unwrap_or_default();
        assert!(
            !["рак", "онко", "диагноз"]
                .iter()
                .any(|word| neutral.contains(word)),
            "{}",
            planned.id
        );
    }
}

#[test]
fn a_pregnancy_gives_the_dates_of_the_example_and_a_loss_silences_it() {
    let mut facts = vec![
        woman_of_30(),
        fact(
            "p",
            "pregnancy",
            "2026-11-23",
            json!({"lmp": "2026-10-05", "fetuses": 1}),
        ),
    ];
    let one = plan(&facts, "2026-11-23");
    for (key, opens, due) in [
        ("screen1", "2026-12-21", "2027-01-11"),
        ("screen2", "2027-02-15", "2027-03-01"),
        ("ogtt", "2027-03-22", "2027-04-19"),
        ("leave", "2027-05-03", "2027-05-03"),
        ("screen3", "2027-05-31", "2027-06-14"),
    ] {
        let found = step(&one, &format!("pregnancy:p/{key}"));
        assert_eq!(
            (found.opens, found.due),
            (Some(moment(opens)), Some(moment(due))),
            "{key}"
        );
    }
    assert_eq!(
        step(&one, "pregnancy:p/early_flag").due,
        Some(moment("2026-12-28"))
    );

    facts[1] = fact(
        "p",
        "pregnancy",
        "2026-11-23",
        json!({"lmp": "2026-10-05", "fetuses": 2}),
    );
    assert_eq!(
        step(&plan(&facts, "2026-11-23"), "pregnancy:p/leave").opens,
        Some(moment("2027-04-19"))
    );

    facts.push(fact(
        "loss",
        "pregnancy.ended",
        "2027-01-15",
        json!({"date": "2027-01-15", "outcome": "loss"}),
    ));
    let after = plan(&facts, "2027-01-15");
    assert!(
        after
            .steps
            .iter()
            .all(|step| step.situation.as_str() != "pregnancy" || !alive(step.state))
    );
    assert_eq!(
        situation(&after, "pregnancy_loss"),
        Some(SituationState::Active)
    );
}

#[test]
fn a_unit_that_does_not_match_is_never_compared() {
    let found = plan(&[woman_of_30(), cea(12.0, "U/mL")], NOW);
    assert_eq!(
        situation(&found, "onco_suspicion"),
        Some(SituationState::Unknown)
    );
    assert!(
        found
            .steps
            .iter()
            .all(|step| step.situation.as_str() != "onco_suspicion")
    );
}

#[test]
fn a_withdrawn_result_plans_nothing_and_a_corrected_one_keeps_its_run() {
    let mut withdrawn = cea(12.0, "ng/mL");
    withdrawn.status = FactStatus::EnteredInError;
    assert_eq!(
        situation(&plan(&[woman_of_30(), withdrawn], NOW), "onco_suspicion"),
        None
    );

    let mut corrected = cea(14.0, "ng/mL");
    corrected.id = "cea-2".into();
    corrected.supersedes = Some("cea".into());
    let found = plan(&[woman_of_30(), cea(12.0, "ng/mL"), corrected], NOW);
    assert_eq!(step(&found, "onco_suspicion:cea/gp").state, StepState::Open);
}

#[test]
fn a_date_before_birth_and_an_unknown_kind_are_said_aloud() {
    let early = fact(
        "early",
        "habit.smoking",
        "1990-01-01",
        json!({"smoker": true}),
    );
    let odd = fact("odd", "horoscope", "2026-01-01", json!({}));
    let rejected: Vec<_> = plan(&[woman_of_30(), early, odd], NOW)
        .rejected
        .into_iter()
        .map(|r| r.fact)
        .collect();
    assert_eq!(rejected, ["early".into(), "odd".into()]);
}

#[test]
fn the_resident_may_end_a_situation_without_a_reason() {
    let end = fact(
        "end",
        "situation.ended",
        "2026-11-23T11:00:00+03:00",
        json!({"run": "onco_suspicion:cea"}),
    );
    let found = plan(
        &[woman_of_30(), cea(12.0, "ng/mL"), end],
        "2026-11-23T12:00+03:00",
    );
    assert_eq!(
        situation(&found, "onco_suspicion"),
        Some(SituationState::Ended)
    );
    assert!(
        found
            .steps
            .iter()
            .all(|step| step.situation.as_str() != "onco_suspicion" || !alive(step.state))
    );
}
