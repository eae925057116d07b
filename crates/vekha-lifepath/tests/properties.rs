//! What holds for any facts on any day.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod people;

use people::{alive, cea, fact, plan, woman_of_30};
use proptest::prelude::*;
use serde_json::json;
use std::collections::HashSet;
use vekha_model::{Fact, SituationState, StepState, Truth};

/// Any one fact of the stories, on some day of three years.
fn any_fact() -> impl Strategy<Value = Fact> {
    (0..12u8, 0..1100i64, 1..20u8, any::<bool>()).prop_map(|(what, day, number, yes)| {
        let start: jiff::civil::Date = "2026-01-01".parse().unwrap();
        let at = start.checked_add(jiff::Span::new().days(day)).unwrap().to_string();
        let id = format!("f{what}-{day}-{number}-{yes}");
        let steps = ["onco_suspicion.gp", "onco_suspicion.onco", "pregnancy.screen1", "pregnancy.register"];
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
            9 => ("diagnosis", json!({"code": "C50", "malignant": yes})),
            10 => ("screening.done", json!({"test": if yes {"flg"} else {"pap"}})),
            _ => ("step.outcome", json!({"step": steps[usize::from(number % 4)], "outcome": outcomes[usize::from(number % 6)]})),
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
    fn no_window_closes_before_it_opens_and_no_step_stands_twice(facts in any_life(), now in any_day()) {
        let plan = plan(&facts, &now);
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
    fn what_is_silenced_shows_nothing(facts in any_life(), now in any_day()) {
        let plan = plan(&facts, &now);
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
            if let Some(same) = after.steps.iter().find(|other| other.id == step.id && other.state == StepState::Done) {
                prop_assert_eq!((same.opens, same.due), (step.opens, step.due), "{}", step.id);
            }
        }
    }

    #[test]
    fn leaving_out_what_one_knows_never_turns_unknown_into_no(smoker in any::<bool>(), value in 1..12u8) {
        let mut result = cea(f64::from(value), "ng/mL");
        result.fields.remove("high");
        let smoking = fact("smoking", "habit.smoking", "2020-01-01", json!({"smoker": smoker}));
        let knowing = plan(&[woman_of_30(), result.clone(), smoking], "2026-11-23T10:00+03:00");
        let unsure = plan(&[woman_of_30(), result], "2026-11-23T10:00+03:00");
        let truth = |plan: &vekha_model::Plan| {
            let run = plan.situations.iter().find(|run| run.situation.as_str() == "onco_suspicion");
            run.map_or(Truth::No, |run| match run.state {
                SituationState::NotStarted => Truth::No,
                SituationState::Unknown => Truth::Unknown,
                _ => Truth::Yes,
            })
        };
        if truth(&unsure) != Truth::Unknown {
            prop_assert_eq!(truth(&unsure), truth(&knowing));
        }
    }
}
