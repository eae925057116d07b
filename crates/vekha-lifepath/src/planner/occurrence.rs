//! When a step takes place: once, every year, or again and again.
use super::round::rounds;
use super::scene::Scene;
use super::step::Place;
use crate::catalogue::{Repeat, Step};
use crate::facts::Outcome;
use crate::time::Bound;
use jiff::Timestamp;
use vekha_model::{Moment, StepId};

/// The `index`-th occurrence of a recurring step, or the only one.
pub struct Occurrence {
    pub id: StepId,
    pub period: Option<String>,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
    /// The moment from which on what is said is about this one, where its anchor came again.
    pub from: Option<Timestamp>,
}

pub fn occurrences(step: &Step, place: &Place<'_>, anchor: Option<Moment>) -> Vec<Occurrence> {
    let run = place.run;
    let (calendar, zone) = (
        place.scene.catalogue.calendar(),
        place.scene.catalogue.zone(),
    );
    let key = &step.of.step;
    let window = |anchor: Moment, repeat| {
        step.window
            .on(anchor, repeat, step.of.deadline, calendar, zone)
    };
    let one = |period: Option<String>, (opens, due)| Occurrence {
        id: match &period {
            Some(period) => StepId::recurring(&run.id, key, period),
            None => StepId::of(&run.id, key),
        },
        period,
        opens,
        due,
        from: None,
    };
    let (Some(anchor), Some(repeat)) = (anchor, step.repeat) else {
        let mut dates = anchor.map_or((None, None), |anchor| window(anchor, None));
        // What belongs to one year never slips into the next one.
        if let (Some(next), Some(Moment::Day(due))) =
            (run.period.as_ref().and_then(|it| it.until), dates.1)
            && due >= next
            && !matches!(dates.0, Some(Moment::Day(opens)) if opens >= next)
        {
            dates.1 = next.yesterday().ok().map(Moment::Day);
        }
        let mut all = vec![one(None, dates)];
        all.extend(rounds(step, &place.scene).iter().map(|round| Occurrence {
            from: Some(round.from),
            ..one(
                Some(round.anchor.date_in(zone).to_string()),
                window(round.anchor, None),
            )
        }));
        return all;
    };
    let now = place.scene.wall;
    let end = repeat
        .until
        .map(|until| until.from(anchor, calendar, zone).wall_end(zone));
    let mut all = Vec::new();
    for index in 0..limit_of(repeat) {
        let dates = window(anchor, Some((repeat.every, index)));
        let opens = dates.0.or(dates.1).map(|at| at.wall_start(zone));
        if end.is_some_and(|end| opens.is_some_and(|opens| opens >= end)) {
            break;
        }
        all.push(one(Some(label(step, index, dates.0)), dates));
        // One that never ends shows what is on and what comes next.
        if repeat.times.is_none() && end.is_none() && opens.is_none_or(|opens| opens > now) {
            break;
        }
    }
    all
}

/// One that never ends shows what was settled, what is on and what comes next.
pub fn is_shown(step: &Step, index: usize, of: usize) -> bool {
    let endless = step
        .repeat
        .is_some_and(|repeat| repeat.times.is_none() && repeat.until.is_none());
    !endless || index + 2 >= of
}

/// What was said last of one occurrence. A word that names no period is about the last occurrence that had opened by the
/// day of the visit, or about the first while none had: done before its window is done all the same.
pub fn outcome_of<'a>(
    step: &Step,
    all: &[Occurrence],
    index: usize,
    place: &Place<'a>,
) -> Option<&'a Outcome<'a>> {
    place.scene.outcomes(step.of.step.as_str()).find(|outcome| {
        match (outcome.period, &all[index].period) {
            (Some(period), own) => own.as_deref() == Some(period),
            (None, _) if all.len() == 1 => true,
            (None, own) if step.repeat.is_some() => {
                let first = || all[0].period.clone();
                meant(step, place, outcome).or_else(first) == *own
            }
            (None, _) => {
                let said = outcome.entry.at;
                let last = all
                    .iter()
                    .rposition(|one| one.from.is_none_or(|from| from <= said));
                last == Some(index)
            }
        }
    })
}

/// Which occurrence a word was about, as things stood on the day it was said: an anchor that moves later moves no word. The
/// last that had opened by the day of the visit, or the first while none had; nothing while there was no anchor.
fn meant(step: &Step, place: &Place<'_>, outcome: &Outcome<'_>) -> Option<String> {
    let repeat = step.repeat?;
    let catalogue = place.scene.catalogue;
    let (calendar, zone) = (catalogue.calendar(), catalogue.zone());
    let said = outcome.entry.fact.at.end_in(zone);
    let then = place.run.scene_at(&place.scene, said);
    let fork = place.since.or(Some(place.run.event.fact.at));
    let anchor = then.anchor(&step.anchor, fork)?;
    let at = outcome.moment().wall_end(zone);
    let mut name = None;
    for index in 0..limit_of(repeat) {
        let every = Some((repeat.every, index));
        let (opens, _) = step
            .window
            .on(anchor, every, step.of.deadline, calendar, zone);
        if index > 0 && opens.is_none_or(|opens| opens.wall_start(zone) > at) {
            break;
        }
        name = Some(label(step, index, opens));
    }
    name
}

/// The place that an occurrence has where its step counts from `anchor`.
pub fn place_of(step: &Step, period: &str, anchor: Moment, scene: &Scene<'_>) -> Option<i64> {
    let repeat = step.repeat?;
    let (calendar, zone) = (scene.catalogue.calendar(), scene.catalogue.zone());
    (0..limit_of(repeat)).find(|index| {
        let every = Some((repeat.every, *index));
        let (opens, _) = step
            .window
            .on(anchor, every, step.of.deadline, calendar, zone);
        label(step, *index, opens) == period
    })
}

fn limit_of(repeat: Repeat) -> i64 {
    i64::from(repeat.times.unwrap_or(600)).min(600)
}

fn label(step: &Step, index: i64, opens: Option<Moment>) -> String {
    match (step.window.from, opens) {
        (Some(Bound::Yearly(..)), Some(Moment::Day(day))) => day.year().to_string(),
        (Some(Bound::Monthly(_)), Some(Moment::Day(day))) => {
            format!("{:04}-{:02}", day.year(), day.month())
        }
        _ => (index + 1).to_string(),
    }
}
