//! What holds for any facts on any day.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod people;

use people::{alive, cea, fact, moment, plan, woman_of_30};
use proptest::prelude::*;
use serde_json::json;
use std::collections::HashSet;
use vekha_lifepath::{Facts, Planning};
use vekha_model::{Fact, SituationState, StepState, Truth};

/// Any one fact of the stories, on some day of three years.
fn any_fact() -> impl Strategy<Value = Fact> {
    (0..16u8, 0..1100i64, 1..20u8, any::<bool>()).prop_map(|(what, day, number, yes)| {
        let start: jiff::civil::Date = "2026-01-01".parse().unwrap();
        let at = start.checked_add(jiff::Span::new().days(day)).unwrap().to_string();
        let id = format!("f{what}-{day}-{number}-{yes}");
        let steps = ["onco_suspicion.gp", "onco_suspicion.onco", "pregnancy.screen1", "pregnancy.register", "adult_checkup.invite", "infant_first_year.monthly", "pregnancy.scan_4w", "onco_treatment.y1"];
        let outcomes = ["held", "booked", "done", "declined", "cancelled", "missed"];
        let (kind, fields) = match what {
            0 => ("habit.smoking", json!({"smoker": yes})),
            1 | 2 => ("lab.result", json!({"code": "2039-6", "value": {"value": number, "unit": if yes {"ng/mL"} else {"U/mL"}}})),
            3 => ("pregnancy", json!({"lmp": at, "fetuses": if yes {1} else {2}})),
            4 => ("pregnancy.ended", json!({"date": at, "outcome": "loss"})),
            5 => ("care.referral", json!({"to": "caop"})),
            6 => ("onco.outcome", json!({"result": if yes {"benign"} else {"malignant"}})),
            7 => ("birth", json!({"date": at, "sex": "female", "children": 1})),
            8 => ("work", json!({"status": if yes {"employed"} else {"unemployed"}})),
            9 => ("diagnosis", json!({"code": "C50", "malignant": yes, "told_in_person": number > 9})),
            10 => ("screening.done", json!({"test": if yes {"flg"} else {"pap"}})),
            11 => ("income", json!({"within_regional_minimum": yes})),
            12 => ("pregnancy.registered", json!({"date": at})),
            13 => ("screening.result", json!({"test": "pap", "result": if yes {"lsil"} else {"nilm"}})),
            _ => ("step.outcome", json!({"step": steps[usize::from(number % 8)], "outcome": outcomes[usize::from(number % 6)]})),
        };
        fact(&id, kind, &at, fields)
    })
}

fn any_life() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(any_fact(), 0..14).prop_map(|mut facts| {
        facts.push(woman_of_30());
        facts
    })
}

