//! Where a device has read to, as this connector keeps it inside the opaque cursor.

use super::read::moment;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use vekha_model::Moment;
use vekha_protocol::{CityError, Cursor};

const OVERLAP: SignedDuration = SignedDuration::from_mins(5);
/// Beyond this, what is known near the end is read again rather than remembered.
const REMEMBERED: usize = 500;

#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Progress {
    /// The newest change of the rounds before, by the server's clock.
    from: Option<Timestamp>,
    /// Which kind of record this round has come to.
    pub kind: usize,
    /// The next page, as the server gave it.
    pub next: Option<String>,
    newest: Option<Timestamp>,
    known: BTreeSet<String>,
    seen: Vec<(Timestamp, String)>,
}

impl Progress {
    pub fn read(cursor: Option<&Cursor>) -> Result<Self, CityError> {
        let Some(Cursor(text)) = cursor else {
            return Ok(Self::default());
        };
        serde_json::from_str(text).map_err(|_| CityError::CursorGone)
    }

    pub fn cursor(&self) -> Result<Cursor, CityError> {
        serde_json::to_string(self)
            .map(Cursor)
            .map_err(|error| CityError::Malformed(error.to_string()))
    }

    /// From when this round reads, the overlap included.
    pub fn since(&self) -> Option<Timestamp> {
        self.from
            .map(|from| from.checked_sub(OVERLAP).unwrap_or(Timestamp::MIN))
    }

    /// Takes note of a record and tells whether it is new since the rounds before. `now` is the server's clock: a change of
    /// tomorrow, by its account, must not hide those of today.
    pub fn is_new(&mut self, json: &Value, now: Option<Timestamp>) -> bool {
        let Some(Moment::Time { at, .. }) = moment(&json["meta"]["lastUpdated"]) else {
            return true;
        };
        let mark = format!(
            "{}/{}@{}",
            json["resourceType"].as_str().unwrap_or_default(),
            json["id"].as_str().unwrap_or_default(),
            json["meta"]["versionId"]
                .as_str()
                .map_or_else(|| at.to_string(), str::to_owned),
        );
        let at = now.map_or(at, |now| at.min(now));
        self.newest = self.newest.max(Some(at));
        let new = !self.known.contains(&mark);
        self.seen.push((at, mark));
        if self.seen.len() > 2 * REMEMBERED {
            self.forget();
        }
        new
    }

    /// Everything was read once; the next round begins a little before where this one ended.
    pub fn round_ends(&mut self) {
        self.forget();
        *self = Self {
            from: self.from.max(self.newest),
            known: self.seen.drain(..).map(|(_, mark)| mark).collect(),
            ..Self::default()
        };
    }

    fn forget(&mut self) {
        if let Some(end) = self.from.max(self.newest) {
            self.seen
                .retain(|(at, _)| end.duration_since(*at) <= OVERLAP);
        }
        self.seen.sort();
        let over = self.seen.len().saturating_sub(REMEMBERED);
        self.seen.drain(..over);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(id: &str, version: &str, at: &str) -> Value {
        json!({"resourceType": "Observation", "id": id, "meta": {"versionId": version, "lastUpdated": at}})
    }

    #[test]
    fn what_shares_the_last_instant_is_told_once() {
        let mut at = Progress::default();
        assert!(at.is_new(&record("1", "1", "2026-11-23T10:00:00Z"), None));
        at.round_ends();
        let mut at = Progress::read(Some(&at.cursor().unwrap())).unwrap();
        assert_eq!(at.since().unwrap().to_string(), "2026-11-23T09:55:00Z");
        assert!(!at.is_new(&record("1", "1", "2026-11-23T10:00:00Z"), None));
        assert!(at.is_new(&record("2", "1", "2026-11-23T10:00:00Z"), None));
        assert!(at.is_new(&record("1", "2", "2026-11-23T10:00:00Z"), None));
    }

    #[test]
    fn a_change_of_the_future_does_not_hide_those_of_today() {
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let mut at = Progress::default();
        at.is_new(&record("1", "1", "9999-01-01T00:00:00Z"), Some(now));
        at.round_ends();
        assert_eq!(at.since().unwrap().to_string(), "2026-11-23T09:55:00Z");
    }

    #[test]
    fn an_empty_round_stays_where_it_was() {
        let mut at = Progress::default();
        at.is_new(&record("1", "1", "2026-11-23T10:00:00Z"), None);
        at.round_ends();
        let before = at.since();
        at.round_ends();
        assert_eq!(at.since(), before);
    }

    #[test]
    fn a_cursor_of_another_connector_means_reading_from_the_beginning() {
        let foreign = Cursor("42".into());
        assert!(matches!(
            Progress::read(Some(&foreign)),
            Err(CityError::CursorGone)
        ));
    }
}
