//! What a city may answer, well-meant or hostile, and what the device makes of it.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod catalogue;
mod clock;
mod hostile;
mod scripted;
mod sign_in;
