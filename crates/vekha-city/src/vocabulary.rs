//! Whether a fact speaks the words of the catalogue: a known kind, known fields, matching units.

use crate::{City, Fault};
use jiff::civil::Date;
use serde_json::Value;
use vekha_lifepath::source::FieldSource;
use vekha_model::{Domain, Fact};

/// Known to every catalogue.
const BUILT_IN: [&str; 2] = ["step.outcome", "situation.ended"];

pub(crate) fn is_health(city: &City, kind: &str) -> bool {
    city.catalogue
        .vocabulary()
        .get(kind)
        .is_some_and(|it| it.domain == Some(Domain::Health))
}

pub(crate) fn check(city: &City, fact: &Fact) -> Result<(), Fault> {
    if !BUILT_IN.contains(&fact.kind.as_str())
        && !city.catalogue.vocabulary().contains_key(&fact.kind)
    {
        return Err(Fault::invalid("unknown-kind"));
    }
    check_units(fact)
}

/// A value and its limits are compared only in one unit; a result in another unit is kept out rather than misread.
fn check_units(fact: &Fact) -> Result<(), Fault> {
    let unit = |field: &str| {
        let field = fact.fields.get(field)?;
        field.get("unit").and_then(Value::as_str)
    };
    let number = |field: &str| {
        fact.fields.get(field).is_none_or(|it| {
            it.get("value")
                .is_some_and(|value| value.is_number() || value.is_string())
        })
    };
    if fact.kind == "lab.result" {
        for limit in ["low", "high"] {
            if let (Some(value), Some(limit)) = (unit("value"), unit(limit))
                && value != limit
            {
                return Err(Fault::invalid("unit-mismatch"));
            }
        }
        if !number("value") {
            return Err(Fault::invalid("not-a-quantity"));
        }
    }
    Ok(())
}

/// Whether the vocabulary asks residents for this kind, or for a field of it.
pub(crate) fn is_asked(city: &City, kind: &str) -> bool {
    city.catalogue.vocabulary().get(kind).is_some_and(|kind| {
        kind.question.is_some()
            || kind
                .fields
                .values()
                .any(|field| matches!(field, FieldSource::Full(form) if form.question.is_some()))
    })
}

/// The type a field was given in the vocabulary: `bool`, `date`, `string`…
pub(crate) fn type_of<'a>(city: &'a City, kind: &str, field: &str) -> Option<&'a str> {
    match city.catalogue.vocabulary().get(kind)?.fields.get(field)? {
        FieldSource::Short(name) => Some(name),
        FieldSource::Full(form) => form.kind.as_deref(),
    }
}

/// A date inside a record is a date, and of this resident's life.
pub(crate) fn check_dates(city: &City, fact: &Fact, birth: Option<Date>) -> Result<(), Fault> {
    for (field, value) in &fact.fields {
        if type_of(city, &fact.kind, field) != Some("date") {
            continue;
        }
        let date: Date = value
            .as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Fault::invalid("not-a-date"))?;
        if birth.is_some_and(|birth| date < birth) {
            return Err(before_birth());
        }
    }
    Ok(())
}

pub(crate) fn before_birth() -> Fault {
    Fault::invalid("before-birth")
}
