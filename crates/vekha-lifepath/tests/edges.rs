//! Where two rules meet: done and come again, ended and kept, newer and older, everything and nothing.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod people;

use people::{alive, cea, fact, moment, plan, woman_of_30};
use serde_json::json;
use vekha_catalogue::{Files, builtin_files, load_files};
use vekha_lifepath::Facts;
use vekha_model::{Fact, Plan, PlannedStep, SituationState, StepState, Truth};

fn step<'a>(plan: &'a Plan, id: &str) -> &'a PlannedStep {
    let mut steps = plan.steps.iter();
    steps
        .find(|step| step.id.as_str() == id)
        .unwrap_or_else(|| panic!("no step {id}"))
}

fn said(id: &str, step: &str, outcome: &str, at: &str) -> Fact {
    let fields = json!({"step": step, "outcome": outcome});
    fact(id, "step.outcome", at, fields)
}

fn referral(id: &str, at: &str) -> Fact {
    fact(id, "care.referral", at, json!({"to": "caop"}))
}

fn plan_by(files: &Files, facts: &[Fact], now: &str) -> Plan {
    let facts = Facts {
        resident: "anna".into(),
        facts: facts.to_vec(),
    };
    vekha_lifepath::plan(&load_files(files).unwrap(), &facts, moment(now))
}

fn changed(file: &str, was: &str, is: &str) -> Files {
    let mut files = builtin_files();
    let text = files[file].replacen(was, is, 1);
    assert_ne!(text, files[file], "{file} has no {was}");
    files.insert(file.to_owned(), text);
    files
}

fn state(plan: &Plan, run: &str) -> SituationState {
    let mut runs = plan.situations.iter();
    runs.find(|one| one.id.as_str() == run).unwrap().state
}

#[test]
fn a_second_referral_after_the_visit_asks_for_another_visit_and_leaves_the_first_alone() {
    let mut facts = vec![
        woman_of_30(),
        cea(12.0, "ng/mL"),
        referral("r1", "2026-11-24T10:00+03:00"),
        said(
            "v1",
            "onco_suspicion.onco",
            "done",
            "2026-11-27T12:00+03:00",
        ),
    ];
    let first = plan(&facts, "2026-12-10T12:00+03:00");
    facts.push(referral("r2", "2026-12-10T09:00+03:00"));
    let second = plan(&facts, "2026-12-10T12:00+03:00");
    let id = "onco_suspicion:cea/onco";
    assert_eq!(step(&first, id), step(&second, id));
    let again = step(&second, "onco_suspicion:cea/onco@2026-12-10");
    assert_eq!(again.state, StepState::Open);
    assert_eq!(again.due, Some(moment("2026-12-15")));

    facts.push(said(
        "v2",
        "onco_suspicion.onco",
        "done",
        "2026-12-14T12:00+03:00",
    ));
    let third = plan(&facts, "2026-12-15");
    assert_eq!(step(&third, id), step(&first, id));
    let again = step(&third, "onco_suspicion:cea/onco@2026-12-10");
    assert_eq!(again.state, StepState::Done);
}

#[test]
fn a_corrected_referral_is_about_the_visit_that_took_place() {
    let corrected = Fact {
        supersedes: Some("r1".into()),
        ..referral("r2", "2026-12-01T09:00+03:00")
    };
    let facts = [
        woman_of_30(),
        cea(12.0, "ng/mL"),
        referral("r1", "2026-11-24T10:00+03:00"),
        said(
            "v1",
            "onco_suspicion.onco",
            "done",
            "2026-11-27T12:00+03:00",
        ),
        corrected,
    ];
    let plan = plan(&facts, "2026-12-10T12:00+03:00");
    let visits = plan.steps.iter().filter(|one| one.step.as_str() == "onco");
    let visits: Vec<_> = visits.map(|one| (one.id.as_str(), one.state)).collect();
    assert_eq!(visits, [("onco_suspicion:cea/onco", StepState::Done)]);
}

#[test]
fn what_an_end_keeps_can_still_be_late_and_a_fork_sees_it() {
    let diagnosis = json!({"code": "C50", "malignant": true, "told_in_person": true});
    let facts = [
        woman_of_30(),
        cea(12.0, "ng/mL"),
        said("gp", "onco_suspicion.gp", "done", "2026-11-23T12:00+03:00"),
        fact("d", "diagnosis", "2026-12-21T13:00+03:00", diagnosis),
    ];
    let late = plan(&facts, "2027-02-01");
    assert_eq!(state(&late, "onco_suspicion:cea"), SituationState::Ended);
    let treat = step(&late, "onco_suspicion:cea/treat");
    assert_eq!(treat.state, StepState::Overdue);
    let run = late
        .situations
        .iter()
        .find(|run| run.id.as_str() == "onco_suspicion:cea");
    let fork = run
        .unwrap()
        .forks
        .iter()
        .find(|fork| fork.fork.as_str() == "sla_breached");
    assert_eq!(fork.unwrap().taken, Truth::Yes);
}

