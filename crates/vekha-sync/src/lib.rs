//! Bringing device and city together: what the resident did goes out first, exactly once and in order; then what changed
//! comes in, page by page, each page with its cursor in one transaction. Generic over the city and the clock.

mod backoff;
mod clock;
mod pull;
mod push;
mod reading;
mod round;
mod runner;

pub use clock::{Clock, WallClock};
pub use pull::Progress;
pub use round::{SyncError, SyncReport, sync};
pub use runner::{Runner, RunnerEvent};

/// The names of single values the sync keeps in the store.
pub mod value {
    /// Where the device has read to.
    pub const CURSOR: &str = "cursor";
    /// A reading from the beginning that has not come to its end.
    pub const READING: &str = "reading";
    /// The last time a round went through (RFC 3339).
    pub const AS_OF: &str = "as_of";
    /// Counts readings from the beginning.
    pub const GENERATION: &str = "generation";
    /// The signed catalogue pack as the city sent it, base16.
    pub const PACK: &str = "catalogue_pack";
}
