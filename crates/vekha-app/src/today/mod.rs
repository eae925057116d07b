mod compose;
pub use compose::today;
