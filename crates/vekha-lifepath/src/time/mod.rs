//! The calendar of the law: working days, windows, and how a deadline moves.
mod calendar;
mod window;

pub use calendar::WorkCalendar;
pub use window::{Bound, Span, Unit, Window};
