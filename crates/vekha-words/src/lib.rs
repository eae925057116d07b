//! The words that Rust says by itself: in `words/ru` and `words/en` of this crate, as Fluent messages. Whoever has
//! something to say names a key and gets both languages; which one is read is decided where it is read. The words of
//! the screens are not here: those are the UI's (`ui/src/i18n`), and it loads none of these.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod day;
mod files;
mod say;

pub use day::{day, day_and_month, day_at};
pub use say::{Fill, filled, text};
