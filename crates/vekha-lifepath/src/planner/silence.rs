//! Situations that silence others for good.
use super::run::Run;
use super::scene::Scene;
use crate::catalogue::{Since, Situation};
use crate::facts::moment_of;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde_json::Value as Json;
use vekha_model::{
    FactId, InstanceId, Moment, PlannedSituation, PlannedStep, Prospect, SituationState, StepState,
};

/// A birth this close before a loss belongs to it: nothing begins and ends within so few days.
const OF_ITS_OWN: i64 = 28;

/// In place of names: every other situation, also those that would begin later.
pub const EVERYTHING: &str = "*";

/// What a run silences, and from when to when it was anchored.
#[derive(PartialEq)]
pub struct Silence<'c> {
    by: InstanceId,
    /// Its place among the runs of its situation.
    place: usize,
    started_by: FactId,
    names: &'c [String],
    /// Before this day it hangs on something else.
    since: Option<Date>,
    at: Moment,
}

impl<'c> Silence<'c> {
    pub fn of(
        situation: &'c Situation,
        scene: &Scene<'_>,
        run: &Run<'_>,
        place: usize,
    ) -> Option<Self> {
        (!situation.suppresses.is_empty()).then(|| Self {
            by: run.id.clone(),
            place,
            started_by: run.event.fact.id.clone(),
            names: &situation.suppresses,
            since: situation.since.as_ref().map(|since| since.day(scene, run)),
            at: run.anchor,
        })
    }
}

impl Silence<'_> {
    /// Whether it silences a run at this place among those of its own situation.
    fn covers(&self, run: &PlannedSituation, place: usize, zone: &TimeZone) -> bool {
        let named = |name: &str| self.names.iter().any(|one| one == name);
        if self.by == run.id {
            return false;
        }
        if named(EVERYTHING) {
            return true;
        }
        if !named(run.situation.as_str()) {
            return false;
        }
        // A newer run of the same situation takes the place of an older one, whichever day each is about.
        if self.by.situation() == run.situation {
            return place < self.place;
        }
        let day = run.anchor.at.date_in(zone);
        day <= self.at.date_in(zone) && self.since.is_none_or(|since| since <= day)
    }

    /// Whether nothing at all stays, not even what other ends keep.
    fn is_total(&self) -> bool {
        self.names.iter().any(|name| name == EVERYTHING)
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

/// Silences every run of a situation that is not newer than the one which silences it, and hangs on what came to its end.
/// Where everything is silenced, as after the resident's own death, that holds for whatever comes later too.
pub fn suppress<'a, 'c: 'a>(
    silences: impl Iterator<Item = &'a Silence<'c>> + Clone,
    runs: &mut [PlannedSituation],
    steps: &mut [PlannedStep],
    zone: &TimeZone,
) {
    for (place, run) in runs.iter_mut().enumerate() {
        let running = matches!(run.state, SituationState::Active | SituationState::Unknown);
        let mut silences = silences.clone().filter(|one| running || one.is_total());
        let Some(by) = silences.find(|one| one.covers(run, place, zone)) else {
            continue;
        };
        if running {
            run.state = SituationState::Suppressed;
            run.ended_by = Some(by.started_by.clone());
            run.ended_at = Some(by.at);
            for fork in &mut run.forks {
                fork.prospect = match fork.prospect {
                    Prospect::Open => Prospect::Past,
                    known => known,
                };
            }
        }
        for step in steps.iter_mut().filter(|step| step.instance == run.id) {
            if !matches!(step.state, StepState::Done | StepState::Declined) {
                step.state = StepState::Cancelled;
                step.missing.clear();
            }
        }
    }
}
