use super::criteria::judge;
use super::run::{Run, latest_fact};
use super::scene::Scene;
use crate::catalogue::{Fork, Repeat, Screening, Step, StepAnchor};
use crate::expression::truth;
use crate::facts::{Entry, moment_of};
use crate::time::Bound;
use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;
use vekha_model::{
    AppointmentId, Criterion, Missing, Moment, PlannedStep, Sex, StepId, StepKey, StepState, Text,
    Truth, Visit,
};

/// Where a step stands in its run.
pub struct Place<'a> {
    pub run: &'a Run<'a>,
    pub scene: Scene<'a>,
    pub fork: Option<&'a Fork>,
    /// Taken away: by a fork (its criteria say why) or by the end of the run.
    pub cancelled: Option<Vec<Criterion>>,
}

/// The `index`-th occurrence of a recurring step, or the only one.
struct Occurrence {
    id: StepId,
    period: Option<String>,
    opens: Option<Moment>,
    due: Option<Moment>,
}

/// All occurrences of a step, planned.
pub fn plan_step(step: &Step, place: &Place<'_>, into: &mut Vec<PlannedStep>) {
    let scene = &place.scene;
    let anchor = anchor_of(step, place, scene.until);
    for occurrence in occurrences(step, place, anchor) {
        let outcome = outcome_of(step, &occurrence, place);
        let mut planned = PlannedStep {
            id: occurrence.id,
            instance: place.run.id.clone(),
            subject: place.run.event.fact.subject.clone(),
            about: None,
            state: StepState::Upcoming,
            opens: occurrence.opens,
            due: occurrence.due,
            why: Vec::new(),
            missing: Vec::new(),
            visit: None,
            of: step.of.clone(),
        };
        fill(&mut planned, step, place, anchor, outcome);
        into.push(planned);
    }
}

fn fill(
    planned: &mut PlannedStep,
    step: &Step,
    place: &Place<'_>,
    anchor: Option<Moment>,
    outcome: Option<&Entry<'_>>,
) {
    let scene = &place.scene;
    let mut judged = judge(&step.when, scene);
    if let Some(row) = &step.screening {
        let (due, why, missing) = screening(row, step, scene);
        judged.truth = crate::expression::and(judged.truth, due);
        judged.why.push(why);
        judged.missing.extend(missing);
    }
    planned.why = judged.why;
    let word = outcome
        .and_then(|entry| entry.fact.fields.get("outcome"))
        .and_then(Json::as_str);
    let finished_by_fact = step
        .done
        .as_ref()
        .is_some_and(|done| truth(&done.node, scene) == Truth::Yes);
    let settled = match word {
        Some("done" | "have_it") => Some(StepState::Done),
        _ if finished_by_fact => Some(StepState::Done),
        Some("declined") => Some(StepState::Declined),
        _ if place.cancelled.is_some() => Some(StepState::Cancelled),
        Some("cancelled") => Some(StepState::Cancelled),
        Some("booked") => Some(StepState::Booked),
        Some("held") if !lapsed(outcome, scene) => Some(StepState::Held),
        _ => None,
    };
    if let Some(entry) = outcome {
        planned.visit = visit(entry);
        if settled == Some(StepState::Done) && anchor.is_some() {
            freeze(planned, step, place, entry);
        }
    }
    if let Some(state) = settled {
        planned.state = state;
        if state == StepState::Cancelled
            && let Some(why) = &place.cancelled
        {
            planned.why.extend(why.iter().cloned());
        }
        return;
    }
    planned.visit = None;
    planned.state = match (judged.truth, anchor) {
        (Truth::No, _) => StepState::NotApplicable,
        (Truth::Unknown, _) => {
            planned.missing = judged.missing;
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
        (Truth::Yes, None) => awaited(planned, step, scene),
        (Truth::Yes, Some(_)) => by_window(planned.opens, planned.due, scene),
    };
}

/// A finished step keeps the window it had when it was finished.
fn freeze(planned: &mut PlannedStep, step: &Step, place: &Place<'_>, outcome: &Entry<'_>) {
    if step.repeat.is_none()
        && let Some(then) = anchor_of(step, place, outcome.at)
    {
        let catalogue = place.scene.catalogue;
        (planned.opens, planned.due) = step.window.on(
            then,
            None,
            step.of.deadline,
            catalogue.calendar(),
            catalogue.zone(),
        );
    }
}

/// No anchor yet: unknown where the resident could say, else waiting for others.
fn awaited(planned: &mut PlannedStep, step: &Step, scene: &Scene<'_>) -> StepState {
    match &step.anchor {
        StepAnchor::Fact { kind, field, .. } => {
            let known = &scene.catalogue.kinds[*kind];
            planned.missing = vec![Missing {
                kind: known.name.clone(),
                field: field.clone(),
            }];
            if scene.catalogue.asks(&planned.missing[0]) {
                StepState::Unknown
            } else {
                StepState::Upcoming
            }
        }
        StepAnchor::Step(key) => {
            let step = format!("{}.{key}", planned.situation);
            planned.missing = vec![Missing {
                kind: "step.outcome".into(),
                field: Some(step),
            }];
            StepState::Upcoming
        }
        _ => StepState::Upcoming,
    }
}

pub fn by_window(opens: Option<Moment>, due: Option<Moment>, scene: &Scene<'_>) -> StepState {
    let zone = scene.catalogue.zone();
    let now = scene.now.start_in(zone);
    let opens = opens.map(|opens| opens.start_in(zone));
    if opens.is_some_and(|opens| now < opens) {
        return StepState::Upcoming;
    }
    let Some(due) = due.map(|due| due.end_in(zone)) else {
        return StepState::Open;
    };
    if now >= due && opens.is_none_or(|opens| opens < due || now > due) {
        return StepState::Overdue;
    }
    const THREE_DAYS: i64 = 3 * 24 * 3600;
    let quarter = opens.map_or(i64::MAX, |opens| (due.as_second() - opens.as_second()) / 4);
    if due.as_second() - now.as_second() <= THREE_DAYS.min(quarter) {
        StepState::DueSoon
    } else {
        StepState::Open
    }
}

fn anchor_of(step: &Step, place: &Place<'_>, until: Timestamp) -> Option<Moment> {
    let scene = Scene {
        until: until.min(place.scene.until),
        ..place.scene
    };
    match &step.anchor {
        StepAnchor::Run => Some(place.run.anchor),
        StepAnchor::Start => Some(place.run.event.fact.at),
        StepAnchor::Fork => Some(
            place
                .fork
                .and_then(|fork| latest_fact(&fork.when, &scene))
                .map_or(place.run.event.fact.at, |entry| entry.fact.at),
        ),
        StepAnchor::Fact {
            kind,
            field,
            filter,
        } => {
            let matching = |entry: &&Entry<'_>| {
                filter
                    .iter()
                    .all(|(name, value)| entry.fact.fields.get(name) == Some(value))
            };
            let found = scene.facts(*kind).find(matching)?;
            match field {
                Some(field) => found.fact.fields.get(field).and_then(moment_of),
                None => Some(found.fact.at),
            }
        }
        StepAnchor::Step(key) => {
            let done = outcomes(place, &scene).find(|(entry, named, _)| {
                named == &key.as_str()
                    && matches!(
                        entry.fact.fields.get("outcome").and_then(Json::as_str),
                        Some("done" | "have_it")
                    )
            })?;
            Some(
                done.0
                    .fact
                    .fields
                    .get("start")
                    .and_then(moment_of)
                    .unwrap_or(done.0.fact.at),
            )
        }
    }
}

