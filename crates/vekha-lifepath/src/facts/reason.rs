//! Why a fact is left out of the plan, in words for a person.
use super::moment_of;
use crate::catalogue::KnownKind;
use crate::source::FieldType;
use jiff::{civil::Date, tz::TimeZone};
use serde_json::Value;
use vekha_model::{Fact, Text};

#[derive(Clone, Copy)]
pub struct Reason(&'static str);

impl Reason {
    pub fn words(self) -> Text {
        // strings: record-*
        vekha_words::text(self.0)
    }
}

pub const TOO_EARLY: Reason = Reason("record-too-early");
pub const UNKNOWN_KIND: Reason = Reason("record-of-unknown-kind");
pub const BEFORE_BIRTH: Reason = Reason("record-before-birth");
pub const NO_DATE: Reason = Reason("record-without-date");
pub const WRONG_VALUE: Reason = Reason("record-wrong-value");
pub const WITHDRAWN: Reason = Reason("record-withdrawn");
pub const CORRECTED: Reason = Reason("record-corrected");
pub const OTHER_UNIT: Reason = Reason("record-other-unit");

/// What keeps a fact of a known kind from being used.
pub fn against(
    fact: &Fact,
    date: Date,
    kind: &KnownKind,
    birth: Option<Date>,
    zone: &TimeZone,
) -> Option<Reason> {
    if birth.is_some_and(|birth| date < birth) {
        return Some(BEFORE_BIRTH);
    }
    fact.fields.iter().find_map(|(name, value)| {
        let (field, _) = kind.fields.get(name)?;
        match field {
            _ if value.is_null() => None,
            FieldType::Date | FieldType::Moment => match moment_of(value) {
                None => Some(NO_DATE),
                Some(at) => birth
                    .is_some_and(|birth| at.date_in(zone) < birth)
                    .then_some(BEFORE_BIRTH),
            },
            FieldType::Bool => (!value.is_boolean()).then_some(WRONG_VALUE),
            FieldType::Number => (!value.is_number()).then_some(WRONG_VALUE),
            FieldType::Enum(values) => {
                let known = |text: &str| values.iter().any(|known| known == text);
                (!value.as_str().is_some_and(known)).then_some(WRONG_VALUE)
            }
            FieldType::Text | FieldType::Quantity(_) => match value {
                Value::Array(_) => Some(WRONG_VALUE),
                _ => None,
            },
        }
    })
}
