mod compose;
pub use compose::{access, consents, document_view, fact_view, groups};
