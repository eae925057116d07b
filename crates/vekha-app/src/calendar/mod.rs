mod compose;
mod ics;
pub use compose::{entries, neutral};
pub use ics::ics;
