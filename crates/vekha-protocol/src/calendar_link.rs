use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::Moment;

/// An address at which calendar programs read the resident's visits (RFC 5545). Whoever knows it reads them, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct CalendarLink {
    pub since: Moment,
    /// When it was last read, by whichever program.
    #[serde(default)]
    pub read: Option<Moment>,
    /// Told once, when the address is made: the city does not keep it.
    #[serde(default)]
    pub url: Option<String>,
}
