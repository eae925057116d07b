//! A whole life in one picture.
use crate::people::{alive, fact, moment, plan, woman_of_30};
use proptest::prelude::*;
use serde_json::json;
use vekha_catalogue::builtin;
use vekha_lifepath::{Facts, life};
use vekha_model::{Fact, LifeLine, LifeSpan, Milestone, MilestoneKind};

fn line(of: &str, facts: &[Fact], from: &str, to: &str) -> LifeLine {
    let facts = Facts {
        resident: of.into(),
        facts: facts.to_vec(),
    };
    life(
        builtin(),
        &facts,
        from.parse().unwrap(),
        to.parse().unwrap(),
    )
}

fn pregnancy() -> Fact {
    fact("p", "pregnancy", "2026-11-23", json!({"lmp": "2026-10-05"}))
}

fn annas() -> LifeLine {
    line(
        "anna",
        &[woman_of_30(), pregnancy()],
        "1995-01-01",
        "2090-01-01",
    )
}

fn day<'a>(line: &'a LifeLine, situation: &str, age: Option<&str>) -> Option<&'a Milestone> {
    line.milestones.iter().find(|one| {
        one.situation
            .as_ref()
            .is_some_and(|it| it.as_str() == situation)
            && one.age.as_deref() == age
    })
}

fn span<'a>(line: &'a LifeLine, situation: &str) -> &'a LifeSpan {
    let mut spans = line.spans.iter();
    spans
        .find(|one| one.situation.as_str() == situation)
        .unwrap()
}

#[test]
fn a_life_runs_from_conception_through_school_and_passports_to_the_pension() {
    let line = annas();
    let begins = &line.milestones[0];
    assert_eq!(
        (begins.kind, begins.at),
        (MilestoneKind::Conception, moment("1995-08-09"))
    );
    assert!(begins.expected, "nobody knows that day");
    let birth = &line.milestones[1];
    assert_eq!(
        (birth.kind, birth.at, birth.expected),
        (MilestoneKind::Birth, moment("1996-05-01"), false)
    );
    for (situation, age, at, expected) in [
        ("school_entry", None, "2003-09-01", false),
        ("passport_ages", Some("14y"), "2010-05-01", false),
        ("passport_ages", Some("20y"), "2016-05-01", false),
        ("passport_ages", Some("45y"), "2041-05-01", true),
        ("pension", Some("60y"), "2056-05-01", true),
    ] {
        let found = day(&line, situation, age).unwrap_or_else(|| panic!("no {situation} {age:?}"));
        assert_eq!(
            (found.at, found.expected),
            (moment(at), expected),
            "{situation}"
        );
    }
}

#[test]
fn years_that_follow_each_other_are_one_stretch() {
    let line = annas();
    let school: Vec<_> = line
        .spans
        .iter()
        .filter(|one| one.situation.as_str() == "school_years")
        .collect();
    assert_eq!(school.len(), 1);
    assert_eq!(
        (school[0].from, school[0].to),
        (moment("2003-09-01"), Some(moment("2014-08-31")))
    );
    let check_ups = span(&line, "adult_checkup");
    assert_eq!(
        (check_ups.from, check_ups.expected, check_ups.ends_expected),
        (moment("2014-01-01"), false, true)
    );
}

#[test]
fn what_a_fact_began_is_known_and_its_end_expected_until_a_fact_ends_it() {
    let running = annas();
    let span_of = span(&running, "pregnancy");
    assert_eq!(
        (span_of.from, span_of.expected, span_of.ends_expected),
        (moment("2026-10-05"), false, true)
    );
    let born = fact(
        "b",
        "birth",
        "2027-07-10",
        json!({"date": "2027-07-10", "children": 1}),
    );
    let facts = [woman_of_30(), pregnancy(), born];
    let over = line("anna", &facts, "2020-01-01", "2030-01-01");
    let span_of = span(&over, "pregnancy");
    assert_eq!(
        (span_of.to, span_of.ends_expected),
        (Some(moment("2027-07-10")), false)
    );
    assert!(over.unborn.is_empty());
}

#[test]
fn a_child_on_the_way_has_its_first_line_in_the_mothers() {
    let line_of = annas();
    let child = &line_of.unborn[0];
    assert_eq!(
        (child.conceived, child.born),
        (moment("2026-10-19"), moment("2027-07-12"))
    );
    let own = line(
        "child",
        &[woman_of_30(), pregnancy()],
        "2026-01-01",
        "2060-01-01",
    );
    let kinds: Vec<_> = own
        .milestones
        .iter()
        .take(2)
        .map(|one| (one.kind, one.at, one.expected))
        .collect();
    assert_eq!(
        kinds,
        [
            (MilestoneKind::Conception, child.conceived, true),
            (MilestoneKind::Birth, child.born, true),
        ]
    );
    assert_eq!(
        day(&own, "passport_ages", Some("14y")).unwrap().at,
        moment("2041-07-12")
    );
    assert!(own.milestones.iter().all(|one| one.expected));
    assert!(own.unborn.is_empty());
}

#[test]
fn after_a_loss_no_line_begins() {
    let loss = fact(
        "l",
        "pregnancy.ended",
        "2026-12-10",
        json!({"date": "2026-12-10", "outcome": "loss"}),
    );
    let facts = [woman_of_30(), pregnancy(), loss];
    let mother = line("anna", &facts, "2020-01-01", "2090-01-01");
    assert!(mother.unborn.is_empty());
    let lost = span(&mother, "pregnancy");
    assert_eq!(
        (lost.to, lost.ends_expected),
        (Some(moment("2026-12-10")), false)
    );
    assert!(
        line("child", &facts, "2026-01-01", "2060-01-01")
            .milestones
            .is_empty()
    );
    let plan = plan(&facts, "2026-12-11");
    let mut hers = plan
        .steps
        .iter()
        .filter(|step| step.situation.as_str() == "pregnancy");
    assert!(hers.all(|step| !alive(step.state)));
}

#[test]
fn of_whom_nothing_is_known_nothing_is_drawn() {
    let empty = line("anna", &[], "2020-01-01", "2030-01-01");
    assert!(empty.milestones.is_empty() && empty.spans.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn whatever_the_order_of_facts_and_the_part_of_life_the_picture_is_one(
        facts in Just(vec![woman_of_30(), pregnancy()]).prop_shuffle(), from in 1990i16..2080, years in 0i16..60,
    ) {
        let (from, to) = (format!("{from}-03-01"), format!("{}-03-01", from + years));
        let part = line("anna", &facts, &from, &to);
        prop_assert_eq!(&part, &line("anna", &[woman_of_30(), pregnancy()], &from, &to));
        for one in &part.milestones {
            let at = one.at.to_string();
            prop_assert!(from <= at && at <= to, "{}", at);
        }
    }
}
