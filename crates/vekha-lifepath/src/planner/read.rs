//! How an expression gets its values.
use super::scene::Scene;
use crate::expression::{Read, Reader, Value};
use crate::facts::{moment_of, quantity, units};
use crate::source::FieldType;
use jiff::civil::Date;
use serde_json::Value as Json;
use vekha_model::{Moment, StepState, Truth};

impl Reader for Scene<'_> {
    fn read<'b>(&'b self, read: &'b Read) -> Option<Value<'b>> {
        let zone = self.catalogue.zone();
        match read {
            Read::Field { kind, field, unit } => {
                let (entry, value) = self.with_field(*kind, field)?;
                self.field(entry.kind, field, value, unit.as_deref())
            }
            Read::At { kind } => self
                .facts(*kind)
                .next()
                .map(|entry| self.instant(entry.fact.at)),
            Read::Age { calendar_year, .. } => {
                let (birth, today) = (self.index.birth?, self.today);
                let years = i32::from(today.year()) - i32::from(birth.year());
                let before = (today.month(), today.day()) < (birth.month(), birth.day());
                Some(Value::Number(f64::from(
                    years - i32::from(before && !calendar_year),
                )))
            }
            Read::Event { field } => {
                let event = self.event?;
                self.field(event.kind, field, event.fact.fields.get(field)?, None)
            }
            Read::EventAt => self.event.map(|event| self.instant(event.fact.at)),
            Read::EventKind => self
                .event
                .map(|event| Value::Text(event.fact.kind.as_str())),
            Read::RunDays | Read::RunWeeks => {
                let days = days_between(self.frame?.anchor.date_in(zone), self.today);
                Some(Value::Number(if *read == Read::RunWeeks {
                    (days / 7.0).floor()
                } else {
                    days
                }))
            }
            Read::Now => Some(self.instant(self.now)),
            Read::Parameter(index) => {
                let today = self.today;
                let parameter = self
                    .catalogue
                    .source
                    .parameters
                    .get(self.catalogue.parameters.get(*index)?)?;
                parameter.on(today).map(|value| Value::Number(value.value))
            }
            Read::Active(name) => Some(Value::Bool({
                // A trigger asks about the day of its event, a step or a fork about now.
                let at = match (self.frame, self.event) {
                    (None, Some(event)) => event.at,
                    _ => self.until,
                };
                self.spells.iter().any(|spell| spell.covers(name, at))
            })),
            Read::StepState(step) => {
                let known = self
                    .states
                    .iter()
                    .find(|known| known.step.as_str() == step)?;
                Some(Value::Text(word(known.state)))
            }
            Read::StepOutcome(step) => {
                let known = self
                    .states
                    .iter()
                    .find(|known| known.step.as_str() == step)?;
                known.outcome.map(Value::Text)
            }
            Read::Anchor(row) => self.anchor(row, None).map(|moment| self.instant(moment)),
            Read::Marker(what) => super::marker::read(self, *what),
        }
    }

    fn known(&self, read: &Read) -> Truth {
        let amount = match (read, self.event) {
            // How much it is can only be said in a unit; that it is there needs none.
            (Read::Event { field }, Some(event)) => {
                event.fact.fields.get(field).and_then(quantity).is_some()
            }
            _ => false,
        };
        if amount || self.read(read).is_some() {
            Truth::Yes
        } else {
            Truth::No
        }
    }

    fn days_since(&self, read: &Read) -> Option<f64> {
        match self.read(read)? {
            Value::Day(day) | Value::Instant(_, day) => Some(days_between(day, self.today)),
            _ => None,
        }
    }
}

impl<'a> Scene<'a> {
    fn field(
        &self,
        kind: usize,
        field: &str,
        value: &'a Json,
        unit: Option<&str>,
    ) -> Option<Value<'a>> {
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