fn any_day() -> impl Strategy<Value = String> {
    (0..1400i64).prop_map(|day| {
        let start: jiff::civil::Date = "2026-01-01".parse().unwrap();
        start
            .checked_add(jiff::Span::new().days(day))
            .unwrap()
            .to_string()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_window_closes_before_it_opens_whatever_is_missing_and_no_step_stands_twice(facts in any_life(), mask in any::<u16>(), now in any_day()) {
        let some: Vec<Fact> = facts.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, fact)| fact.clone()).collect();
        let plan = plan(&some, &now);
        let zone = vekha_catalogue::builtin().zone();
        let mut seen = HashSet::new();
        for step in &plan.steps {
            prop_assert!(seen.insert(step.id.clone()), "{} stands twice", step.id);
            if let (Some(opens), Some(due)) = (step.opens, step.due) {
                prop_assert!(opens.start_in(zone) <= due.end_in(zone), "{}", step.id);
            }
        }
    }

    #[test]
    fn the_order_of_facts_does_not_matter((facts, shuffled) in any_life().prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())), now in any_day()) {
        prop_assert_eq!(plan(&facts, &now), plan(&shuffled, &now));
    }

    #[test]
    fn learning_fact_by_fact_gives_the_plan_of_them_all((facts, shuffled) in any_life().prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())), corrected in any::<prop::sample::Index>(), now in any_day()) {
        let none = Facts { resident: "anna".into(), facts: Vec::new() };
        let old = corrected.get(&facts);
        let newer = Fact { id: "newer".into(), supersedes: Some(old.id.clone()), ..old.clone() };
        let all: Vec<Fact> = shuffled.into_iter().chain([newer]).collect();
        let mut planning = Planning::new(vekha_catalogue::builtin(), &none, moment(&now));
        for (place, fact) in all.iter().enumerate() {
            prop_assert_eq!(planning.learn(fact), &plan(&all[..=place], &now));
        }
    }

    #[test]
    fn what_is_silenced_shows_and_asks_nothing(facts in any_life(), now in any_day()) {
        let plan = plan(&facts, &now);
        for question in &plan.questions {
            for id in &question.settles {
                let run = plan.situations.iter().find(|run| run.id == id.instance());
                prop_assert!(run.is_none_or(|run| run.state != SituationState::Suppressed), "{} is asked about", id);
            }
        }
        for run in plan.situations.iter().filter(|run| run.state == SituationState::Suppressed) {
            prop_assert!(plan.steps.iter().filter(|step| step.instance == run.id).all(|step| !alive(step.state)));
        }
    }

    #[test]
    fn a_later_fact_never_moves_a_finished_step(facts in any_life(), more in any_fact(), now in any_day()) {
        let before = plan(&facts, &now);
        let last = facts.iter().map(|fact| fact.at.to_string()).max().unwrap_or_default();
        let more = Fact { id: "later".into(), ..more };
        prop_assume!(more.at.to_string() > last && more.kind != "step.outcome");
        let mut facts = facts;
        facts.push(more);
        let after = plan(&facts, &now);
        for step in before.steps.iter().filter(|step| step.state == StepState::Done) {
            let same = after.steps.iter().find(|other| other.id == step.id);
            // A run that a later fact takes the ground from may go, with its steps; a step that stays does not move.
            let Some(same) = same else { continue };
            prop_assert_eq!((same.state, same.opens, same.due), (step.state, step.opens, step.due), "{}", step.id);
        }
    }

    /// Takes one fact of a life away and looks at everything that could have become known by it.
    #[test]
    fn what_is_missing_never_turns_unknown_into_no(facts in any_life(), without in any::<prop::sample::Index>(), now in any_day()) {
        let whole = plan(&facts, &now);
        let mut fewer = facts.clone();
        let gone = fewer.remove(without.index(facts.len()));
        // Facts that begin, end or bring things take runs and steps with them; what is said of the person does not.
        prop_assume!(["habit.smoking", "work", "income", "person"].contains(&gone.kind.as_str()));
        let rest = plan(&fewer, &now);
        prop_assume!(fewer.iter().all(|fact| fact.kind != gone.kind));
        for run in &rest.situations {
            let Some(same) = whole.situations.iter().find(|other| other.id == run.id) else { continue };
            for (fork, known) in run.forks.iter().zip(&same.forks) {
                prop_assert!(fork.taken != Truth::No || known.taken == Truth::No, "{} {} is no without {}", run.id, fork.fork, gone.kind);
            }
            if run.state == SituationState::NotStarted {
                prop_assert!(same.state == SituationState::NotStarted, "{} is no without {}", run.id, gone.kind);
            }
        }
        for step in rest.steps.iter().filter(|step| step.state == StepState::NotApplicable) {
            if let Some(same) = whole.steps.iter().find(|other| other.id == step.id) {
                let no = step.why.iter().any(|why| why.truth == Truth::No);
                let still = same.why.iter().any(|why| why.truth == Truth::No);
                prop_assert!(!no || still, "{} is not applicable without {}", step.id, gone.kind);
            }
        }
    }

    #[test]
    fn a_smoker_unknown_is_answered_only_where_both_answers_agree(smoker in any::<bool>(), value in 1..12u8) {
        let mut result = cea(f64::from(value), "ng/mL");
        result.fields.remove("high");
        let smoking = fact("smoking", "habit.smoking", "2020-01-01", json!({"smoker": smoker}));
        let knowing = plan(&[woman_of_30(), result.clone(), smoking], "2026-11-23T10:00+03:00");
        let unsure = plan(&[woman_of_30(), result], "2026-11-23T10:00+03:00");
        let state = |plan: &vekha_model::Plan| {
            let run = plan.situations.iter().find(|run| run.situation.as_str() == "onco_suspicion");
            run.map(|run| run.state)
        };
        let expected = match value {
            0..=3 => SituationState::NotStarted,
            4..=5 => SituationState::Unknown,
            _ => SituationState::Active,
        };
        prop_assert_eq!(state(&unsure), Some(expected));
        if expected != SituationState::Unknown {
            prop_assert_eq!(state(&knowing), Some(expected));
        }
    }
}
