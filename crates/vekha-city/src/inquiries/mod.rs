//! What residents ask a person, or say is wrong, and what a person of the city answers.

mod answer;
mod ask;

pub(crate) use answer::withdraw;
pub(crate) use answer::{Verdict, answer};
pub(crate) use ask::{open, router, words};
