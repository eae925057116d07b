//! Questions to a person and disputes: in sight where they were asked, until the answer and after it.

mod compose;

pub use compose::{about, all, dispute_of};
