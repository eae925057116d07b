//! What the plan needs to know, and the resident's answer.

mod answer;
mod describe;
mod tell;

pub use answer::{answer, checked};
pub use describe::{all, describe, field};
pub use tell::tell;
