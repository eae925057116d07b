//! The real city on a free port, asked over HTTP as a device and an operator ask it.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod address;
mod catalogue;
mod concurrency;
mod consents;
mod feed;
mod hostile;
mod inquiries;
mod looks;
mod operator;
mod stories;
mod town;
mod upgrade;
mod wake;
mod withdrawn;
