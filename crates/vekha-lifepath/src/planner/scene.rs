use crate::Catalogue;
use crate::expression::{Marker, Read, Reader, Value};
use crate::facts::{Entry, Index, moment_of, quantity, units};
use crate::source::{FieldType, Scope};
use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;
use vekha_model::{Missing, Moment, StepKey, StepState, Truth};

/// The run in whose frame things are read.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub id: &'a str,
    pub situation: &'a str,
    pub anchor: Moment,
    pub from: Date,
    /// A later run of the same situation takes over from here.
    pub upper: Option<Timestamp>,
}

/// What an expression can see.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub catalogue: &'a Catalogue,
    pub index: &'a Index<'a>,
    pub now: Moment,
    /// Nothing after this is seen.
    pub until: Timestamp,
    pub event: Option<&'a Entry<'a>>,
    pub frame: Option<Frame<'a>>,
    pub active: &'a [String],
    pub states: &'a [(StepKey, StepState)],
}

impl<'a> Scene<'a> {
    /// Facts of a kind that count here, the latest first.
    pub fn facts(&self, kind: usize) -> impl Iterator<Item = &'a Entry<'a>> + '_ {
        let scope = self.catalogue.kinds[kind].scope;
        let entries = self
            .index
            .kinds
            .get(kind)
            .map(Vec::as_slice)
            .unwrap_or_default();
        entries.iter().rev().filter(move |entry| {
            entry.at <= self.until && (scope == Scope::Life || self.belongs(entry))
        })
    }

    fn belongs(&self, entry: &Entry<'_>) -> bool {
        let Some(frame) = self.frame else { return true };
        let names = |field: &str| entry.fact.fields.get(field).and_then(Json::as_str);
        if let Some(run) = names("run") {
            return run == frame.id;
        }
        if let Some(situation) = names("situation") {
            return situation == frame.situation
                && frame.upper.is_none_or(|upper| entry.at < upper);
        }
        entry.date >= frame.from && frame.upper.is_none_or(|upper| entry.at < upper)
    }

    pub fn with_field(&self, kind: usize, field: &str) -> Option<(&'a Entry<'a>, &'a Json)> {
        self.facts(kind).find_map(|entry| {
            let value = entry
                .fact
                .fields
                .get(field)
                .filter(|value| !value.is_null())?;
            Some((entry, value))
        })
    }

    /// The fact behind a read.
    pub fn behind(&self, read: &Read) -> Option<&'a Entry<'a>> {
        let entry = match read {
            Read::Field { kind, field, .. } => self.with_field(*kind, field)?.0,
            Read::At { kind } => self.facts(*kind).next()?,
            Read::Age { kind, .. } => self.with_field(*kind, "birth_date")?.0,
            Read::Event { .. } | Read::EventAt | Read::EventKind | Read::Marker(_) => self.event?,
            _ => return None,
        };
        Some(entry)
    }

    /// What would have to be known for this read to have a value.
    pub fn missing(&self, read: &Read, into: &mut Vec<Missing>) {
        let name = |kind: usize| self.catalogue.kinds[kind].name.clone();
        match read {
            Read::Marker(_) => return self.marker_missing(into),
            _ if self.read(read).is_some() => return,
            _ => {}
        }
        let missing = match read {
            Read::Field { kind, field, unit } => {
                let field = match (unit, self.with_field(*kind, field)) {
                    (Some(_), Some(_)) => format!("{field}.unit"),
                    _ => field.clone(),
                };
                Missing {
                    kind: name(*kind),
                    field: Some(field),
                }
            }
            Read::At { kind } => Missing {
                kind: name(*kind),
                field: None,
            },
            Read::Age { kind, .. } => Missing {
                kind: name(*kind),
                field: Some("birth_date".into()),
            },
            Read::Event { field } => match self.event {
                Some(event) => Missing {
                    kind: event.fact.kind.clone(),
                    field: Some(field.clone()),
                },
                None => return,
            },
            _ => return,
        };
        into.push(missing);
    }

    fn field(
        &self,
        kind: &str,
        field: &str,
        value: &'a Json,
        unit: Option<&str>,
    ) -> Option<Value<'a>> {
        let kind = *self.catalogue.kind_index.get(kind)?;
        match &self.catalogue.kinds[kind].fields.get(field)?.0 {
            FieldType::Bool => value.as_bool().map(Value::Bool),
            FieldType::Number => value.as_f64().map(Value::Number),
            FieldType::Text => value.as_str().map(Value::Text),
            FieldType::Enum(values) => value
                .as_str()
                .filter(|text| values.iter().any(|known| known == text))
                .map(Value::Text),
            FieldType::Date | FieldType::Moment => {
                moment_of(value).map(|moment| self.instant(moment))
            }
            FieldType::Quantity(_) => {
                let (number, from) = quantity(value)?;
                Some(Value::Number(number * units::factor(from, unit?)?))
            }
        }
    }

    fn instant(&self, moment: Moment) -> Value<'a> {
        match moment {
            Moment::Day(day) => Value::Day(day),
            Moment::Time { at, .. } => Value::Instant(at, moment.date_in(self.catalogue.zone())),
        }
    }
}

