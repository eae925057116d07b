//! What Vekha does, screen by screen: every command is one use-case, read from the store alone.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

#[macro_use]
mod commands;
mod calendar;
mod card;
mod me;
mod path;
mod scene;
mod today;
pub mod view;