/// Outcomes that belong to this run, the latest first, with the step and period they name.
fn outcomes<'b>(
    place: &'b Place<'_>,
    scene: &'b Scene<'_>,
) -> impl Iterator<Item = (&'b Entry<'b>, &'b str, Option<&'b str>)> {
    let open = Scene {
        frame: None,
        ..*scene
    };
    let entries = &scene.index.kinds[scene.catalogue.outcome];
    entries.iter().rev().filter_map(move |entry| {
        if entry.at > open.until {
            return None;
        }
        let id = entry.fact.fields.get("step")?.as_str()?;
        let frame = place.run.frame(scene);
        let tail = match id.rsplit_once('/') {
            Some((run, tail)) if run == frame.id => tail,
            Some(_) => return None,
            None => {
                let (situation, tail) = id.split_once('.')?;
                let in_time =
                    entry.date >= frame.from && frame.upper.is_none_or(|upper| entry.at < upper);
                if situation != frame.situation || !in_time {
                    return None;
                }
                tail
            }
        };
        let (step, period) = tail
            .split_once('@')
            .map_or((tail, None), |(step, period)| (step, Some(period)));
        Some((entry, step, period))
    })
}

fn outcome_of<'b>(
    step: &Step,
    occurrence: &Occurrence,
    place: &'b Place<'_>,
) -> Option<&'b Entry<'b>> {
    let zone = place.scene.catalogue.zone();
    outcomes(place, &place.scene)
        .find(|(entry, named, period)| {
            *named == step.of.step.as_str()
                && match (period, &occurrence.period) {
                    (Some(period), Some(own)) => period == own,
                    (None, None) => true,
                    (None, Some(_)) => {
                        occurrence
                            .opens
                            .is_none_or(|opens| opens.start_in(zone) <= entry.at)
                            && occurrence
                                .due
                                .is_none_or(|due| entry.at <= due.end_in(zone))
                    }
                    (Some(_), None) => false,
                }
        })
        .map(|(entry, ..)| entry)
}

