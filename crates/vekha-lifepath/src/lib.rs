//! The planner: a catalogue, a resident's facts and a moment give a plan, and why. Pure.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

pub mod expression;
pub mod source;
pub mod time;
