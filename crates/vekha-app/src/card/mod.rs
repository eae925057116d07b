mod build;
mod detail;
pub use build::{of_step, of_visit};
pub use detail::detail;