fn occurrences(step: &Step, place: &Place<'_>, anchor: Option<Moment>) -> Vec<Occurrence> {
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
    };
    let year = run.year.map(|year| year.to_string());
    let (Some(anchor), Some(repeat)) = (anchor, step.repeat) else {
        let mut dates = anchor.map_or((None, None), |anchor| window(anchor, None));
        // What belongs to a calendar year never slips into the next one.
        if let (Some(year), Some(Moment::Day(due))) = (run.year, dates.1)
            && due.year() > year
        {
            dates.1 = Date::new(year, 12, 31).ok().map(Moment::Day);
        }
        return vec![one(year, dates)];
    };
    let now = place.scene.now.start_in(zone);
    let end = repeat
        .until
        .map(|until| until.from(anchor, calendar, zone).end_in(zone));
    let mut all = Vec::new();
    for index in 0..limit_of(repeat) {
        let dates = window(anchor, Some((repeat.every, index)));
        let opens = dates.0.or(dates.1).map(|at| at.start_in(zone));
        if end.is_some_and(|end| opens.is_some_and(|opens| opens >= end)) {
            break;
        }
        all.push(one(Some(label(step, index, dates.0)), dates));
        // One that never ends shows what is on and what comes next.
        if repeat.times.is_none() && end.is_none() && opens.is_none_or(|opens| opens > now) {
            break;
        }
    }
    if repeat.times.is_none() && end.is_none() && all.len() > 2 {
        let keep = all.len() - 2;
        let mut place_in_list = 0;
        all.retain(|occurrence| {
            place_in_list += 1;
            place_in_list > keep || outcome_of(step, occurrence, place).is_some()
        });
    }
    all
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

fn lapsed(outcome: Option<&Entry<'_>>, scene: &Scene<'_>) -> bool {
    let until = outcome
        .and_then(|entry| entry.fact.fields.get("held_until"))
        .and_then(moment_of);
    let zone = scene.catalogue.zone();
    until.is_some_and(|until| until.end_in(zone) <= scene.now.start_in(zone))
}

fn visit(entry: &Entry<'_>) -> Option<Visit> {
    let fields = &entry.fact.fields;
    Some(Visit {
        appointment: fields
            .get("appointment")
            .and_then(Json::as_str)
            .map(AppointmentId::new),
        start: fields.get("start").and_then(moment_of)?,
        place: fields
            .get("place")
            .and_then(Json::as_str)
            .map(|place| Text::new(place, "")),
    })
}

pub fn sex_of(scene: &Scene<'_>) -> Option<Sex> {
    match scene
        .with_field(scene.catalogue.person?, "sex")?
        .1
        .as_str()?
    {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        _ => None,
    }
}

pub fn age_of(scene: &Scene<'_>, calendar_year: bool) -> Option<i64> {
    use crate::expression::{Read, Reader, Value};
    let read = Read::Age {
        kind: scene.catalogue.person?,
        calendar_year,
    };
    match scene.read(&read)? {
        Value::Number(age) => Some(age as i64),
        _ => None,
    }
}

/// Whether a row of the check-up table is due: by calendar-year age, and by the year it was last done.
fn screening(row: &Screening, step: &Step, scene: &Scene<'_>) -> (Truth, Criterion, Vec<Missing>) {
    let mut missing = Vec::new();
    let mut facts = Vec::new();
    let person = scene
        .catalogue
        .person
        .map(|kind| scene.catalogue.kinds[kind].name.clone())
        .unwrap_or_default();
    let mut need = |field: &str| {
        missing.push(Missing {
            kind: person.clone(),
            field: Some(field.into()),
        })
    };
    let yes = |yes: bool| if yes { Truth::Yes } else { Truth::No };
    let by_sex = row.sex.map_or(Truth::Yes, |sex| match sex_of(scene) {
        Some(own) => yes(own == sex),
        None => {
            need("sex");
            Truth::Unknown
        }
    });
    let by_age = match age_of(scene, true) {
        Some(age) => {
            let (from, to) = row.age.unwrap_or_default();
            yes(from.is_none_or(|from| from <= age)
                && to.is_none_or(|to| age <= to)
                && row.ages.as_ref().is_none_or(|ages| ages.contains(&age)))
        }
        None => {
            need("birth_date");
            Truth::Unknown
        }
    };
    let open = Scene {
        frame: None,
        ..*scene
    };
    let key: &StepKey = &step.of.step;
    let last = open.facts(row.kind).find(|entry| {
        entry.fact.fields.get(&row.field).and_then(Json::as_str) == Some(key.as_str())
    });
    let year = i64::from(scene.now.date_in(scene.catalogue.zone()).year());
    let by_time = yes(last.is_none_or(|entry| year - i64::from(entry.date.year()) >= row.every));
    facts.extend(last.map(|entry| entry.fact.id.clone()));
    let truth = [by_sex, by_age, by_time]
        .into_iter()
        .fold(Truth::Yes, crate::expression::and);
    if truth != Truth::Unknown {
        missing.clear();
    }
    (
        truth,
        Criterion {
            truth,
            facts,
            of: row.words.clone(),
        },
        missing,
    )
}
