//! What lies ahead: questions and forks, what would be if, and a whole life.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
mod ahead;
mod life;
#[path = "../people/mod.rs"]
mod people;
mod what_if;
