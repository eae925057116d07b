use jiff::{Timestamp, civil, tz::Offset, tz::TimeZone};
use serde::{Deserialize, Serialize, de};
use std::{fmt, str::FromStr};
use ts_rs::TS;

/// A day where the law counts in days, an instant with its offset where it counts in hours.
///
/// Written as `2026-11-27` or `2026-11-24T10:00:00+03:00` (RFC 3339).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(type = "string")]
pub enum Moment {
    Day(civil::Date),
    Time { at: Timestamp, offset: Offset },
}

/// The text is neither a date nor an RFC 3339 time with an offset.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is neither a date (2026-11-23) nor a time with its offset (2026-11-23T10:00+03:00)")]
pub struct MomentError(pub String);

impl Moment {
    pub fn at(at: Timestamp, zone: &TimeZone) -> Self {
        Self::Time {
            at,
            offset: zone.to_offset(at),
        }
    }

    /// The calendar day, as the clock on the wall of `zone` shows it.
    pub fn date_in(&self, zone: &TimeZone) -> civil::Date {
        match self {
            Self::Day(day) => *day,
            Self::Time { at, .. } => zone.to_datetime(*at).date(),
        }
    }

    /// The first instant of the moment: midnight for a day.
    pub fn start_in(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => start_of(*day, zone),
            Self::Time { at, .. } => *at,
        }
    }

    /// What the wall clock of `zone` shows at the first instant. Cheap for days, which need no zone.
    pub fn wall_start(&self, zone: &TimeZone) -> civil::DateTime {
        match self {
            Self::Day(day) => day.to_datetime(civil::Time::midnight()),
            Self::Time { at, .. } => zone.to_datetime(*at),
        }
    }

    /// What the wall clock of `zone` shows at the last instant: the next midnight for a day.
    pub fn wall_end(&self, zone: &TimeZone) -> civil::DateTime {
        match self {
            Self::Day(day) => day
                .tomorrow()
                .unwrap_or(*day)
                .to_datetime(civil::Time::midnight()),
            Self::Time { at, .. } => zone.to_datetime(*at),
        }
    }

    /// The last instant of the moment: a day lasts until the next midnight (ГК РФ ст. 194).
    pub fn end_in(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(day) => start_of(day.tomorrow().unwrap_or(*day), zone),
            Self::Time { at, .. } => *at,
        }
    }
}

impl utoipa::PartialSchema for Moment {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(
                "A date (2026-11-27) or an RFC 3339 time with its offset",
            ))
            .into()
    }
}

impl utoipa::ToSchema for Moment {}

impl schemars::JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A date (2026-11-27) or a time with its offset (2026-11-24T10:00+03:00).",
            "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$",
        })
    }
}

fn start_of(day: civil::Date, zone: &TimeZone) -> Timestamp {
    let midnight = day.to_datetime(civil::Time::midnight());
    zone.to_timestamp(midnight).unwrap_or(Timestamp::MAX)
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Time { at, offset } => write!(f, "{}", at.display_with_offset(*offset)),
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let wrong = || MomentError(text.to_owned());
        if !text.contains(['T', 't', ' ']) {
            return text.parse().map(Self::Day).map_err(|_| wrong());
        }
        let at = text.parse::<Timestamp>().map_err(|_| wrong())?;
        let offset = jiff::fmt::temporal::Pieces::parse(text)
            .ok()
            .and_then(|pieces| pieces.to_numeric_offset())
            .unwrap_or(Offset::UTC);
        Ok(Self::Time { at, offset })
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_as_it_was_written() {
        for text in ["2026-11-27", "2026-11-24T10:00:00+03:00"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn seconds_may_be_left_out() {
        let short: Moment = "2026-11-23T10:00+03:00".parse().unwrap();
        assert_eq!(short.to_string(), "2026-11-23T10:00:00+03:00");
    }

    #[test]
    fn a_time_without_an_offset_is_refused() {
        assert!("2026-11-23T10:00".parse::<Moment>().is_err());
        assert!("soon".parse::<Moment>().is_err());
    }
}
