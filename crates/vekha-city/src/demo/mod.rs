//! The demo town: places, free times and twelve residents whose lives take the forks of the catalogue.

mod map;
mod people;
mod places;
mod seed;
pub(crate) mod town;

pub(crate) use map::router as map;
pub(crate) use people::shows;
pub(crate) use places::open_times;
pub(crate) use seed::{add_resident, add_ward, seed};

/// The region the demo town lies in.
pub(crate) const REGION: &str = "beregovoy";
