//! What the resident is told outside the window: computed from what the device holds, neutral, never twice.

mod choose;
mod decide;
mod press;
mod quiet;
mod tell;
mod when;
mod words;

pub use press::press;
pub use tell::{tell, tell_soon, watch};
pub use when::full;
