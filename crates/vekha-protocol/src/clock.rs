use jiff::{SignedDuration, Timestamp};
use std::time::Instant;

/// What a city's clock said, and when that was heard (HTTP `Date`, RFC 9110 §6.6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockReading {
    pub says: Timestamp,
    pub heard: Instant,
}

impl ClockReading {
    /// A clock that says this just now.
    #[must_use]
    pub fn heard_now(says: Timestamp) -> Self {
        Self {
            says,
            heard: Instant::now(),
        }
    }

    /// What the city's clock says by now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        SignedDuration::try_from(self.heard.elapsed())
            .ok()
            .and_then(|since| self.says.checked_add(since).ok())
            .unwrap_or(self.says)
    }
}
