//! When a step takes place: once, every year, or again and again.
use super::round::rounds;
use super::step::Place;
use crate::Catalogue;
use crate::catalogue::{Repeat, Step};
use crate::facts::Outcome;
use crate::source::Validity;
use crate::time::Bound;
use jiff::civil::{Date, DateTime};
use vekha_model::{Moment, StepId};

/// One of a recurring step, or the only one, and what was said of it last.
pub struct Occurrence<'a> {
    pub id: StepId,
    /// What tells it from the others.
    pub period: Option<String>,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
    /// Its window and the one it has to be within do not meet, or its rule is not in force.
    pub never: bool,
    pub outcome: Option<&'a Outcome<'a>>,
}

type Dates = (Option<Moment>, Option<Moment>);

/// Hands on each that is shown: all of a step that ends; of one that never does, what was settled, what is on and what
/// comes next.
pub fn occurrences<'a>(
    step: &Step,
    place: &Place<'a>,
    anchor: Option<Moment>,
    mut each: impl FnMut(Occurrence<'a>),
) {
    let catalogue = place.scene.catalogue;
    let series = anchor.and_then(|anchor| Series::new(step, anchor, catalogue));
    let Some(series) = series else {
        return single(step, place, anchor, each);
    };
    let series = series.by_now(place.scene.wall);
    let said = series.said(place);
    for index in series.shown(&said) {
        let dates = series.dates(index);
        let period = label(step, index, dates.0);
        let found = said.iter().find(|(of, _)| *of == index);
        let (never, (opens, due)) = within(step, dates, series.anchor, catalogue);
        if never && found.is_none() {
            continue;
        }
        each(Occurrence {
            id: StepId::recurring(&place.run.id, &step.of.step, &period),
            period: Some(period),
            opens,
            due,
            never,
            outcome: found.map(|(_, outcome)| *outcome),
        });
    }
}

/// A step that does not recur, and its later rounds. A word that names none is about the last that had begun when it was
/// said.
fn single<'a>(
    step: &Step,
    place: &Place<'a>,
    anchor: Option<Moment>,
    mut each: impl FnMut(Occurrence<'a>),
) {
    let (run, key) = (&place.run.id, &step.of.step);
    let rounds = rounds(step, place.scene);
    let said_of = |index: usize, own: Option<&str>| {
        place.scene.outcomes(key.as_str()).find(|outcome| {
            let said = outcome.entry.at;
            let begun = || rounds.iter().take_while(|round| round.from <= said).count();
            match outcome.period {
                Some(period) => own == Some(period),
                None => begun() == index,
            }
        })
    };
    let catalogue = place.scene.catalogue;
    let (never, (opens, due)) = anchor.map_or((false, (None, None)), |anchor| {
        within(step, once(step, place, anchor), anchor, catalogue)
    });
    each(Occurrence {
        id: StepId::of(run, key),
        period: None,
        opens,
        due,
        never,
        outcome: said_of(0, None),
    });
    for (before, round) in rounds.iter().enumerate() {
        let period = round.anchor.date_in(catalogue.zone()).to_string();
        let written = dates(step, round.anchor, None, catalogue);
        let (never, (opens, due)) = within(step, written, round.anchor, catalogue);
        each(Occurrence {
            id: StepId::recurring(run, key, &period),
            opens,
            due,
            never,
            outcome: said_of(before + 1, Some(&period)),
            period: Some(period),
        });
    }
}

fn dates(step: &Step, anchor: Moment, index: Option<i64>, catalogue: &Catalogue) -> Dates {
    let repeat = step.repeat.zip(index);
    step.window.on(
        anchor,
        repeat.map(|(repeat, index)| (repeat.every, index)),
        step.of.deadline,
        catalogue.calendar(),
        catalogue.zone(),
    )
}

/// What is left of the days of a step inside its second window; or that there is no such day.
fn within(step: &Step, dates: Dates, anchor: Moment, catalogue: &Catalogue) -> (bool, Dates) {
    let counts = |valid: &Validity| valid.covers(anchor.date_in(catalogue.zone()));
    if !step.valid.as_ref().is_none_or(counts) {
        return (true, dates);
    }
    let Some(within) = &step.within else {
        return (false, dates);
    };
    let left = within.narrows(dates, anchor, catalogue.calendar(), catalogue.zone());
    (left.is_none(), left.unwrap_or(dates))
}

fn once(step: &Step, place: &Place<'_>, anchor: Moment) -> Dates {
    let (opens, due) = dates(step, anchor, None, place.scene.catalogue);
    // What belongs to one year never slips into the next one.
    let next = place.run.period.as_ref().and_then(|it| it.until);
    match (next, due) {
        (Some(next), Some(Moment::Day(last)))
            if last >= next && !matches!(opens, Some(Moment::Day(opens)) if opens >= next) =>
        {
            (opens, next.yesterday().ok().map(Moment::Day))
        }
        _ => (opens, due),
    }
}

