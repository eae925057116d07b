//! What a plan leaves out, and the words a person reads about it.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod people;

use people::{alive, cea, fact, plan, woman_of_30};
use serde_json::json;
use vekha_model::{Fact, FactStatus, Plan, SituationState};

const NOW: &str = "2026-11-23T10:00+03:00";

/// The words about each fact left out, in Russian.
fn said(plan: &Plan) -> Vec<(&str, &str)> {
    let rejected = plan.rejected.iter();
    rejected
        .map(|one| (one.fact.as_str(), one.reason.ru.as_str()))
        .collect()
}

fn suspicion(plan: &Plan) -> Option<SituationState> {
    let mut runs = plan.situations.iter();
    runs.find(|run| run.situation.as_str() == "onco_suspicion")
        .map(|run| run.state)
}

#[test]
fn a_unit_that_does_not_match_is_never_compared() {
    let found = plan(&[woman_of_30(), cea(12.0, "U/mL")], NOW);
    assert_eq!(suspicion(&found), Some(SituationState::Unknown));
    assert!(
        found
            .steps
            .iter()
            .all(|step| step.situation.as_str() != "onco_suspicion")
    );
    assert_eq!(
        said(&found),
        [(
            "cea",
            "Единица измерения не подходит к границе, сравнить нельзя. Покажите результат врачу."
        )]
    );
}

#[test]
fn the_same_amount_in_another_unit_is_compared() {
    let found = plan(&[woman_of_30(), cea(12.0, "ug/L")], NOW);
    assert_eq!(suspicion(&found), Some(SituationState::Active));
    assert_eq!(said(&found), []);
}

#[test]
fn a_fact_of_an_unknown_kind_is_said_aloud_and_costs_nothing_else() {
    let odd = fact("odd", "horoscope", "2026-01-01", json!({"sign": "lion"}));
    let found = plan(&[woman_of_30(), cea(12.0, "ng/mL"), odd], NOW);
    assert_eq!(
        said(&found),
        [("odd", "Каталог не знает такого вида записи.")]
    );
    assert_eq!(suspicion(&found), Some(SituationState::Active));
}

#[test]
fn a_date_before_birth_is_refused_also_inside_a_fact() {
    let early = fact(
        "early",
        "habit.smoking",
        "1990-01-01",
        json!({"smoker": true}),
    );
    let inside = fact(
        "inside",
        "pregnancy",
        "2026-11-20",
        json!({"lmp": "1950-01-01"}),
    );
    let found = plan(&[woman_of_30(), early, inside], NOW);
    let words = "Дата записи раньше дня рождения.";
    assert_eq!(said(&found), [("early", words), ("inside", words)]);
    assert!(
        found
            .situations
            .iter()
            .all(|run| run.situation.as_str() != "pregnancy")
    );
}

#[test]
fn a_date_that_has_not_come_or_cannot_be_read_is_refused() {
    let future = fact(
        "future",
        "habit.smoking",
        "2027-01-01",
        json!({"smoker": true}),
    );
    let garbled = fact(
        "garbled",
        "pregnancy",
        "2026-11-20",
        json!({"lmp": "вчера"}),
    );
    let found = plan(&[woman_of_30(), future, garbled], NOW);
    let mut words = said(&found);
    words.sort_unstable();
    assert_eq!(
        words,
        [
            ("future", "Дата этой записи ещё не наступила."),
            ("garbled", "В записи есть дата, которую нельзя прочитать.")
        ]
    );
}

#[test]
fn a_value_of_a_wrong_type_is_refused() {
    let wrong = fact(
        "wrong",
        "habit.smoking",
        "2026-01-01",
        json!({"smoker": "sometimes"}),
    );
    let found = plan(&[woman_of_30(), wrong], NOW);
    assert_eq!(
        said(&found),
        [(
            "wrong",
            "В записи есть значение, которого там быть не может."
        )]
    );
}

#[test]
fn fields_nobody_knows_are_left_alone() {
    let more = fact(
        "more",
        "habit.smoking",
        "2026-01-01",
        json!({"smoker": false, "brand": "none"}),
    );
    assert_eq!(said(&plan(&[woman_of_30(), more], NOW)), []);
}

#[test]
fn a_withdrawn_result_plans_nothing_and_gives_back_what_was_held() {
    let held = json!({"step": "onco_suspicion:cea/gp", "outcome": "held", "start": "2026-11-23T15:00:00+03:00"});
    let held = fact("held", "step.outcome", "2026-11-23T10:01:00+03:00", held);
    let withdrawn = Fact {
        status: FactStatus::EnteredInError,
        ..cea(12.0, "ng/mL")
    };
    let found = plan(&[woman_of_30(), withdrawn, held], "2026-11-23T11:00+03:00");
    assert_eq!(suspicion(&found), None);
    assert!(
        found
            .steps
            .iter()
            .all(|step| step.situation.as_str() != "onco_suspicion" || !alive(step.state))
    );
    assert_eq!(
        said(&found),
        [("cea", "Источник отозвал эту запись: она была ошибкой.")]
    );
}

#[test]
fn a_corrected_result_keeps_its_run_and_says_which_one_counts() {
    let corrected = |value| Fact {
        id: "cea-2".into(),
        supersedes: Some("cea".into()),
        status: FactStatus::Corrected,
        ..cea(value, "ng/mL")
    };
    let high = plan(&[woman_of_30(), cea(12.0, "ng/mL"), corrected(14.0)], NOW);
    assert!(
        high.steps
            .iter()
            .any(|step| step.id.as_str() == "onco_suspicion:cea/gp")
    );
    assert_eq!(
        said(&high),
        [("cea", "Вместо этой записи действует исправленная.")]
    );

    let normal = plan(&[woman_of_30(), cea(12.0, "ng/mL"), corrected(2.0)], NOW);
    assert_eq!(suspicion(&normal), Some(SituationState::NotStarted));
    assert!(
        normal
            .steps
            .iter()
            .all(|step| step.situation.as_str() != "onco_suspicion")
    );
}
