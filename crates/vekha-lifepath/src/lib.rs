//! The planner: a catalogue, a resident's facts and a moment give a plan, and why. Pure.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod catalogue;
pub mod expression;
mod facts;
mod life;
mod nearest;
mod planner;
pub mod source;
pub mod time;
mod what_if;

pub use catalogue::{Catalogue, Problem};
pub use facts::Facts;
pub use life::life;
pub use nearest::nearest;
pub use planner::{CheckUpTable, Planning, Verdict, plan};
pub use what_if::{difference, suppose, what_if};
