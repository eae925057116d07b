use jiff::{Span, Timestamp, ToSpan, civil, tz::TimeZone};
use serde_json::Value;

/// From the first instant inside to the first one after: how FHIR compares dates of different precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    prefix: Prefix,
    stretch: Stretch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    StartsAfter,
    EndsBefore,
    About,
}

/// Whether a search may ask for this.
pub(super) fn is_date(text: &str) -> bool {
    Wanted::parse(text, &TimeZone::UTC).is_some()
}

impl Wanted {
    pub(super) fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let (prefix, rest) = match text.get(..2) {
            Some("eq") => (Prefix::Equal, text.get(2..)?),
            Some("ne") => (Prefix::NotEqual, text.get(2..)?),
            Some("gt") => (Prefix::Greater, text.get(2..)?),
            Some("lt") => (Prefix::Less, text.get(2..)?),
            Some("ge") => (Prefix::GreaterEqual, text.get(2..)?),
            Some("le") => (Prefix::LessEqual, text.get(2..)?),
            Some("sa") => (Prefix::StartsAfter, text.get(2..)?),
            Some("eb") => (Prefix::EndsBefore, text.get(2..)?),
            Some("ap") => (Prefix::About, text.get(2..)?),
            _ => (Prefix::Equal, text),
        };
        Some(Self {
            prefix,
            stretch: Stretch::parse(rest, zone)?,
        })
    }

    /// FHIR R4 §3.1.1.4.7.
    pub(super) fn fits(self, target: Stretch) -> bool {
        let wanted = self.stretch;
        let inside = wanted.start <= target.start && target.end <= wanted.end;
        match self.prefix {
            Prefix::Equal => inside,
            Prefix::NotEqual => !inside,
            Prefix::Greater => target.end > wanted.end,
            Prefix::Less => target.start < wanted.start,
            Prefix::GreaterEqual => inside || target.end > wanted.end,
            Prefix::LessEqual => inside || target.start < wanted.start,
            Prefix::StartsAfter => target.start >= wanted.end,
            Prefix::EndsBefore => target.end <= wanted.start,
            Prefix::About => target.start < wanted.end && wanted.start < target.end,
        }
    }
}

impl Stretch {
    /// A FHIR date, dateTime or instant: `2026`, `2026-11`, `2026-11-23`, or a time, here with or without zone.
    pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let day = |text: &str| text.parse::<civil::Date>().ok();
        let whole = |first: civil::Date, long: Span| {
            let after = first.checked_add(long).ok()?;
            let start = |date: civil::Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
            Some(Self {
                start: start(first)?,
                end: start(after)?,
            })
        };
        match text.len() {
            4 => return whole(day(&format!("{text}-01-01"))?, 1.year()),
            7 => return whole(day(&format!("{text}-01"))?, 1.month()),
            10 => return whole(day(text)?, 1.day()),
            _ => {}
        }
        // In a query a bare `+` arrives as a space.
        let text = text.replace(' ', "+");
        let (date, time) = text.split_once('T')?;
        if date.len() != 10 {
            return None;
        }
        let digits = time.split(['Z', '+', '-']).next().unwrap_or_default();
        let long = match digits.split_once('.') {
            Some((_, part)) if part.len() <= 3 => 1.millisecond(),
            Some(_) => 1.microsecond(),
            None if digits.len() <= 5 => 1.minute(),
            None => 1.second(),
        };
        let start = text.parse::<Timestamp>().ok().or_else(|| {
            let local = text.parse::<civil::DateTime>().ok()?;
            Some(local.to_zoned(zone.clone()).ok()?.timestamp())
        })?;
        Some(Self {
            start,
            end: start.checked_add(long).ok()?,
        })
    }

    /// A date element of a resource: a string, or a Period that may be open at either end.
    pub(super) fn of(value: &Value, zone: &TimeZone) -> Option<Self> {
        if let Some(text) = value.as_str() {
            return Self::parse(text, zone);
        }
        let end_of = |name: &str| Self::parse(value.get(name)?.as_str()?, zone);
        let (from, until) = (end_of("start"), end_of("end"));
        (from.is_some() || until.is_some()).then(|| Self {
            start: from.map_or(Timestamp::MIN, |it| it.start),
            end: until.map_or(Timestamp::MAX, |it| it.end),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(wanted: &str, target: &str) -> bool {
        let zone = TimeZone::UTC;
        Wanted::parse(wanted, &zone)
            .unwrap()
            .fits(Stretch::parse(target, &zone).unwrap())
    }

    #[test]
    fn a_day_holds_its_minutes() {
        assert!(fits("2026-11-23", "2026-11-23T10:00:00Z"));
        assert!(!fits("2026-11-23", "2026-11-24T00:00:00Z"));
        assert!(fits("ne2026-11-23", "2026-11-24"));
    }

    #[test]
    fn later_than_a_millisecond_is_later() {
        assert!(!fits(
            "gt2026-11-23T10:00:00.123Z",
            "2026-11-23T10:00:00.123Z"
        ));
        assert!(fits(
            "gt2026-11-23T10:00:00.123Z",
            "2026-11-23T10:00:00.124Z"
        ));
        assert!(fits(
            "ge2026-11-23T10:00:00.123Z",
            "2026-11-23T10:00:00.123Z"
        ));
    }

    #[test]
    fn a_plus_that_became_a_space_is_still_an_offset() {
        assert!(fits("ge2026-11-23T10:00:00 03:00", "2026-11-23T07:00:00Z"));
    }

    #[test]
    fn nonsense_is_no_date() {
        for text in [
            "",
            "gt",
            "yesterday",
            "2026-13",
            "20261123T10",
            "ge\u{444}2026",
        ] {
            assert_eq!(Wanted::parse(text, &TimeZone::UTC), None, "{text}");
        }
    }
}
