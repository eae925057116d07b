//! When a step takes place: once, every year, or again and again.
use super::step::Place;
use crate::catalogue::{Repeat, Step};
use crate::facts::Outcome;
use crate::time::Bound;
use jiff::civil::Date;
use vekha_model::{Moment, StepId};

/// The `index`-th occurrence of a recurring step, or the only one, and what was said of it last.
pub struct Occurrence<'a> {
    pub index: i64,
    pub id: StepId,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
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
    let run = place.run;
    let key = &step.of.step;
    let (Some(anchor), Some(repeat)) = (anchor, step.repeat) else {
        let (opens, due) = anchor.map_or((None, None), |anchor| once(step, place, anchor));
        each(Occurrence {
            index: 0,
            id: StepId::of(&run.id, key),
            opens,
            due,
            outcome: place
                .scene
                .outcomes(key.as_str())
                .find(|it| it.period.is_none()),
        });
        return;
    };
    let series = Series::new(step, place, anchor, repeat);
    let said = series.said();
    for index in series.shown(&said) {
        let (opens, due) = series.dates(index);
        let found = said.iter().find(|(of, _)| *of == index);
        each(Occurrence {
            index,
            id: StepId::recurring(&run.id, key, &label(step, index, opens)),
            opens,
            due,
            outcome: found.map(|(_, outcome)| *outcome),
        });
    }
}

fn once(step: &Step, place: &Place<'_>, anchor: Moment) -> Dates {
    let catalogue = place.scene.catalogue;
    let (opens, due) = step.window.on(
        anchor,
        None,
        step.of.deadline,
        catalogue.calendar(),
        catalogue.zone(),
    );
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

/// The occurrences of a recurring step in one run. Their windows open one after the other, so that each is found without
/// looking at all.
struct Series<'s, 'a> {
    step: &'s Step,
    place: &'s Place<'a>,
    anchor: Moment,
    repeat: Repeat,
    /// How many there are by now, with the one that comes next.
    count: i64,
}

impl<'s, 'a> Series<'s, 'a> {
    fn new(step: &'s Step, place: &'s Place<'a>, anchor: Moment, repeat: Repeat) -> Self {
        let catalogue = place.scene.catalogue;
        let (calendar, zone) = (catalogue.calendar(), catalogue.zone());
        let mut series = Self {
            step,
            place,
            anchor,
            repeat,
            count: i64::from(repeat.times.unwrap_or(600)).min(600),
        };
        let opens = |index| {
            let (opens, due): Dates = series.dates(index);
            opens.or(due).map(|at| at.wall_start(zone))
        };
        if let Some(until) = repeat.until {
            let end = until.from(anchor, calendar, zone).wall_end(zone);
            series.count = first(series.count, |index| {
                opens(index).is_some_and(|at| at >= end)
            });
        } else if repeat.times.is_none() {
            let now = place.scene.wall;
            let ahead = |index| opens(index).is_none_or(|at| at > now);
            let about = series.about(now.date());
            // The calendar is irregular, but not by more than this.
            let (from, to) = (
                (about - 2).clamp(0, series.count),
                (about + 3).clamp(0, series.count),
            );
            let next = match (
                from == 0 || !ahead(from - 1),
                to == series.count || ahead(to),
            ) {
                (true, true) => from + first(to - from, |index| ahead(from + index)),
                _ => first(series.count, ahead),
            };
            series.count = series.count.min(next + 1);
        }
        series
    }

    /// How many periods lie between the anchor and a day, roughly.
    fn about(&self, day: Date) -> i64 {
        let anchor = self.anchor.date_in(self.place.scene.catalogue.zone());
        let days = anchor
            .until(day)
            .map_or(0, |span| i64::from(span.get_days()));
        days * 10 / self.repeat.every.rough_length().max(1)
    }

    fn dates(&self, index: i64) -> Dates {
        let catalogue = self.place.scene.catalogue;
        self.step.window.on(
            self.anchor,
            Some((self.repeat.every, index)),
            self.step.of.deadline,
            catalogue.calendar(),
            catalogue.zone(),
        )
    }

    /// What was said, the latest first, and of which occurrence. A word that names no period is about the last occurrence
    /// that had opened by the day of the visit, or about the first while none had: done before its window is done all the
    /// same.
    fn said(&self) -> Vec<(i64, &'a Outcome<'a>)> {
        let zone = self.place.scene.catalogue.zone();
        let of = |outcome: &'a Outcome<'a>| {
            let index = match outcome.period {
                Some(period) => self.named(period)?,
                None => {
                    let at = outcome.moment().wall_end(zone);
                    let not_yet = |index| {
                        let (opens, _): Dates = self.dates(index);
                        opens.is_some_and(|opens| opens.wall_start(zone) > at)
                    };
                    (first(self.count, not_yet) - 1).max(0)
                }
            };
            Some((index, outcome))
        };
        let all = self.place.scene.outcomes(self.step.of.step.as_str());
        all.filter_map(of).collect()
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
