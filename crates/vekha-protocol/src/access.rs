use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{FactId, ResidentId, Text};

/// Who looked at which fact, when and why (FHIR AuditEvent, 152-ФЗ ст. 14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AccessRecord {
    pub id: String,
    pub subject: ResidentId,
    /// A name and a role, or the city's planner.
    pub who: Text,
    pub fact: Option<FactId>,
    pub purpose: Text,
    #[ts(type = "string")]
    #[schema(value_type = String)]
    pub at: Timestamp,
}
