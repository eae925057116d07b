//! Situations that silence others for good.
use super::run::Run;
use super::scene::Scene;
use crate::catalogue::{Since, Situation};
use crate::facts::moment_of;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde_json::Value as Json;
use vekha_model::{
    FactId, InstanceId, Moment, PlannedSituation, PlannedStep, SituationState, StepState,
};

/// A birth this close before a loss belongs to it: nothing begins and ends within so few days.
const OF_ITS_OWN: i64 = 28;

/// What a run silences, and from when to when it was anchored.
#[derive(PartialEq)]
pub struct Silence<'c> {
    by: InstanceId,
    started_by: FactId,
    names: &'c [String],
    /// Before this day it hangs on something else.
    since: Option<Date>,
    at: Moment,
}

impl<'c> Silence<'c> {
    pub fn of(situation: &'c Situation, scene: &Scene<'_>, run: &Run<'_>) -> Option<Self> {
        (!situation.suppresses.is_empty()).then(|| Self {
            by: run.id.clone(),
            started_by: run.event.fact.id.clone(),
            names: &situation.suppresses,
            since: situation.since.as_ref().map(|since| since.day(scene, run)),
            at: run.anchor,
        })
    }
}

impl Since {
    fn day(&self, scene: &Scene<'_>, run: &Run<'_>) -> Date {
        let (calendar, zone) = (scene.catalogue.calendar(), scene.catalogue.zone());
        let end = run.anchor.date_in(zone);
        let days = |(kind, field): &(usize, String)| {
            let facts = scene.index.kinds[*kind].iter().rev();
            let days: Vec<Date> = facts
                .filter_map(|entry| moment_of(entry.fact.fields.get(field)?))
                .map(|day| day.date_in(zone))
                .collect();
            days
        };
        let earliest = self.most.times(-1).from(run.anchor, calendar, zone);
        let mut earliest = earliest.date_in(zone);
        let before = end.saturating_sub(OF_ITS_OWN.days());
        let others = self.after.as_ref().map(days).unwrap_or_default();
        if let Some(last) = others.into_iter().filter(|day| *day <= before).max() {
            earliest = earliest.max(last.saturating_add(1.day()));
        }
        let weeks = self
            .weeks
            .as_ref()
            .and_then(|field| run.event.fact.fields.get(field))
            .and_then(Json::as_i64);
        if let Some(weeks) = weeks.filter(|weeks| (0..=100).contains(weeks)) {
            return earliest.max(end.saturating_sub((weeks * 7 + 6).days()));
        }
        let first = self.first.as_ref().map(days).unwrap_or_default();
        let first = first.into_iter().find(|day| (earliest..=end).contains(day));
        first.unwrap_or(earliest)
    }
}

/// Silences every run that is not newer than the situation which silences it, and hangs on what came to its end.
pub fn suppress<'a, 'c: 'a>(
    silences: impl Iterator<Item = &'a Silence<'c>> + Clone,
    runs: &mut [PlannedSituation],
    steps: &mut [PlannedStep],
    zone: &TimeZone,
) {
    for run in runs {
        if !matches!(run.state, SituationState::Active | SituationState::Unknown) {
            continue;
        }
        let day = run.anchor.at.date_in(zone);
        let by = silences.clone().find(|other| {
            other.by != run.id
                && other
                    .names
                    .iter()
                    .any(|name| name == run.situation.as_str())
                && day <= other.at.date_in(zone)
                && other.since.is_none_or(|since| since <= day)
        });
        let Some(by) = by else { continue };
        run.state = SituationState::Suppressed;
        run.ended_by = Some(by.started_by.clone());
        run.ended_at = Some(by.at);
        for step in steps.iter_mut().filter(|step| step.instance == run.id) {
            if !matches!(step.state, StepState::Done | StepState::Declined) {
                step.state = StepState::Cancelled;
                step.missing.clear();
            }
        }
    }
}
