//! What would be otherwise if something were so.
use crate::people::{alive, fact, moment, woman_of_30};
use serde_json::{Value, json};
use vekha_catalogue::builtin;
use vekha_lifepath::{Facts, what_if};
use vekha_model::{Difference, Fact, SituationState, StepState, Truth};

fn pregnancy(id: &str, fetuses: u8) -> Fact {
    let fields = json!({"lmp": "2026-10-05", "fetuses": fetuses});
    fact(id, "pregnancy", "2026-11-23", fields)
}

fn difference(pretended: &[Fact]) -> Difference {
    let facts = Facts {
        resident: "anna".into(),
        facts: vec![woman_of_30(), pregnancy("p", 1)],
    };
    what_if(builtin(), &facts, pretended, moment("2026-11-23"))
}

fn pretend(kind: &str, at: &str, fields: Value) -> [Fact; 1] {
    [fact("what-if-1", kind, at, fields)]
}

#[test]
fn twins_would_bring_scans_and_move_the_leave() {
    let found = difference(&[pregnancy("what-if-1", 2)]);
    let appears = |key: &str| found.appears.iter().any(|step| step.step.as_str() == key);
    assert!(appears("scan_4w") && appears("hospital_level"));
    let leave = found
        .moves
        .iter()
        .find(|it| it.step.step.as_str() == "leave")
        .unwrap();
    assert_eq!(
        (leave.was_due, leave.step.due),
        (Some(moment("2027-05-03")), Some(moment("2027-04-19")))
    );
    let twins = found
        .forks
        .iter()
        .find(|it| it.fork.as_str() == "twins")
        .unwrap();
    assert_eq!((twins.from, twins.to), (Truth::No, Truth::Yes));
    assert!(found.stops.is_empty() && found.situations.is_empty());
}

#[test]
fn a_loss_would_stop_what_is_planned_and_begin_something_else() {
    let lost = json!({"date": "2026-11-23", "outcome": "loss"});
    let found = difference(&pretend("pregnancy.ended", "2026-11-23", lost));
    let change = |key: &str| {
        let mut all = found.situations.iter();
        all.find(|run| run.situation.as_str() == key)
            .map(|run| (run.from, run.to))
    };
    assert_eq!(
        change("pregnancy"),
        Some((Some(SituationState::Active), Some(SituationState::Ended)))
    );
    assert_eq!(
        change("pregnancy_loss"),
        Some((None, Some(SituationState::Active)))
    );
    let screening = found
        .stops
        .iter()
        .find(|it| it.step.step.as_str() == "screen1")
        .unwrap();
    assert!(alive(screening.step.state));
    assert_eq!(screening.becomes, Some(StepState::Cancelled));
}

#[test]
fn a_fact_that_lies_ahead_is_compared_on_its_own_day() {
    let born = json!({"date": "2027-07-12", "children": 1});
    let found = difference(&pretend("birth", "2027-07-12", born));
    assert_eq!(found.now, moment("2027-07-12"));
    assert!(
        found
            .appears
            .iter()
            .all(|step| step.situation.as_str() != "taxes_year")
    );
    let mut begun = found.situations.iter().filter(|run| run.from.is_none());
    assert!(begun.any(|run| run.situation.as_str() == "birth_registration"));
}

#[test]
fn a_fact_with_a_known_id_stands_in_the_place_of_the_real_one() {
    let found = difference(&[pregnancy("p", 1)]);
    assert_eq!(
        found,
        Difference {
            pretended: vec!["p".into()],
            ..difference(&[])
        }
    );
    assert!(found.moves.is_empty() && found.appears.is_empty());
}

#[test]
fn what_cannot_be_used_is_said() {
    let found = difference(&pretend("horoscope", "2026-11-23", json!({})));
    let words: Vec<_> = found
        .rejected
        .iter()
        .map(|it| it.reason.en.as_str())
        .collect();
    assert_eq!(words.len(), 1);
    assert!(found.appears.is_empty() && found.stops.is_empty());
}
