//! What holds for any facts on any day.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod anything;
mod people;

use anything::any_kind;
use people::{alive, cea, fact, moment, plan, woman_of_30};
use proptest::prelude::*;
use serde_json::json;
use std::collections::HashSet;
use vekha_lifepath::source::{Scope, SituationSource};
use vekha_lifepath::{Facts, Planning};
use vekha_model::{Criterion, Fact, Moment, Prospect, SituationState, StepState, Truth};

/// Any one fact on some day of three years, as often of the stories as of the whole vocabulary.
fn any_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        any_of_the_stories(),
        any_kind(jiff::civil::date(2026, 1, 1), 1100)
    ]
}

fn any_of_the_stories() -> impl Strategy<Value = Fact> {
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

/// What is true until said otherwise, and starts nothing by being said.
fn is_about_the_person(kind: &str) -> bool {
    let catalogue = vekha_catalogue::builtin();
    let starts = |situation: &SituationSource| {
        let mut triggers = situation.trigger.iter().chain(&situation.triggers);
        triggers.any(|trigger| {
            let dates = trigger.dates.iter().filter_map(|dates| dates.of.as_deref());
            let mut kinds = dates.filter_map(|path| path.rsplit_once('.'));
            trigger.event.as_slice().iter().any(|it| it == kind) || kinds.any(|(it, _)| it == kind)
        })
    };
    let known = catalogue.vocabulary().get(kind);
    known.is_some_and(|known| known.scope == Scope::Life)
        && !["step.outcome", "situation.ended", "consent"].contains(&kind)
        && !catalogue.source().situations.iter().any(starts)
}

/// A condition that asks whether something is known at all, or what else goes on, may well be no without it.
fn asks_for_values(why: &[Criterion]) -> bool {
    let asks = |word: &str| why.iter().any(|one| one.expression.contains(word));
    !["known(", "active(", "steps.", "marker."]
        .into_iter()
        .any(asks)
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
    #![proptest_config(ProptestConfig::with_cases(300))]

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
        let none = Facts { resident: "anna".into(), facts: Vec::<Fact>::new() };
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
            let mut own = plan.steps.iter().filter(|step| step.instance == run.id);
            prop_assert!(own.all(|step| !alive(step.state) && step.missing.is_empty()), "{} shows steps", run.id);
            prop_assert!(run.forks.iter().all(|fork| fork.prospect != Prospect::Open), "{} has forks ahead", run.id);
        }
    }

    #[test]
    fn a_later_fact_never_moves_a_finished_step(facts in any_life(), more in any_fact(), after in 1..60i64, then in 0..90i64) {
        // What is said of a step anew is the one thing that may change it.
        if more.kind == "step.outcome" {
            return Ok(());
        }
        let zone = vekha_catalogue::builtin().zone();
        let days = |days: i64| jiff::Span::new().days(days);
        let last = facts.iter().map(|fact| fact.at.date_in(zone)).max().unwrap();
        let at = last.checked_add(days(after)).unwrap();
        let now = at.checked_add(days(then)).unwrap().to_string();
        let more = Fact { id: "later".into(), at: Moment::Day(at), ..more };
        let before = plan(&facts, &now);
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
        // Facts that begin, end or bring things take runs and steps with them; what is said of the person does not.
        let about: Vec<usize> = (0..facts.len()).filter(|place| is_about_the_person(&facts[*place].kind)).collect();
        if about.is_empty() {
            return Ok(());
        }
        let gone = fewer.remove(about[without.index(about.len())]);
        fewer.retain(|fact| fact.kind != gone.kind);
        let rest = plan(&fewer, &now);
        for run in &rest.situations {
            let Some(same) = whole.situations.iter().find(|other| other.id == run.id) else { continue };
            for (fork, known) in run.forks.iter().zip(&same.forks).filter(|(fork, _)| asks_for_values(&fork.why)) {
                prop_assert!(fork.taken != Truth::No || known.taken == Truth::No, "{} {} is no without {}", run.id, fork.fork, gone.kind);
            }
            if run.state == SituationState::NotStarted && asks_for_values(&run.why) {
                prop_assert!(same.state == SituationState::NotStarted, "{} is no without {}", run.id, gone.kind);
            }
        }
        for step in rest.steps.iter().filter(|step| step.state == StepState::NotApplicable) {
            if let Some(same) = whole.steps.iter().find(|other| other.id == step.id) {
                let no = step.why.iter().any(|why| why.truth == Truth::No);
                let still = same.why.iter().any(|why| why.truth == Truth::No);
                prop_assert!(!no || still || !asks_for_values(&step.why), "{} is not applicable without {}", step.id, gone.kind);
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1))]

    /// From conception, before anybody has a birthday, to a hundred years.
    #[test]
    fn planned_day_by_day_a_whole_life_never_panics_and_shows_no_step_twice(facts in a_whole_life(), sex in any::<bool>()) {
        let mut facts = facts;
        let sex = if sex { "female" } else { "male" };
        facts.push(fact("born", "person", "2027-07-12", json!({"birth_date": "2027-07-12", "sex": sex})));
        let zone = vekha_catalogue::builtin().zone();
        let mut day: jiff::civil::Date = "2026-10-05".parse().unwrap();
        while day.year() <= 2127 {
            let plan = plan(&facts, &day.to_string());
            let (mut seen, mut shown) = (HashSet::new(), HashSet::new());
            for step in &plan.steps {
                prop_assert!(seen.insert(&step.id), "{} stands twice on {day}", step.id);
                let what = (&step.situation, &step.step, &step.about, step.opens, step.due);
                prop_assert!(
                    !alive(step.state) || step.due.is_none() || shown.insert(what),
                    "{} is shown twice on {day}", step.id
                );
                if let (Some(opens), Some(due)) = (step.opens, step.due) {
                    prop_assert!(opens.start_in(zone) <= due.end_in(zone), "{} on {day}", step.id);
                }
            }
            let runs: HashSet<_> = plan.situations.iter().map(|run| &run.id).collect();
            prop_assert_eq!(runs.len(), plan.situations.len(), "a run stands twice on {}", day);
            day = day.tomorrow().unwrap();
        }
    }
}

fn a_whole_life() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(any_kind(jiff::civil::date(2027, 7, 12), 36_500), 0..40)
}