#[test]
fn a_situation_that_silences_itself_gives_way_to_its_newer_run() {
    let files = changed(
        "situations/relocation.yaml",
        "lasts: \"+4mo\"",
        "lasts: \"+4mo\"\nsuppresses: [relocation]",
    );
    let moved = |id: &str, at: &str, date: &str| fact(id, "home.move", at, json!({"date": date}));
    let facts = [
        woman_of_30(),
        moved("m1", "2026-11-01", "2026-11-10"),
        moved("m2", "2026-11-20", "2026-12-01"),
        moved("m3", "2026-11-21", "2026-12-01"),
    ];
    let plan = plan_by(&files, &facts, "2026-11-25");
    assert_eq!(state(&plan, "relocation:m1"), SituationState::Suppressed);
    assert_eq!(state(&plan, "relocation:m2"), SituationState::Active);
    let mut runs = plan.situations.iter();
    assert!(
        runs.all(|run| run.id.as_str() != "relocation:m3"),
        "the same day is the same move"
    );
    let mut old = plan
        .steps
        .iter()
        .filter(|step| step.instance.as_str() == "relocation:m1");
    assert!(old.all(|step| !alive(step.state)));
}

#[test]
fn after_the_residents_own_death_nothing_of_their_plan_is_shown() {
    let pregnancy = |at: &str| fact("p", "pregnancy", at, json!({"lmp": "2026-10-05"}));
    let death = fact("d", "death", "2026-12-01", json!({"date": "2026-12-01"}));
    let facts = [
        woman_of_30(),
        pregnancy("2026-11-23"),
        cea(12.0, "ng/mL"),
        death,
        fact(
            "late",
            "home.move",
            "2026-12-03",
            json!({"date": "2027-01-15"}),
        ),
    ];
    let before = plan(&facts[..3], "2026-12-02");
    assert!(before.steps.iter().any(|step| alive(step.state)));
    for now in ["2026-12-02", "2027-01-02", "2030-06-01"] {
        let after = plan(&facts, now);
        let shown = after.steps.iter().find(|step| alive(step.state));
        assert!(shown.is_none(), "{shown:?} is shown on {now}");
        assert!(after.questions.is_empty(), "{:?}", after.questions);
        assert_eq!(state(&after, "life_end:d"), SituationState::Active);
    }
}

#[test]
fn a_rule_that_is_no_longer_in_force_asks_nothing_of_later_runs() {
    let files = changed(
        "situations/onco_suspicion.yaml",
        "  - id: gp\n",
        "  - id: gp\n    valid: {to: 2026-12-31}\n",
    );
    let on = |at: &str| {
        let mut result = cea(12.0, "ng/mL");
        result.at = moment(at);
        let plan = plan_by(&files, &[woman_of_30(), result], at);
        step(&plan, "onco_suspicion:cea/gp").state
    };
    assert_eq!(on("2026-12-31T10:00:00+03:00"), StepState::Open);
    assert_eq!(on("2027-01-01T10:00:00+03:00"), StepState::NotApplicable);
}

#[test]
fn only_what_could_still_change_the_answer_is_asked() {
    let asked = |condition: &str, work: Option<&str>| -> Vec<String> {
        let extra = format!(
            "steps:\n  - {{id: extra, window: [\"+0d\", \"+9d\"], when: [{{if: \"{condition}\"}}]}}"
        );
        let files = changed("situations/relocation.yaml", "steps:", &extra);
        let mut facts = vec![
            woman_of_30(),
            fact(
                "m",
                "home.move",
                "2026-11-20",
                json!({"date": "2026-12-01"}),
            ),
        ];
        let status = |work| fact("w", "work", "2026-01-01", json!({"status": work}));
        facts.extend(work.map(status));
        let plan = plan_by(&files, &facts, "2026-11-25");
        let extra = step(&plan, "relocation:m/extra");
        extra.missing.iter().map(|one| one.kind.clone()).collect()
    };
    let both = "work.status == 'serving' && home.lives_alone == true";
    let either = "work.status == 'serving' || home.lives_alone == true";
    assert_eq!(asked(both, None), ["home", "work"]);
    assert_eq!(asked(both, Some("serving")), ["home"]);
    assert!(asked(both, Some("employed")).is_empty());
    assert_eq!(asked(either, Some("employed")), ["home"]);
    assert!(asked(either, Some("serving")).is_empty());
}
