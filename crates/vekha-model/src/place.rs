use crate::Text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a service is to be found: one entry of a city's directory (FHIR Location and HealthcareService say the same).
#[derive(
    Debug,
    Clone,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct ServicePlace {
    pub name: Text,
    pub address: Text,
    /// How one gets there and in: the stop, the entrance, the floor.
    #[serde(default)]
    pub way: Text,
    /// When it is open, in words.
    pub hours: Text,
    /// As a person dials it: `+7 495 000-00-00`.
    #[serde(default)]
    pub phone: Option<String>,
    /// Whether one gets in without a step; nothing where nobody looked.
    #[serde(default)]
    pub step_free: Option<bool>,
    /// Languages spoken there besides the country's own (BCP 47).
    #[serde(default)]
    pub languages: Vec<String>,
}
