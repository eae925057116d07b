use super::period::Period;
use super::spell::Spell;
use crate::Catalogue;
use crate::catalogue::AnchorFrom;
use crate::expression::Read;
use crate::facts::{Entry, Index, Outcome, moment_of};
use crate::source::Scope;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde_json::Value as Json;
use vekha_model::{Missing, Moment, StepKey, StepState};

/// The run in whose frame things are read.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub id: &'a str,
    pub situation: &'a str,
    pub anchor: Moment,
    pub from: Date,
    /// A later run of the same situation takes over from here.
    pub upper: Option<Timestamp>,
    pub about: Option<About<'a>>,
}

/// Whom a run is about, where its situation can be about several.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The field in which facts name somebody.
    pub field: &'a str,
    pub who: Option<&'a str>,
    /// From here on a fact that names nobody is taken for one about somebody who came later.
    pub next: Option<Timestamp>,
}

impl Frame<'_> {
    /// Whether a fact that names no run comes in this one's time, and is about whom this one is.
    fn takes(&self, entry: &Entry<'_>) -> bool {
        self.upper.is_none_or(|upper| entry.at < upper)
            && self.about.is_none_or(|about| about.fits(entry))
    }
}

impl AnchorFrom {
    /// Whether this anchor is about such a fact, of whatever kind.
    pub(super) fn means(&self, entry: &Entry<'_>) -> bool {
        let Self::Fact { filter, .. } = self else {
            return false;
        };
        filter.iter().all(|(name, values)| {
            let own = entry.fact.fields.get(name);
            own.is_some_and(|own| values.contains(own))
        })
    }
}

impl About<'_> {
    fn fits(&self, entry: &Entry<'_>) -> bool {
        match entry.fact.fields.get(self.field).and_then(Json::as_str) {
            Some(named) => self.who == Some(named),
            None => self.next.is_none_or(|next| entry.at < next),
        }
    }
}

/// The state of a step before any fork.
pub struct KnownStep<'a> {
    pub step: &'a StepKey,
    pub state: StepState,
    pub outcome: Option<&'a str>,
    pub since: Option<Moment>,
}

/// What an expression can see.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub catalogue: &'a Catalogue,
    pub index: &'a Index<'a>,
    pub now: Moment,
    /// The day of `now`.
    pub today: Date,
    /// What the clock on the wall shows now.
    pub wall: DateTime,
    /// Nothing after this is seen.
    pub until: Timestamp,
    pub event: Option<&'a Entry<'a>>,
    pub frame: Option<Frame<'a>>,
    pub spells: &'a [Spell<'a>],
    pub states: &'a [KnownStep<'a>],
}