/// The place that an occurrence has where its step counts from `anchor`.
pub fn place_of(step: &Step, period: &str, anchor: Moment, catalogue: &Catalogue) -> Option<i64> {
    Series::new(step, anchor, catalogue)?.named(period)
}

/// The occurrences of a recurring step that counts from an anchor. Their windows open one after the other, so that each is
/// found without looking at all.
struct Series<'s> {
    step: &'s Step,
    repeat: Repeat,
    anchor: Moment,
    catalogue: &'s Catalogue,
    count: i64,
}

impl<'s> Series<'s> {
    fn new(step: &'s Step, anchor: Moment, catalogue: &'s Catalogue) -> Option<Self> {
        let repeat = step.repeat?;
        Some(Self {
            step,
            repeat,
            anchor,
            catalogue,
            count: i64::from(repeat.times.unwrap_or(600)).min(600),
        })
    }

    /// Those that there are by now: of a series that never ends, up to the one that comes next.
    fn by_now(self, now: DateTime) -> Self {
        let (calendar, zone) = (self.catalogue.calendar(), self.catalogue.zone());
        let opens = |index| {
            let (opens, due) = self.dates(index);
            opens.or(due).map(|at| at.wall_start(zone))
        };
        let count = if let Some(until) = self.repeat.until {
            let end = until.from(self.anchor, calendar, zone).wall_end(zone);
            first(self.count, |index| opens(index).is_some_and(|at| at >= end))
        } else if self.repeat.times.is_none() {
            let ahead = |index| opens(index).is_none_or(|at| at > now);
            self.count.min(self.first_near(now.date(), ahead) + 1)
        } else {
            self.count
        };
        Self { count, ..self }
    }

    fn dates(&self, index: i64) -> Dates {
        dates(self.step, self.anchor, Some(index), self.catalogue)
    }

    /// The first for which something holds that goes on holding, looked for where it must be about.
    fn first_near(&self, day: Date, holds: impl Fn(i64) -> bool) -> i64 {
        let anchor = self.anchor.date_in(self.catalogue.zone());
        let days = anchor
            .until(day)
            .map_or(0, |span| i64::from(span.get_days()));
        let about = days * 10 / self.repeat.every.rough_length().max(1);
        // The calendar is irregular, but not by more than this.
        let (from, to) = (
            (about - 2).clamp(0, self.count),
            (about + 3).clamp(0, self.count),
        );
        if (from == 0 || !holds(from - 1)) && (to == self.count || holds(to)) {
            from + first(to - from, |index| holds(from + index))
        } else {
            first(self.count, holds)
        }
    }

    /// What was said, the latest first, and of which occurrence.
    fn said<'a>(&self, place: &Place<'a>) -> Vec<(i64, &'a Outcome<'a>)> {
        let of = |outcome: &'a Outcome<'a>| {
            let index = match outcome.period {
                Some(period) => self.named(period),
                None if self.count == 1 => Some(0),
                None => self.meant(place, outcome),
            };
            Some((index?, outcome))
        };
        let all = place.scene.outcomes(self.step.of.step.as_str());
        all.filter_map(of).collect()
    }

    /// Which one a word was about that names none, as things stood on the day it was said: an anchor that moves later moves
    /// no word. The last that had opened by the day of the visit, or the first while none had: done before its window is
    /// done all the same.
    fn meant(&self, place: &Place<'_>, outcome: &Outcome<'_>) -> Option<i64> {
        let zone = self.catalogue.zone();
        let said = outcome.entry.fact.at.end_in(zone);
        let then = place.run.scene_at(place.scene, said);
        let fork = place.since.or(Some(place.run.event.fact.at));
        let Some(anchor) = then.anchor(&self.step.anchor, fork) else {
            return Some(0);
        };
        let series = Series::new(self.step, anchor, self.catalogue)?;
        let at = outcome.moment().wall_end(zone);
        let closed = |index| {
            let (opens, _) = series.dates(index);
            opens.is_none_or(|opens| opens.wall_start(zone) > at)
        };
        let last = (series.first_near(at.date(), closed) - 1).max(0);
        self.named(&label(self.step, last, series.dates(last).0))
    }

    fn named(&self, period: &str) -> Option<i64> {
        let label = |index| label(self.step, index, self.dates(index).0);
        let index = match self.step.window.from {
            Some(Bound::Yearly(..) | Bound::Monthly(_)) => {
                first(self.count, |index| label(index).as_str() >= period)
            }
            _ => period.parse::<i64>().ok()?.checked_sub(1)?,
        };
        ((0..self.count).contains(&index) && label(index) == period).then_some(index)
    }

    fn shown(&self, said: &[(i64, &Outcome<'_>)]) -> Vec<i64> {
        if self.repeat.times.is_some() || self.repeat.until.is_some() {
            return (0..self.count).collect();
        }
        let mut shown: Vec<i64> = said.iter().map(|(index, _)| *index).collect();
        shown.extend((self.count - 2).max(0)..self.count);
        shown.sort_unstable();
        shown.dedup();
        shown
    }
}

/// The first of `count` for which something holds that goes on holding; `count` where there is none.
fn first(count: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = (from + to) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
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
