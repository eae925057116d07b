//! What the city holds for a resident, and how the resident answers.

mod answer;
mod http;

pub(crate) use answer::waiting_for;
pub use answer::{Answer, answer};
pub(crate) use http::{check_match, router};
