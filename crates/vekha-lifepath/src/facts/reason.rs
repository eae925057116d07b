//! Why a fact is left out of the plan, in words for a person.
use super::moment_of;
use crate::catalogue::KnownKind;
use crate::source::FieldType;
use jiff::{civil::Date, tz::TimeZone};
use serde_json::Value;
use vekha_model::Fact;

pub type Reason = (&'static str, &'static str);

pub const TOO_EARLY: Reason = (
    "Дата этой записи ещё не наступила.",
    "The date of this record has not come yet.",
);
pub const UNKNOWN_KIND: Reason = (
    "Каталог не знает такого вида записи.",
    "The catalogue does not know this kind of record.",
);
pub const BEFORE_BIRTH: Reason = (
    "Дата записи раньше дня рождения.",
    "The date of the record is before the birthday.",
);
pub const NO_DATE: Reason = (
    "В записи есть дата, которую нельзя прочитать.",
    "The record holds a date that cannot be read.",
);
pub const WRONG_VALUE: Reason = (
    "В записи есть значение, которого там быть не может.",
    "The record holds a value that cannot stand there.",
);
pub const WITHDRAWN: Reason = (
    "Источник отозвал эту запись: она была ошибкой.",
    "Its source took this record back: it was a mistake.",
);
pub const CORRECTED: Reason = (
    "Вместо этой записи действует исправленная.",
    "A corrected record stands in its place.",
);
pub const OTHER_UNIT: Reason = (
    "Единица измерения не подходит к границе, сравнить нельзя. Покажите результат врачу.",
    "The unit does not match the limit, so it cannot be compared. Show the result to a doctor.",
);

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
