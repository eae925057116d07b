//! A single step whose own anchor comes again after it was done: another referral, another award.
use super::scene::Scene;
use crate::catalogue::{AnchorFrom, Step};
use crate::facts::{Outcome, moment_of};
use jiff::Timestamp;
use vekha_model::Moment;

/// Where the step begins anew.
pub struct Round {
    /// What is said from here on is about this one.
    pub from: Timestamp,
    pub anchor: Moment,
}

/// The later rounds of a step, the earliest first; none where it was never done, or nothing came after. A fact that tells an
/// earlier day, or the same one, is about what was done already.
pub fn rounds(step: &Step, scene: &Scene<'_>) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    let Some(own @ AnchorFrom::Fact { kind, field, .. }) = step.anchor.first() else {
        return rounds;
    };
    if step.repeat.is_some() {
        return rounds;
    }
    let said = scene.outcomes(step.of.step.as_str());
    let done: Vec<&Outcome<'_>> = said.filter(|outcome| outcome.is_done()).collect();
    if done.is_empty() {
        return rounds;
    }
    let zone = scene.catalogue.zone();
    let mut facts: Vec<(Timestamp, Moment)> = scene
        .facts(*kind)
        .filter(|entry| own.means(entry))
        .filter_map(|entry| match field {
            Some(field) => Some((entry.at, moment_of(entry.fact.fields.get(field)?)?)),
            None => Some((entry.at, entry.fact.at)),
        })
        .collect();
    facts.reverse();
    let mut before: Option<Moment> = None;
    for (at, anchor) in facts {
        let since = rounds.last().map(|round| round.from);
        let was_done = done.iter().any(|outcome| {
            let said = outcome.entry.at;
            since.is_none_or(|since| since <= said)
                && said < at
                && outcome.moment().start_in(zone) < anchor.start_in(zone)
        });
        let later = before.is_some_and(|before| before.start_in(zone) < anchor.start_in(zone));
        if was_done && later {
            rounds.push(Round { from: at, anchor });
        }
        before = Some(anchor);
    }
    rounds
}
