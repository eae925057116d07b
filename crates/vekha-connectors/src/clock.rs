use jiff::{Timestamp, fmt::rfc2822};
use reqwest::header::{AGE, DATE, HeaderMap};
use std::sync::{Mutex, PoisonError};
use vekha_protocol::ClockReading;

/// What the clock behind the answers said last.
#[derive(Default)]
pub(crate) struct CityClock(Mutex<Option<ClockReading>>);

impl CityClock {
    /// Listens to one answer, whatever its status; an answer without a clock changes nothing.
    pub fn hear(&self, headers: &HeaderMap) {
        if let Some(says) = date(headers) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(ClockReading::heard_now(says));
        }
    }

    pub fn read(&self) -> Option<ClockReading> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The `Date` of an answer that comes from the city itself: one out of a cache on the way tells an old time.
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    if headers.contains_key(AGE) {
        return None;
    }
    let text = headers.get(DATE)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(headers: &[(&'static str, &str)]) -> Option<Timestamp> {
        let map: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    reqwest::header::HeaderName::from_static(name),
                    value.parse().unwrap(),
                )
            })
            .collect();
        let clock = CityClock::default();
        clock.hear(&map);
        clock.read().map(|it| it.says)
    }

    #[test]
    fn a_citys_clock_is_the_date_of_its_answer() {
        assert_eq!(
            heard(&[("date", "Thu, 26 Nov 2026 07:00:00 GMT")]),
            Some("2026-11-26T07:00:00Z".parse().unwrap())
        );
    }

    #[test]
    fn no_date_or_an_odd_one_or_one_out_of_a_cache_is_no_clock() {
        assert_eq!(heard(&[]), None);
        assert_eq!(heard(&[("date", "вчера вечером")]), None);
        assert_eq!(
            heard(&[("date", "Thu, 26 Nov 2026 07:00:00 GMT"), ("age", "600")]),
            None
        );
    }
}
