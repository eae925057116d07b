//! The worked examples of the life path, date by date.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod people;

use people::{alive, cea, fact, moment, plan, woman_of_30};
use serde_json::json;
use vekha_model::{Fact, Plan, PlannedStep, SituationState, StepState};

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
fn twins_move_leave_certificate_and_payment_and_add_scans() {
    let pregnancy = |fields| vec![woman_of_30(), fact("p", "pregnancy", "2026-11-23", fields)];
    let lmp = "2026-10-05";
    let one = plan(&pregnancy(json!({"lmp": lmp, "fetuses": 1})), "2026-11-24");
    let twins = json!({"lmp": lmp, "fetuses": 2, "chorionicity": "dichorionic"});
    let two = plan(&pregnancy(twins), "2026-11-24");
    for (key, before, after) in [
        ("leave", "2027-05-03", "2027-04-19"),
        ("birth_cert30", "2027-05-03", "2027-04-19"),
        ("leave_pay", "2027-05-03", "2027-04-19"),
    ] {
        let id = format!("pregnancy:p/{key}");
        assert_eq!(step(&one, &id).opens, Some(moment(before)), "{key}");
        assert_eq!(step(&two, &id).opens, Some(moment(after)), "{key}");
        assert_eq!(step(&two, &id).fork.as_ref().unwrap().as_str(), "twins");
    }
    assert!(step(&two, "pregnancy:p/leave").title.ru.contains("194"));
    let scans = [
        "2027-01-25",
        "2027-02-22",
        "2027-03-22",
        "2027-04-19",
        "2027-05-17",
    ];
    for (place, opens) in scans.into_iter().enumerate() {
        let scan = step(&two, &format!("pregnancy:p/scan_4w@{}", place + 1)).opens;
        assert_eq!(scan, Some(moment(opens)));
    }
    assert_eq!(
        step(&two, "pregnancy:p/scan_2w@1").state,
        StepState::NotApplicable
    );
}

#[test]
fn a_loss_leaves_only_condolence_and_help_for_five_working_days() {
    let mut facts = vec![
        woman_of_30(),
        fact(
            "p",
            "pregnancy",
            "2026-11-23",
            json!({"lmp": "2026-10-05", "fetuses": 2}),
        ),
        fact(
            "b",
            "step.outcome",
            "2026-12-20",
            json!({"step": "pregnancy.screen1", "outcome": "booked", "start": "2027-01-18T10:00:00+03:00"}),
        ),
    ];
    let loss = json!({"date": "2027-01-15", "outcome": "loss", "weeks": 14});
    facts.push(fact(
        "loss",
        "pregnancy.ended",
        "2027-01-15T11:00:00+03:00",
        loss,
    ));
    let now = plan(&facts, "2027-01-15T11:00+03:00");
    assert_eq!(situation(&now, "pregnancy"), Some(SituationState::Ended));
    assert!(now.questions.iter().all(|question| {
        question
            .settles
            .iter()
            .all(|id| !id.as_str().starts_with("pregnancy:"))
    }));
    let during = plan(&facts, "2027-01-22T18:00+03:00");
    for day in [&now, &during] {
        for found in day
            .steps
            .iter()
            .filter(|found| found.situation.as_str().starts_with("pregnancy") && alive(found.state))
        {
            assert_eq!(found.situation.as_str(), "pregnancy_loss", "{}", found.id);
            let offered = found.state != StepState::Upcoming;
            let help = ["stop", "sick", "psych"].contains(&found.step.as_str());
            assert!(!offered || help, "{} is {:?}", found.id, found.state);
        }
    }
    let later = plan(&facts, "2027-01-25T09:00+03:00");
    assert_eq!(
        step(&later, "pregnancy_loss:loss/benefit_end").state,
        StepState::Open
    );
}

