//! What Vekha does, screen by screen: every command is one use-case, read from the store alone.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

#[macro_use]
mod commands;
mod app;
mod calendar;
mod card;
mod catalogue;
mod error;
mod host;
mod inquiry;
mod kept;
mod link;
mod me;
mod notify;
mod path;
mod question;
mod save;
mod scene;
mod session;
mod settings;
mod tact;
mod today;
pub mod view;

pub use app::{App, COMMANDS};
pub use error::CommandError;
pub use host::{Host, Notification};
pub use vekha_model::Text;
pub use vekha_protocol::Network;
pub use vekha_store::Tag;
