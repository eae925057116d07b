//! What a resident reads when a city could not be asked, said no, or was not understood. In one place for every screen.

use crate::{CityError, NetworkError, Problem};
use jiff::{Timestamp, tz::TimeZone};
use vekha_model::Text;

impl NetworkError {
    /// The words of a code are found by it: `network-CODE`.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self::saying(code, vekha_words::text(&format!("network-{code}")))
    }

    #[must_use]
    pub fn saying(code: &str, words: Text) -> Self {
        Self {
            code: code.to_owned(),
            words,
        }
    }
}

impl From<&CityError> for NetworkError {
    fn from(error: &CityError) -> Self {
        match error {
            CityError::Offline(_) | CityError::Busy { .. } => NetworkError::of("offline"),
            CityError::Untrusted(why) if is_about_dates(why) => out_of_date(),
            CityError::Untrusted(_) => NetworkError::of("untrusted"),
            CityError::SignedOut => NetworkError::of("signed-out"),
            CityError::NotOffered => NetworkError::of("not-offered"),
            CityError::Refused(problem) | CityError::Conflict(problem) => {
                Self::saying(&problem.code, problem.in_words())
            }
            CityError::Malformed(_) | CityError::CursorGone => NetworkError::of("malformed"),
        }
    }
}

impl Problem {
    /// The city's no in words a person can act on.
    #[must_use]
    pub fn in_words(&self) -> Text {
        let unexplained = || vekha_words::text("network-no-reason");
        self.words.clone().unwrap_or_else(unexplained)
    }
}

/// A clock that is far off shows here first: every certificate looks expired, or not valid yet.
fn is_about_dates(why: &str) -> bool {
    why.contains("expired") || why.contains("not valid yet")
}

/// The day is the one this device's clock shows: that is what the resident is to check.
fn out_of_date() -> NetworkError {
    let today = Timestamp::now().to_zoned(TimeZone::system()).date();
    let words = vekha_words::filled(
        "network-out-of-date",
        &[("today", &vekha_words::day(today))],
    );
    NetworkError::saying("untrusted", words)
}