#[test]
fn a_benign_end_cancels_every_step_of_the_suspicion_at_once() {
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
        fact(
            "held",
            "step.outcome",
            "2026-11-24T11:00:00+03:00",
            json!({"step": "onco_suspicion.onco", "outcome": "booked", "start": "2026-11-26T10:00:00+03:00"}),
        ),
        fact(
            "good",
            "onco.outcome",
            "2026-11-25T12:00:00+03:00",
            json!({"result": "benign"}),
        ),
    ];
    let before = plan(&facts[..5], "2026-11-25T12:00+03:00");
    assert_eq!(
        step(&before, "onco_suspicion:cea/onco").state,
        StepState::Booked
    );
    let after = plan(&facts, "2026-11-25T12:00+03:00");
    let run = after
        .situations
        .iter()
        .find(|run| run.situation.as_str() == "onco_suspicion")
        .unwrap();
    assert_eq!(
        (run.state, run.ended_at),
        (
            SituationState::Ended,
            Some(moment("2026-11-25T12:00+03:00"))
        )
    );
    let left: Vec<&str> = after
        .steps
        .iter()
        .filter(|found| found.instance == run.id && alive(found.state))
        .map(|found| found.step.as_str())
        .collect();
    assert_eq!(left, ["good_news", "benign_control"]);
    let onco = step(&after, "onco_suspicion:cea/onco");
    assert_eq!(onco.state, StepState::Cancelled);
    assert!(
        onco.why
            .iter()
            .any(|why| why.facts.contains(&"good".into())),
        "says by which fact"
    );
}

#[test]
fn the_register_the_diet_and_treatment_wait_for_the_doctor() {
    let facts = [
        woman_of_30(),
        cea(12.0, "ng/mL"),
        done("gp", "gp", "2026-11-24T09:00:00+03:00"),
    ];
    let found = plan(&facts, "2026-12-20T12:00+03:00");
    for key in [
        "register",
        "diet",
        "treat",
        "histology",
        "imaging",
        "biopsy",
        "onco",
    ] {
        let waiting = step(&found, &format!("onco_suspicion:cea/{key}"));
        assert_eq!(waiting.state, StepState::Upcoming, "{key}");
        assert!(!waiting.missing.is_empty(), "{key} says what it waits for");
    }
}

#[test]
fn a_lapsed_hold_falls_back_without_penalty_and_a_missed_visit_too() {
    let outcome = |id: &str, at: &str, fields| fact(id, "step.outcome", at, fields);
    let held = json!({"step": "onco_suspicion.gp", "outcome": "held", "start": "2026-11-23T15:00:00+03:00", "held_until": "2026-11-23T14:00:00+03:00"});
    let mut facts = vec![
        woman_of_30(),
        cea(12.0, "ng/mL"),
        outcome("h", "2026-11-23T10:05:00+03:00", held),
    ];
    let gp = "onco_suspicion:cea/gp";
    assert_eq!(
        step(&plan(&facts, "2026-11-23T13:00+03:00"), gp).state,
        StepState::Held
    );
    assert_eq!(
        step(&plan(&facts, "2026-11-23T14:00+03:00"), gp).state,
        StepState::Open
    );
    facts.push(outcome(
        "m",
        "2026-11-23T16:00:00+03:00",
        json!({"step": "onco_suspicion.gp", "outcome": "missed"}),
    ));
    assert_eq!(
        step(&plan(&facts, "2026-11-23T16:00+03:00"), gp).state,
        StepState::Open
    );
}

#[test]
fn done_counts_before_the_window_before_the_fork_and_for_the_named_run() {
    let said = |id: &str, at: &str, of: &str| {
        fact(
            id,
            "step.outcome",
            at,
            json!({"step": of, "outcome": "done"}),
        )
    };
    let facts = [
        woman_of_30(),
        fact(
            "p",
            "pregnancy",
            "2026-11-20",
            json!({"lmp": "2026-10-05", "fetuses": 1}),
        ),
        said("early", "2026-11-25", "pregnancy.screen2"),
        said("visit", "2026-11-25", "pregnancy.anti_d"),
        fact(
            "rh",
            "health.rh",
            "2026-11-26",
            json!({"factor": "negative"}),
        ),
        // Said of the run by name, though before the run began.
        said("named", "2026-09-01", "pregnancy:p/ogtt"),
        // Before the run, and of no run in particular: of another pregnancy.
        said("other", "2026-09-01", "pregnancy.screen1"),
    ];
    let found = plan(&facts, "2026-11-30");
    for key in ["screen2", "anti_d", "ogtt"] {
        assert_eq!(
            step(&found, &format!("pregnancy:p/{key}")).state,
            StepState::Done,
            "{key}"
        );
    }
    assert_eq!(
        step(&found, "pregnancy:p/screen1").state,
        StepState::Upcoming
    );
}

