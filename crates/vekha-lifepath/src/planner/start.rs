use super::Rules;
use super::criteria::holds;
use super::period::{Period, periods};
use super::run::Run;
use super::scene::{Scene, asked};
use crate::catalogue::{Rule, Situation};
use crate::facts::Entry;
use jiff::{SignedDuration, Timestamp};
use vekha_model::{FactId, Moment, SituationState, Truth};

const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

pub enum Candidate<'a> {
    Run(Run<'a>),
    Not(Run<'a>, SituationState),
}

/// Where a fact lies in the index, so that it outlives the scene that found it.
pub fn place_of(scene: &Scene<'_>, event: &Entry<'_>) -> (usize, usize) {
    let kind = event.kind;
    let at = scene.index.kinds[kind]
        .iter()
        .position(|entry| entry.at == event.at && entry.fact.id == event.fact.id);
    (kind, at.unwrap_or_default())
}

/// A run that may begin.
struct Begin<'a> {
    event: &'a Entry<'a>,
    trigger: usize,
    forced: bool,
    period: Option<Period>,
    at: Timestamp,
    /// What its trigger says of it.
    truth: Truth,
}

impl<'a> Begin<'a> {
    /// The earliest first.
    fn order(&self) -> (Timestamp, bool, &'a FactId) {
        (self.at, !self.forced, &self.event.fact.id)
    }

    fn run(self, scene: &Scene<'a>, situation: &'a Situation) -> Run<'a> {
        Run::new(
            scene,
            situation,
            self.event,
            self.trigger,
            self.forced,
            self.period,
        )
    }
}

/// The runs of a situation in the order in which they began; an event while one about the same is active joins it.
pub fn starts<'a>(
    scene: &Scene<'a>,
    situation: &'a Situation,
    forced: &[(usize, usize)],
    rules: Rules,
) -> Vec<Candidate<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut unknown: Vec<Run<'a>> = Vec::new();
    let (begins, refused) = begins(scene, situation, forced);
    for begin in begins {
        let Begin {
            event, at, truth, ..
        } = begin;
        let by_calendar = begin.period.is_some();
        let run = begin.run(scene, situation);
        if !by_calendar
            && let Some(current) = runs
                .iter_mut()
                .rev()
                .find(|current| current.is_about_the_same(&run))
        {
            let seen = Scene {
                until: at,
                ..scene.on(event.fact.at)
            };
            // One that silences itself begins anew with every other day that is told.
            let renewed = situation
                .suppresses
                .iter()
                .any(|it| *it == situation.key.as_str())
                && current.anchor != run.anchor;
            if !renewed && current.end(&seen).is_none() {
                if truth == Truth::Yes && current.about.is_none() {
                    current.about = run.begun.about;
                }
                continue;
            }
            if truth == Truth::Yes {
                current.upper = Some(at);
                // What is said from now on, such as another first day, is the new run's.
                let before = at.checked_sub(NANOSECOND).unwrap_or(at);
                let before = Scene {
                    until: before.min(scene.until),
                    ..*scene
                };
                current.anchor = current.anchor_in(&before);
            }
        }
        match truth {
            Truth::Yes if rules == Rules::OfTheirDay && !valid(scene, situation, &run) => {}
            Truth::Yes if runs.iter().any(|other| other.id == run.id) => {}
            Truth::Yes => {
                // From the day the next one begins, what is said is the next one's.
                if by_calendar
                    && let Some(earlier) = runs.last_mut().filter(|it| it.period.is_some())
                {
                    earlier.upper = Some(at);
                }
                runs.push(run);
            }
            _ => unknown.push(run),
        }
    }
    if situation.apart.is_some() {
        part(&mut runs);
    }
    let started = |run: &Run<'_>| runs.iter().any(|other| other.id == run.id);
    unknown.retain(|run| !started(run));
    unknown.dedup_by(|a, b| a.id == b.id);
    let refused = refused.map(|begin| begin.run(scene, situation));
    let refused =
        refused.filter(|run| !started(run) && unknown.iter().all(|other| other.id != run.id));
    let mut all = Vec::with_capacity(runs.len() + unknown.len() + 1);
    all.extend(runs.into_iter().map(Candidate::Run));
    all.extend(
        unknown
            .into_iter()
            .map(|run| Candidate::Not(run, SituationState::Unknown)),
    );
    all.extend(
        refused
            .into_iter()
            .map(|run| Candidate::Not(run, SituationState::NotStarted)),
    );
    all
}

/// Runs beside each other: what each of them leaves to another one.
fn part(runs: &mut [Run<'_>]) {
    for later in 1..runs.len() {
        let (before, from) = runs.split_at_mut(later);
        let later = &mut from[0];
        for run in before {
            if run.is_about_the_same(later) {
                continue;
            }
            if run.is_of_the_day(later) {
                later.twin = true;
            } else if run.next.is_none() {
                run.next = Some(later.event.at);
            }
        }
    }
}

/// By events, by the calendar, and by the forks of other situations; the earliest first. And the last of those whose trigger
/// says no: of thousands of results few begin anything.
fn begins<'a>(
    scene: &Scene<'a>,
    situation: &Situation,
    forced: &[(usize, usize)],
) -> (Vec<Begin<'a>>, Option<Begin<'a>>) {
    let (calendar, zone) = (scene.catalogue.calendar(), scene.catalogue.zone());
    let today = scene.today;
    let mut all = Vec::new();
    let mut refused: Option<Begin<'a>> = None;
    let mut take = |begin: Begin<'a>| {
        if begin.truth != Truth::No {
            all.push(begin);
        } else if refused
            .as_ref()
            .is_none_or(|last| last.order() <= begin.order())
        {
            refused = Some(begin);
        }
    };
    for (place, trigger) in situation.triggers.iter().enumerate() {
        let of = |event: &'a Entry<'a>, period: Option<Period>, at| Begin {
            event,
            trigger: place,
            forced: false,
            truth: holds(&trigger.when, &asked(scene, event, period.as_ref())),
            period,
            at,
        };
        for kind in &trigger.kinds {
            let entries = &scene.index.kinds[*kind];
            let Some(dates) = &trigger.dates else {
                entries
                    .iter()
                    .for_each(|entry| take(of(entry, None, entry.at)));
                continue;
            };
            let field = match &dates.rule {
                Rule::After { field, .. } => field,
                Rule::Yearly(_) => "birth_date",
            };
            // The latest that tells the day; one that tells something else moves nothing.
            let tells = |entry: &&Entry<'_>| entry.fact.fields.contains_key(field);
            let Some(latest) = entries.iter().rev().find(tells).or(entries.last()) else {
                continue;
            };
            let periods = periods(dates, situation.lasts, latest, today, calendar, zone);
            for period in periods {
                let at = Moment::Day(period.from).start_in(zone);
                take(of(latest, Some(period), at));
            }
        }
    }
    all.extend(forced.iter().filter_map(|(kind, at)| {
        let event = scene.index.kinds.get(*kind)?.get(*at)?;
        Some(Begin {
            event,
            trigger: 0,
            forced: true,
            period: None,
            at: event.at,
            truth: Truth::Yes,
        })
    }));
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    (all, refused)
}

fn valid(scene: &Scene<'_>, situation: &Situation, run: &Run<'_>) -> bool {
    let validity = &scene.catalogue.source.situations[situation.source].valid;
    let day = match &run.period {
        Some(period) => period.day,
        None => run
            .event
            .date
            .max(run.anchor.date_in(scene.catalogue.zone())),
    };
    validity.covers(day)
}
