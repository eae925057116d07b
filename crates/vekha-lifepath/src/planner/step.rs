use super::criteria::{began, holds, judge, missing};
use super::occurrence::{Occurrence, occurrences, place_of};
use super::run::Run;
use super::scene::{KnownStep, Scene};
use super::screening::screening;
use crate::catalogue::{AnchorFrom, Fork, Step};
use crate::expression::{Expression, Read, truth};
use crate::facts::{Outcome, moment_of};
use crate::time::Bound;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;
use vekha_model::{
    AppointmentId, Criterion, DeadlineKind, Missing, Moment, PlannedStep, StepKey, StepState, Text,
    Truth, Visit,
};

/// Where a step stands in its run.
pub struct Place<'a> {
    pub run: &'a Run<'a>,
    pub scene: &'a Scene<'a>,
    pub fork: Option<&'a Fork>,
    /// When that fork was taken.
    pub since: Option<Moment>,
    /// Taken away: by a fork (its criteria say why) or by the end of the run.
    pub cancelled: Option<&'a [Criterion]>,
}

/// All occurrences of a step, planned.
pub fn plan_step<'a>(step: &Step, place: &Place<'a>, into: &mut Vec<PlannedStep>) {
    let run = place.run;
    // A fork without a day of its own, such as an age, counts from the start of the run.
    let anchor = place
        .scene
        .anchor(&step.anchor, place.since.or(Some(run.event.fact.at)));
    occurrences(step, place, anchor, |occurrence| {
        let Occurrence {
            id,
            period,
            opens,
            due,
            never,
            outcome,
        } = occurrence;
        let mut planned = PlannedStep {
            id,
            instance: run.id.clone(),
            subject: run.event.fact.subject.clone(),
            about: run.about.as_ref().filter(|_| !step.own).cloned(),
            state: StepState::Upcoming,
            from: anchor,
            opens,
            due,
            why: Vec::new(),
            missing: Vec::new(),
            visit: None,
            of: step.of.clone(),
        };
        let period = period.as_deref();
        fill(&mut planned, step, place, anchor, outcome, period);
        if never
            && matches!(
                planned.state,
                StepState::Upcoming
                    | StepState::Open
                    | StepState::DueSoon
                    | StepState::Overdue
                    | StepState::Unknown
            )
        {
            planned.state = StepState::NotApplicable;
        }
        into.push(planned);
    });
}

fn fill(
    planned: &mut PlannedStep,
    step: &Step,
    place: &Place<'_>,
    anchor: Option<Moment>,
    outcome: Option<&Outcome<'_>>,
    period: Option<&str>,
) {
    let scene = place.scene;
    let mut judged = judge(&step.when, scene);
    let mut lacking = Vec::new();
    if let Some(row) = &step.screening {
        let (due, why, missing) = screening(row, step, scene);
        judged.truth = crate::expression::and(judged.truth, due);
        judged.why.reserve_exact(1);
        judged.why.push(why);
        lacking = missing;
    }
    let finished = step
        .done
        .as_ref()
        .filter(|done| truth(&done.node, scene) == Truth::Yes);
    let word = outcome.map(|outcome| outcome.word);
    let settled = match word {
        Some("done" | "have_it") => Some(StepState::Done),
        _ if finished.is_some() => Some(StepState::Done),
        Some("declined") => Some(StepState::Declined),
        _ if place.cancelled.is_some() => Some(StepState::Cancelled),
        Some("cancelled") => Some(StepState::Cancelled),
        Some("booked") => Some(StepState::Booked),
        Some("held") if !lapsed(outcome, scene) => Some(StepState::Held),
        _ => None,
    };
    if settled == Some(StepState::Done) {
        let by_word = outcome.filter(|outcome| outcome.is_done());
        freeze(planned, step, place, by_word, finished, period);
    }
    if settled.is_none() {
        planned.state = match (judged.truth, anchor) {
            (Truth::No, _) => StepState::NotApplicable,
            (Truth::Unknown, _) => {
                planned.missing = missing(&step.when, judged.truth, &judged.why, scene, false);
                planned.missing.append(&mut lacking);
                let asked = |missing: &Missing| scene.catalogue.asks(missing);
                if planned.missing.iter().any(asked) {
                    StepState::Unknown
                } else {
                    StepState::Upcoming
                }
            }
            (Truth::Yes, None) => awaited(planned, step, scene),
            (Truth::Yes, Some(_)) => by_window(planned, step, scene),
        };
        planned.why = judged.why;
        return;
    }
    planned.visit = outcome.and_then(visit).map(Box::new);
    planned.why = judged.why;
    if let Some(state) = settled {
        planned.state = state;
    }
    if planned.state == StepState::Cancelled
        && let Some(why) = place.cancelled
    {
        planned.why.extend(why.iter().cloned());
    }
}

/// When a condition that holds now did so first: what is told again later moves nothing.
fn first_held(expression: &Expression, place: &Place<'_>) -> Option<Timestamp> {
    let scene = place.scene;
    let kinds = expression.reads.iter().filter_map(|read| match read {
        Read::Field { kind, .. } | Read::At { kind } => Some(*kind),
        _ => None,
    });
    let facts = kinds.flat_map(|kind| scene.facts(kind));
    let behind = expression
        .reads
        .iter()
        .filter_map(|read| scene.behind(read));
    let mut told: Vec<Timestamp> = facts.chain(behind).map(|entry| entry.at).collect();
    told.sort_unstable();
    told.dedup();
    let held = |at: &&Timestamp| {
        let then = place.run.scene_at(scene, **at);
        truth(&expression.node, &then) == Truth::Yes
    };
    told.iter().find(held).or(told.last()).copied()
}