impl<'a> Scene<'a> {
    /// Outside any run.
    pub fn new(
        catalogue: &'a Catalogue,
        index: &'a Index<'a>,
        now: Moment,
        spells: &'a [Spell<'a>],
    ) -> Self {
        let zone = catalogue.zone();
        let wall = now.wall_start(zone);
        Self {
            catalogue,
            index,
            now,
            today: wall.date(),
            wall,
            until: now.end_in(zone),
            event: None,
            frame: None,
            spells,
            states: &[],
        }
    }

    /// The same, asked on another day.
    pub fn on(self, now: Moment) -> Self {
        Self {
            now,
            today: now.date_in(self.catalogue.zone()),
            ..self
        }
    }

    /// Facts of a kind that count here, the latest first.
    pub fn facts(&self, kind: usize) -> impl Iterator<Item = &'a Entry<'a>> + '_ {
        let scope = self.catalogue.kinds[kind].scope;
        let entries = self.index.kinds[kind].iter().rev();
        entries.filter(move |entry| {
            entry.at <= self.until && (scope == Scope::Life || self.belongs(entry))
        })
    }

    fn belongs(&self, entry: &Entry<'_>) -> bool {
        let Some(frame) = self.frame else { return true };
        let fits = frame.takes(entry);
        match (entry.run, entry.situation) {
            (Some(run), _) => run == frame.id,
            (None, Some(situation)) => situation == frame.situation && fits,
            (None, None) => entry.date >= frame.from && fits,
        }
    }

    pub fn with_field(&self, kind: usize, field: &str) -> Option<(&'a Entry<'a>, &'a Json)> {
        self.facts(kind).find_map(|entry| {
            let value = entry.field(field)?;
            (!value.is_null()).then_some((entry, value))
        })
    }

    /// What was said of a step of this run, the latest first.
    ///
    /// One that names the run is of that run, whenever it was said. One that names only the situation is of the run that
    /// was under way on that day. Neither the step's window nor the fork that brings the step matters: done is done.
    pub fn outcomes<'s>(
        &'s self,
        step: &'s str,
    ) -> impl Iterator<Item = &'a Outcome<'a>> + use<'a, 's> {
        self.index.outcomes_of(step).filter(move |outcome| {
            let entry = &outcome.entry;
            let Some(frame) = self.frame else {
                return false;
            };
            entry.at <= self.until
                && match entry.run {
                    Some(run) => run == frame.id,
                    None => {
                        entry.situation == Some(frame.situation)
                            && entry.date >= frame.from
                            && frame.takes(entry)
                    }
                }
        })
    }

    /// The moment to count from; `fork` is when the fork was taken that brought the step.
    pub fn anchor(&self, row: &[AnchorFrom], fork: Option<Moment>) -> Option<Moment> {
        row.iter().find_map(|from| match from {
            AnchorFrom::Run => Some(self.frame?.anchor),
            AnchorFrom::Start => Some(self.event?.fact.at),
            AnchorFrom::Fork => fork,
            AnchorFrom::Fact { kind, field, .. } => {
                let found = self.matching(*kind, from)?;
                let own = field
                    .as_ref()
                    .and_then(|field| found.fact.fields.get(field));
                own.and_then(moment_of).or(Some(found.fact.at))
            }
            AnchorFrom::Step { key, booked } => self.visited(key, *booked).map(Outcome::moment),
        })
    }

    /// The latest fact an anchor means; one that has the field counts before one that has not.
    fn matching(&self, kind: usize, from: &AnchorFrom) -> Option<&'a Entry<'a>> {
        let AnchorFrom::Fact { field, .. } = from else {
            return None;
        };
        let meant = |entry: &&Entry<'_>| from.means(entry);
        let dated = |entry: &&Entry<'_>| {
            let name = field.as_deref();
            name.is_some_and(|name| entry.fact.fields.contains_key(name))
        };
        let mut found = self.facts(kind).filter(meant);
        match field {
            Some(_) => self
                .facts(kind)
                .filter(meant)
                .find(dated)
                .or_else(|| found.next()),
            None => found.next(),
        }
    }

    fn visited(&self, step: &StepKey, booked: bool) -> Option<&'a Outcome<'a>> {
        self.outcomes(step.as_str())
            .find(|outcome| outcome.is_done() || booked && outcome.word == "booked")
    }

    /// The fact behind a read.
    pub fn behind(&self, read: &Read) -> Option<&'a Entry<'a>> {
        match read {
            Read::Field { kind, field, .. } => Some(self.with_field(*kind, field)?.0),
            Read::At { kind } => self.facts(*kind).next(),
            Read::Age { kind, .. } => Some(self.with_field(*kind, "birth_date")?.0),
            Read::Event { .. } | Read::EventAt | Read::EventKind | Read::Marker(_) => self.event,
            Read::StepOutcome(step) => self.outcomes(step).next().map(|found| &found.entry),
            Read::Anchor(row) => row.iter().find_map(|from| match from {
                AnchorFrom::Fact { kind, .. } => self.matching(*kind, from),
                AnchorFrom::Step { key, booked } => {
                    self.visited(key, *booked).map(|found| &found.entry)
                }
                AnchorFrom::Run | AnchorFrom::Start | AnchorFrom::Fork => self.event,
            }),
            _ => None,
        }
    }

    /// What would have to be known for this read to have a value; `asked` leaves out what no resident could say.
    pub fn missing(&self, read: &Read, asked: bool, into: &mut Vec<Missing>) {
        use crate::expression::Reader;
        if let Read::Marker(_) = read {
            return super::marker::missing(self, into);
        }
        let (kind, field) = match read {
            Read::Field { kind, field, .. } => (*kind, Some(field.as_str())),
            Read::At { kind } => (*kind, None),
            Read::Age { kind, .. } => (*kind, Some("birth_date")),
            Read::Event { field } => match self.event {
                Some(event) => (event.kind, Some(field.as_str())),
                None => return,
            },
            Read::Anchor(row) => {
                let fact = row.iter().find_map(|from| match from {
                    AnchorFrom::Fact { kind, field, .. } => Some((*kind, field.as_deref())),
                    _ => None,
                });
                match fact {
                    Some(fact) => fact,
                    None => return,
                }
            }
            _ => return,
        };
        let known = &self.catalogue.kinds[kind];
        if asked && known.question(field).is_none() || self.read(read).is_some() {
            return;
        }
        let other_unit = match read {
            Read::Field {
                kind,
                field,
                unit: Some(_),
            } => self.with_field(*kind, field).is_some(),
            _ => false,
        };
        into.push(Missing {
            kind: known.name.clone(),
            field: field.map(|field| match other_unit {
                true => format!("{field}.unit"),
                false => field.to_owned(),
            }),
        });
    }
}

/// What a trigger is asked in: outside any run, and on the day that started it, so that an age does not change later.
pub fn asked<'a>(scene: &Scene<'a>, event: &'a Entry<'a>, period: Option<&Period>) -> Scene<'a> {
    let then = match period {
        Some(period) => scene.on(Moment::Day(period.day)),
        None => *scene,
    };
    Scene {
        event: Some(event),
        frame: None,
        ..then
    }
}
