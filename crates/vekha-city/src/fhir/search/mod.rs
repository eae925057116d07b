//! FHIR search over resources at hand: parameters, order, pages.

mod bundle;
mod date;
mod param;
mod query;

pub(super) use bundle::bundle;
pub(crate) use date::Stretch;
pub(super) use param::{How, params_of, relative};
pub(super) use query::Query;