impl Reader for Scene<'_> {
    fn read<'b>(&'b self, read: &'b Read) -> Option<Value<'b>> {
        let zone = self.catalogue.zone();
        match read {
            Read::Field { kind, field, unit } => {
                let (entry, value) = self.with_field(*kind, field)?;
                self.field(&entry.fact.kind, field, value, unit.as_deref())
            }
            Read::At { kind } => self
                .facts(*kind)
                .next()
                .map(|entry| self.instant(entry.fact.at)),
            Read::Age { calendar_year, .. } => {
                let (birth, today) = (self.index.birth?, self.now.date_in(zone));
                let years = i32::from(today.year()) - i32::from(birth.year());
                let before = (today.month(), today.day()) < (birth.month(), birth.day());
                Some(Value::Number(f64::from(
                    years - i32::from(before && !calendar_year),
                )))
            }
            Read::Event { field } => {
                let event = self.event?;
                self.field(&event.fact.kind, field, event.fact.fields.get(field)?, None)
            }
            Read::EventAt => self.event.map(|event| self.instant(event.fact.at)),
            Read::EventKind => self
                .event
                .map(|event| Value::Text(event.fact.kind.as_str())),
            Read::RunDays | Read::RunWeeks => {
                let days = days_between(self.frame?.anchor.date_in(zone), self.now.date_in(zone));
                Some(Value::Number(if *read == Read::RunWeeks {
                    (days / 7.0).floor()
                } else {
                    days
                }))
            }
            Read::Now => Some(self.instant(self.now)),
            Read::Parameter(index) => {
                let today = self.now.date_in(zone);
                let parameter = self
                    .catalogue
                    .source
                    .parameters
                    .get(self.catalogue.parameters.get(*index)?)?;
                parameter
                    .values
                    .iter()
                    .filter(|value| value.from <= today && value.to.is_none_or(|to| today <= to))
                    .max_by_key(|value| value.from)
                    .map(|value| Value::Number(value.value))
            }
            Read::Active(name) => Some(Value::Bool(self.active.contains(name))),
            Read::StepState(step) => {
                let (_, state) = self.states.iter().find(|(key, _)| key.as_str() == step)?;
                Some(Value::Text(word(*state)))
            }
            Read::Marker(what) => self.marker(*what),
        }
    }

    fn known(&self, read: &Read) -> Truth {
        if self.read(read).is_some() {
            Truth::Yes
        } else {
            Truth::No
        }
    }

    fn days_since(&self, read: &Read) -> Option<f64> {
        match self.read(read)? {
            Value::Day(day) | Value::Instant(_, day) => {
                Some(days_between(day, self.now.date_in(self.catalogue.zone())))
            }
            _ => None,
        }
    }
}

impl Scene<'_> {
    fn marker(&self, what: Marker) -> Option<Value<'_>> {
        super::marker::read(self, what)
    }

    fn marker_missing(&self, into: &mut Vec<Missing>) {
        super::marker::missing(self, into);
    }
}

fn days_between(from: Date, to: Date) -> f64 {
    from.until(to)
        .map_or(0.0, |span| f64::from(span.get_days()))
}

fn word(state: StepState) -> &'static str {
    match state {
        StepState::Upcoming => "upcoming",
        StepState::Open => "open",
        StepState::DueSoon => "due_soon",
        StepState::Overdue => "overdue",
        StepState::Held => "held",
        StepState::Booked => "booked",
        StepState::Done => "done",
        StepState::Declined => "declined",
        StepState::Cancelled => "cancelled",
        StepState::NotApplicable => "not_applicable",
        StepState::Unknown => "unknown",
    }
}
