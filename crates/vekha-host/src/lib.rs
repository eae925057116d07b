//! The app's commands over HTTP on this machine: for a browser, for scripts, for tests.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod guard;
mod host;
mod secrets;
mod server;
mod start;

pub use start::{Config, Passphrase, Running, StartError, start};
