//! How a window came about.
use serde::Serialize;
use vekha_lifepath::Catalogue;
use vekha_lifepath::source::{SituationSource, StepSource};
use vekha_lifepath::time::{Bound, Span, Window};
use vekha_model::{DeadlineKind, Moment, PlannedStep, Text};

/// From a moment, by the catalogue's bounds, to the days of the plan.
#[derive(Debug, Serialize)]
pub struct Reckoning {
    pub from: Anchored,
    /// The bounds as the catalogue writes them; none where it is open at that end.
    pub opens: Option<String>,
    pub closes: Option<String>,
    /// Between two occurrences of a recurring step.
    pub every: Option<String>,
    /// The last day before it was moved.
    pub last: Option<Moment>,
    pub moved: Option<Moved>,
}

/// The moment a window counts from.
#[derive(Debug, Serialize)]
pub struct Anchored {
    pub anchor: String,
    pub text: Text,
    pub at: Moment,
}

/// Why the last day is not the one the bound gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// Not a working day (ГК РФ ст. 193).
    NextWorkingDay,
    /// What belongs to one year does not slip into the next.
    EndOfItsYear,
}

pub fn reckon(catalogue: &Catalogue, planned: &PlannedStep) -> Option<Reckoning> {
    let at = planned.from?;
    let step = catalogue.written(planned)?;
    let (opens, closes) = step.window.clone().unwrap_or_default();
    let parse = |text: &Option<String>| text.as_deref().and_then(Bound::parse);
    let window = Window::from((parse(&opens), parse(&closes)));
    let every = step.repeat.as_ref().map(|repeat| repeat.every.clone());
    let span = every.as_deref().and_then(Span::parse);
    let within = step.within.as_ref();
    let within = within.map(|(opens, closes)| Window::from((parse(opens), parse(closes))));
    let (calendar, zone) = (catalogue.calendar(), catalogue.zone());
    let on = |index: i64, kind| {
        let repeat = span.map(|every| (every, index));
        let dates = window.on(at, repeat, kind, calendar, zone);
        let narrowed = within.and_then(|within| within.narrows(dates, at, calendar, zone));
        narrowed.unwrap_or(dates)
    };
    // A plan does not say the how-manieth occurrence it is; its days do.
    let index = (0..600).take_while(|index| *index == 0 || span.is_some());
    let index = index
        .into_iter()
        .find(|index| on(*index, planned.deadline) == (planned.opens, planned.due))
        .unwrap_or(0);
    // A window that exists only as it is written is the one that never moves.
    let (_, last) = on(index, DeadlineKind::Window);
    let moved = match (last, planned.due) {
        (Some(Moment::Day(last)), Some(Moment::Day(due))) if due > last => {
            Some(Moved::NextWorkingDay)
        }
        (Some(Moment::Day(last)), Some(Moment::Day(due))) if due < last => {
            Some(Moved::EndOfItsYear)
        }
        _ => None,
    };
    Some(Reckoning {
        from: anchored(catalogue, planned, &step, at)?,
        opens,
        closes,
        every,
        last: last.filter(|_| moved.is_some()),
        moved,
    })
}

fn anchored(
    catalogue: &Catalogue,
    planned: &PlannedStep,
    step: &StepSource,
    at: Moment,
) -> Option<Anchored> {
    let of = catalogue.source().situation(&planned.situation)?;
    let anchor = step.anchor.as_ref().unwrap_or(&of.anchor.code);
    Some(Anchored {
        anchor: anchor.clone(),
        text: anchor_in_words(of, anchor),
        at,
    })
}

/// What an anchor is, in words.
pub fn anchor_in_words(of: &SituationSource, anchor: &str) -> Text {
    match (of.anchors.get(anchor), anchor) {
        (Some(named), _) => Text::new(&named.ru, &named.en),
        (None, "start") => Text::new("День события", "The day of the event"),
        (None, "fork") => Text::new("День развилки", "The day the fork was taken"),
        (None, _) => Text::new(&of.anchor.ru, &of.anchor.en),
    }
}
