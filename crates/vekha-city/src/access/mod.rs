//! Who looked at which fact, when and why; the resident reads it.
//!
//! No look by anybody but the resident themselves is missing, whichever door it came through, and a device that polls
//! does not flood the log either: a person or a system has one record for each fact and day, with the first time, the
//! last and how many there were. The planner looks again whenever anything changes; it has one record for each fact,
//! and a corrected fact is another fact. What is shown is recorded before it is sent: an answer that got lost may be
//! counted, none goes out unseen.

mod http;
mod look;
mod record;

pub(crate) use http::router;
pub(crate) use look::{Reader, Shown, looked, looked_in};
pub(crate) use record::{Entry, record, record_once};
