//! The app on one device, against a city that does what the test says: what no real city can be asked to do. The same
//! commands against the real city are played in the flows.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod answers;
mod catalogue;
mod clock;
mod consents;
mod device;
mod documented;
mod ending;
mod hard_news;
mod late;
mod papers;
mod services;
mod silence;
mod town;
mod what_if;
