use super::{Outcome, earlier::Replaces, outcome::Issue, search::Stretch, subject};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
use std::collections::BTreeMap;
use vekha_model::{FactStatus, Moment, ResidentId, Text};

/// What a resource says, in the words of the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) subject: ResidentId,
    pub(super) says: Option<Saying>,
    /// What with the same identifier it takes the place of.
    pub(super) replaces: Replaces,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Saying {
    pub(super) kind: &'static str,
    pub(super) at: Moment,
    pub(super) status: FactStatus,
    pub(super) fields: BTreeMap<String, Value>,
    /// Who did it, as the sender names them.
    pub(super) performer: Option<Text>,
}

/// What a reader needs to know besides the resource.
pub(super) struct Around<'a> {
    pub(super) base: &'a str,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Timestamp,
}

pub(super) fn read(kind: &str, json: &Value, around: &Around) -> Result<Reading, Outcome> {
    let subject = subject::of(json, around.base);
    let mut issues = Vec::new();
    let read = match kind {
        "Observation" => super::observation::read(json, around, &mut issues),
        _ => super::condition::read(json, around, &mut issues),
    };
    match subject {
        Ok(subject) if issues.is_empty() => Ok(Reading {
            subject,
            says: read.0,
            replaces: read.1,
        }),
        Ok(_) => Err(Outcome::refused(issues)),
        Err(mut wrong) => {
            wrong.issues.extend(issues);
            Err(wrong)
        }
    }
}

pub(super) fn complain(
    issues: &mut Vec<Issue>,
    code: &'static str,
    words: impl Into<String>,
    at: &str,
) {
    issues.push(Issue {
        code,
        words: words.into(),
        at: Some(at.to_owned()),
    });
}

/// A FHIR date or time as a moment: its first day where only a month or a year is given.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let stretch = Stretch::parse(text, zone)?;
    match text.len() {
        4 | 7 => Some(Moment::Day(zone.to_datetime(stretch.start).date())),
        10 => text.parse().ok(),
        _ => text.parse().ok().or(Some(Moment::at(stretch.start, zone))),
    }
}

/// The first of these elements that is there and can be read; an unreadable one is complained about.
pub(super) fn moment_at(
    json: &Value,
    names: &[&str],
    zone: &TimeZone,
    issues: &mut Vec<Issue>,
) -> Option<Moment> {
    for name in names {
        let Some(value) = json.get(*name) else {
            continue;
        };
        // Of a period the end counts: that is when it was known.
        let text = value.as_str().or_else(|| {
            ["end", "start"]
                .iter()
                .find_map(|side| value.get(*side)?.as_str())
        });
        match text.and_then(|text| moment(text, zone)) {
            Some(moment) => return Some(moment),
            None => complain(issues, "value", "not a FHIR date or time", name),
        }
    }
    None
}

pub(super) fn text_of(concept: &Value) -> Option<String> {
    let display = || {
        concept["coding"]
            .as_array()?
            .iter()
            .find_map(|coding| coding["display"].as_str().or(coding["code"].as_str()))
    };
    concept["text"].as_str().or_else(display).map(str::to_owned)
}

/// Every coding of a concept as (system, code).
pub(super) fn codings(concept: &Value) -> Vec<(&str, &str)> {
    concept["coding"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|coding| {
            Some((
                coding["system"].as_str().unwrap_or_default(),
                coding["code"].as_str()?,
            ))
        })
        .collect()
}