/// A finished step keeps the window it had on the day it was finished, also where that was none.
fn freeze(
    planned: &mut PlannedStep,
    step: &Step,
    place: &Place<'_>,
    outcome: Option<&Outcome<'_>>,
    finished: Option<&Expression>,
    period: Option<&str>,
) {
    let catalogue = place.scene.catalogue;
    let (calendar, zone) = (catalogue.calendar(), catalogue.zone());
    let at: Timestamp = match (outcome, finished) {
        (Some(outcome), _) => outcome.entry.fact.at.end_in(zone),
        (None, Some(expression)) => match first_held(expression, place) {
            Some(at) => at,
            None => return,
        },
        (None, None) => return,
    };
    let then = place.run.scene_at(place.scene, at);
    let fork = match place.fork {
        Some(fork) if step.anchor.contains(&AnchorFrom::Fork) => match holds(&fork.when, &then) {
            Truth::Yes => began(&fork.when, &then).map(|began| began.moment),
            _ => place.since.filter(|since| since.start_in(zone) <= at),
        },
        _ => None,
    };
    let anchor = then.anchor(&step.anchor, fork.or(Some(place.run.event.fact.at)));
    let index = step.repeat.and(period).zip(anchor);
    let index = index.and_then(|(period, anchor)| place_of(step, period, anchor, catalogue));
    let repeat = step.repeat.zip(index);
    let repeat = repeat.map(|(repeat, index)| (repeat.every, index));
    planned.from = anchor;
    (planned.opens, planned.due) = match anchor {
        // An occurrence that was not there yet on that day keeps the window it has.
        Some(anchor) if place.run.period.is_none() && repeat.is_some() == step.repeat.is_some() => {
            step.window
                .on(anchor, repeat, step.of.deadline, calendar, zone)
        }
        Some(_) => (planned.opens, planned.due),
        None => (None, None),
    };
}

/// No anchor yet: unknown where the resident could say, else waiting for others.
fn awaited(planned: &mut PlannedStep, step: &Step, scene: &Scene<'_>) -> StepState {
    let waits = step.anchor.first().and_then(|from| match from {
        AnchorFrom::Fact { kind, field, .. } => Some(Missing {
            kind: scene.catalogue.kinds[*kind].name.clone(),
            field: field.clone(),
        }),
        AnchorFrom::Step { key, .. } => Some(Missing {
            kind: "step.outcome".into(),
            field: Some(format!("{}.{key}", planned.situation)),
        }),
        _ => None,
    });
    planned.missing.extend(waits);
    if planned
        .missing
        .iter()
        .any(|missing| scene.catalogue.asks(missing))
    {
        StepState::Unknown
    } else {
        StepState::Upcoming
    }
}

fn by_window(planned: &PlannedStep, step: &Step, scene: &Scene<'_>) -> StepState {
    let zone = scene.catalogue.zone();
    let now = scene.wall;
    let opens = planned.opens.map(|opens| opens.wall_start(zone));
    if opens.is_some_and(|opens| now < opens) {
        return StepState::Upcoming;
    }
    let Some(due) = planned.due.map(|due| due.wall_end(zone)) else {
        return StepState::Open;
    };
    if now >= due && opens.is_none_or(|opens| opens < due || now > due) {
        // News is never late: when its time has passed there is nothing left to tell.
        // A season that is over comes again next year; nobody is late for it.
        let season = planned.deadline == DeadlineKind::Rec
            && step.repeat.is_some()
            && matches!(step.window.from, Some(Bound::Yearly(..)));
        return if step.passes() || season {
            StepState::NotApplicable
        } else {
            StepState::Overdue
        };
    }
    const THREE_DAYS: SignedDuration = SignedDuration::from_hours(72);
    let quarter = opens.map_or(THREE_DAYS, |opens| due.duration_since(opens) / 4);
    if due.duration_since(now) <= THREE_DAYS.min(quarter) {
        StepState::DueSoon
    } else {
        StepState::Open
    }
}

/// What forks may ask about a step: its state, the last word, and since when.
pub fn known<'a>(key: &'a StepKey, step: &PlannedStep, scene: &Scene<'a>) -> KnownStep<'a> {
    let outcome = scene.outcomes(key.as_str()).next();
    let since = match (step.state, step.due) {
        // The day after the last one: a day lasts until midnight.
        (StepState::Overdue, Some(Moment::Day(due))) => due.tomorrow().ok().map(Moment::Day),
        (StepState::Overdue, due) => due,
        _ => outcome.map(|outcome| outcome.entry.fact.at),
    };
    KnownStep {
        step: key,
        state: step.state,
        outcome: outcome.map(|outcome| outcome.word),
        since,
    }
}

fn lapsed(outcome: Option<&Outcome<'_>>, scene: &Scene<'_>) -> bool {
    let until = outcome
        .and_then(|outcome| outcome.entry.fact.fields.get("held_until"))
        .and_then(moment_of);
    let zone = scene.catalogue.zone();
    until.is_some_and(|until| until.end_in(zone) <= scene.now.start_in(zone))
}

fn visit(outcome: &Outcome<'_>) -> Option<Visit> {
    let fields = &outcome.entry.fact.fields;
    Some(Visit {
        appointment: fields
            .get("appointment")
            .and_then(Json::as_str)
            .map(AppointmentId::new),
        start: outcome.visit?,
        place: fields
            .get("place")
            .and_then(Json::as_str)
            .map(|place| Text::new(place, "")),
    })
}
