//! What a plan asks first, and which forks still lie ahead.
use crate::people::{alive, cea, fact, plan, woman_of_30};
use serde_json::json;
use vekha_model::{Fact, Plan, PlannedFork, Prospect, Truth};

fn pregnancy() -> Fact {
    fact("p", "pregnancy", "2026-11-23", json!({"lmp": "2026-10-05"}))
}

fn fork<'a>(plan: &'a Plan, situation: &str, key: &str) -> &'a PlannedFork {
    let mut runs = plan.situations.iter();
    let run = runs
        .find(|run| run.situation.as_str() == situation)
        .unwrap();
    let mut forks = run.forks.iter();
    forks.find(|fork| fork.fork.as_str() == key).unwrap()
}

fn prospect(plan: &Plan, situation: &str, key: &str) -> Prospect {
    fork(plan, situation, key).prospect
}

#[test]
fn the_question_that_settles_most_comes_first() {
    let plan = plan(&[woman_of_30(), pregnancy()], "2026-11-23");
    assert!(plan.questions.len() > 2, "{:#?}", plan.questions);
    for question in &plan.questions {
        let all = question.settles.len() + question.situations.len();
        assert_eq!(usize::try_from(question.decides).unwrap(), all);
    }
    let place = |kind: &str, field: &str| {
        let mut all = plan.questions.iter();
        all.position(|one| one.missing.kind == kind && one.missing.field.as_deref() == Some(field))
            .unwrap()
    };
    // Five steps hang on the income, three on the work, and three on property whose tax is due in a week.
    let income = place("income", "within_regional_minimum");
    assert!(income < place("work", "status"));
    assert!(place("tax.property", "owns") < income);
}

#[test]
fn a_question_that_would_start_a_situation_names_it() {
    let mut result = cea(4.5, "ng/mL");
    result.fields.remove("high");
    let plan = plan(&[woman_of_30(), result], "2026-11-23T10:00+03:00");
    let question = plan
        .questions
        .iter()
        .find(|one| one.missing.kind == "habit.smoking");
    let question = question.unwrap();
    assert_eq!(question.situations, ["onco_suspicion".into()]);
}

#[test]
fn what_the_vocabulary_has_no_question_for_is_never_asked() {
    let facts = [woman_of_30(), pregnancy(), cea(12.0, "ng/mL")];
    let plan = plan(&facts, "2026-11-23T10:00+03:00");
    let kinds = plan.questions.iter().map(|one| one.missing.kind.as_str());
    for kind in kinds {
        let known = &vekha_catalogue::builtin().vocabulary()[kind];
        let asks =
            known.question.is_some() || known.fields.values().any(|it| it.question().is_some());
        assert!(asks, "{kind}");
        assert!(!["safety", "pregnancy.choice", "diagnosis", "onco.outcome"].contains(&kind));
    }
}

#[test]
fn a_fork_that_may_come_says_what_would_follow() {
    let plan = plan(
        &[woman_of_30(), cea(12.0, "ng/mL")],
        "2026-11-23T11:00+03:00",
    );
    let benign = fork(&plan, "onco_suspicion", "benign");
    assert_eq!(benign.prospect, Prospect::Open);
    assert!(!benign.why.is_empty() && benign.ends);
    let keys = |steps: &[vekha_model::NamedStep]| -> Vec<String> {
        steps.iter().map(|one| one.step.to_string()).collect()
    };
    assert_eq!(keys(&benign.adds), ["good_news", "benign_control"]);
    assert!(keys(&benign.cancels).contains(&"onco".to_owned()));
    let malignant = fork(&plan, "onco_suspicion", "malignant");
    assert!(malignant.feared);
    assert_eq!(malignant.prospect, Prospect::Open);
    assert_eq!(malignant.starts, Some("onco_treatment".into()));
}

#[test]
fn what_started_the_run_and_time_that_has_passed_close_a_fork() {
    let mild = plan(
        &[woman_of_30(), cea(6.0, "ng/mL")],
        "2026-11-23T11:00+03:00",
    );
    let high = fork(&mild, "onco_suspicion", "high");
    assert_eq!((high.taken, high.prospect), (Truth::No, Prospect::Past));
    assert_eq!(prospect(&mild, "onco_suspicion", "child"), Prospect::Past);
    let strong = plan(
        &[woman_of_30(), cea(12.0, "ng/mL")],
        "2026-11-23T11:00+03:00",
    );
    assert_eq!(prospect(&strong, "onco_suspicion", "high"), Prospect::Taken);
}

#[test]
fn a_step_that_is_done_can_no_longer_be_late() {
    let mut facts = vec![
        woman_of_30(),
        fact(
            "m",
            "home.move",
            "2026-11-20",
            json!({"date": "2026-11-20"}),
        ),
    ];
    let before = plan(&facts, "2026-11-21");
    let late = |plan: &Plan| {
        let run = plan
            .situations
            .iter()
            .find(|run| run.situation.as_str() == "relocation");
        let forks = run.unwrap().forks.iter();
        let late = forks.filter(|fork| {
            fork.why
                .iter()
                .any(|why| why.expression.contains("overdue"))
        });
        late.map(|fork| fork.prospect).collect::<Vec<_>>()
    };
    assert_eq!(late(&before), [Prospect::Open]);
    for (id, step) in [("d1", "relocation.reg"), ("d2", "relocation.reg_stay")] {
        let done = json!({"step": step, "outcome": "done"});
        facts.push(fact(id, "step.outcome", "2026-11-22", done));
    }
    assert_eq!(late(&plan(&facts, "2026-11-23")), [Prospect::Past]);
}

#[test]
fn an_ended_run_has_nothing_ahead() {
    let loss = fact(
        "l",
        "pregnancy.ended",
        "2026-12-10",
        json!({"date": "2026-12-10", "outcome": "loss"}),
    );
    let plan = plan(&[woman_of_30(), pregnancy(), loss], "2026-12-11");
    let run = plan
        .situations
        .iter()
        .find(|run| run.situation.as_str() == "pregnancy")
        .unwrap();
    assert!(run.forks.iter().all(|fork| fork.prospect != Prospect::Open));
    let mut steps = plan.steps.iter().filter(|step| step.instance == run.id);
    assert!(steps.all(|step| !alive(step.state)));
}
