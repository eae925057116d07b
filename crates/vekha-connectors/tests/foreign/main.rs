//! A city by other makers: their sign-in, their FHIR server, and not one line of ours. Needs node and npm.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod app;
mod health;
mod makers;
mod sign_in;
#[path = "../vault/mod.rs"]
mod vault;
