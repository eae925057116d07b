mod compose;
pub use compose::{of_fork, path};
