//! In which order situations are planned.
use super::{Problem, Situation};
use crate::catalogue::CompiledMarker;
use crate::expression::{Expression, Read};
use std::collections::BTreeSet;

/// Each after those that start it and those it asks about with `active()`; refused where that is a circle.
pub(super) fn in_order(
    mut situations: Vec<Situation>,
    markers: &[CompiledMarker],
    problems: &mut Vec<Problem>,
) -> Vec<Situation> {
    let mut order = Vec::with_capacity(situations.len());
    let asked_by_markers: BTreeSet<String> = markers
        .iter()
        .flat_map(|marker| marker.skip.iter().chain(marker.limits.iter().flatten()))
        .flat_map(asks)
        .collect();
    while !situations.is_empty() {
        let free = situations.iter().position(|one| {
            let before = before(one, &asked_by_markers);
            !situations.iter().any(|other| {
                let starts = other
                    .forks
                    .iter()
                    .any(|fork| fork.of.starts.as_ref() == Some(&one.key));
                other.key != one.key && (starts || before.contains(other.key.as_str()))
            })
        });
        match free {
            Some(place) => order.push(situations.remove(place)),
            None => {
                let names: Vec<&str> = situations.iter().map(|one| one.key.as_str()).collect();
                let (file, near) = place_of(&situations, &names);
                problems.push(Problem {
                    file,
                    near,
                    text: format!(
                        "situations start or ask about each other in a circle: {}",
                        names.join(", ")
                    ),
                });
                break;
            }
        }
    }
    order
}

/// Where to look: at a question about another one of the circle, or else at a fork that starts one.
fn place_of(circle: &[Situation], names: &[&str]) -> (String, String) {
    let none = BTreeSet::new();
    let asked = circle.iter().find_map(|one| {
        let before = before(one, &none);
        let other = names.iter().find(|name| before.contains(**name))?;
        Some((one, format!("active('{other}')")))
    });
    let started = || {
        circle.iter().find_map(|one| {
            let mut starts = one.forks.iter().filter_map(|fork| fork.of.starts.as_ref());
            let other = starts.find(|other| names.contains(&other.as_str()))?;
            Some((one, format!("starts: {other}")))
        })
    };
    asked.or_else(started).map_or_else(
        || (String::new(), String::new()),
        |(one, near)| (format!("situations/{}.yaml", one.key), near),
    )
}

/// The situations this one asks about.
fn before(one: &Situation, by_markers: &BTreeSet<String>) -> BTreeSet<String> {
    let triggers = one.triggers.iter().flat_map(|trigger| &trigger.when);
    let forks = one.forks.iter().flat_map(|fork| &fork.when);
    let steps = one
        .steps
        .iter()
        .chain(
            one.forks
                .iter()
                .flat_map(|fork| fork.adds.iter().chain(&fork.replaces)),
        )
        .flat_map(|step| &step.when);
    let mut names = BTreeSet::new();
    for condition in triggers.chain(forks).chain(steps).chain(&one.ends) {
        names.extend(asks(&condition.expression));
        let marker = |read: &Read| matches!(read, Read::Marker(_));
        if condition.expression.reads.iter().any(marker) {
            names.extend(by_markers.iter().cloned());
        }
    }
    names
}

fn asks(expression: &Expression) -> impl Iterator<Item = String> + '_ {
    expression.reads.iter().filter_map(|read| match read {
        Read::Active(name) => Some(name.clone()),
        _ => None,
    })
}