#[test]
fn a_word_about_a_recurring_step_is_about_the_last_that_had_opened() {
    let monthly = |at: &str| {
        let facts = [
            woman_of_30(),
            fact(
                "b",
                "birth",
                "2026-06-01",
                json!({"date": "2026-06-01", "sex": "female"}),
            ),
            fact(
                "m",
                "step.outcome",
                at,
                json!({"step": "infant_first_year.monthly", "outcome": "done"}),
            ),
        ];
        let found = plan(&facts, "2026-12-01");
        let done = found
            .steps
            .iter()
            .filter(|s| s.step.as_str() == "monthly" && s.state == StepState::Done);
        let ids: Vec<String> = done.map(|s| s.id.to_string()).collect();
        ids
    };
    assert_eq!(monthly("2026-06-20"), ["infant_first_year:b/monthly@1"]);
    assert_eq!(monthly("2026-08-15"), ["infant_first_year:b/monthly@2"]);
    assert_eq!(monthly("2026-09-01"), ["infant_first_year:b/monthly@3"]);
}

#[test]
fn steps_about_a_baby_say_so_and_the_mothers_own_do_not() {
    let birth = json!({"date": "2026-11-20", "sex": "male", "child": "misha"});
    let found = plan(
        &[woman_of_30(), fact("b", "birth", "2026-11-20", birth)],
        "2026-11-23",
    );
    let baby = step(&found, "infant_first_year:b/vacc_1mo");
    assert_eq!(baby.about, Some("misha".into()));
    assert_eq!(baby.subject, "anna".into());
    assert_eq!(step(&found, "infant_first_year:b/mother").about, None);
}

#[test]
fn a_birth_while_a_siblings_plan_is_under_way_has_a_plan_of_its_own() {
    let born = |id: &str, day: &str, child: Option<&str>| {
        let mut fields = json!({"date": day, "sex": "male"});
        if let Some(child) = child {
            fields["child"] = child.into();
        }
        fact(id, "birth", day, fields)
    };
    let runs = |facts: &[Fact]| -> Vec<String> {
        let found = plan(facts, "2026-11-23");
        let runs = found.situations.iter();
        runs.filter(|run| run.situation.as_str() == "infant_first_year")
            .map(|run| run.id.to_string())
            .collect()
    };
    let named = [
        woman_of_30(),
        born("a", "2026-02-01", Some("misha")),
        born("b", "2026-11-20", Some("katya")),
        born("c", "2026-11-20", Some("vera")),
    ];
    let three = ["a", "b", "c"].map(|id| format!("infant_first_year:{id}"));
    assert_eq!(runs(&named), three);
    let unnamed = [
        woman_of_30(),
        born("a", "2026-02-01", None),
        born("b", "2026-11-20", None),
        born("b-again", "2026-11-20", None),
    ];
    assert_eq!(runs(&unnamed), three[..2]);
}

#[test]
fn the_json_of_a_step_is_one_flat_object_and_reads_back() {
    let found = plan(&[woman_of_30(), cea(12.0, "ng/mL")], NOW);
    let text = serde_json::to_value(&found).unwrap();
    let gp = text["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["id"] == "onco_suspicion:cea/gp")
        .unwrap();
    for name in [
        "situation",
        "step",
        "state",
        "opens",
        "due",
        "deadline",
        "action",
        "service",
        "subject",
        "why",
        "law",
        "title",
    ] {
        assert!(gp.get(name).is_some(), "{name}");
    }
    assert_eq!(gp["deadline"], "state");
    let why = &text["situations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|run| run["situation"] == "onco_suspicion")
        .unwrap()["why"][0];
    assert!(why["text"]["ru"].is_string() && why["expression"].is_string());
    assert_eq!(serde_json::from_value::<Plan>(text).unwrap(), found);
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
