use crate::{FactId, Moment, ResidentId, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::TS;

/// One dated, sourced statement about a resident. Facts are appended and superseded, never edited.
///
/// `kind` and the names and types of `fields` come from the catalogue's facts vocabulary
/// (`catalogue/ru/facts/`); a quantity is `{"value": 12, "unit": "ng/mL"}` with a UCUM unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct Fact {
    pub id: FactId,
    pub subject: ResidentId,
    pub kind: String,
    /// When it became true: the day of birth, the minute of the result.
    pub at: Moment,
    /// When the holder learnt it. Where it is missing, `at` stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string | null")]
    #[schema(value_type = Option<String>)]
    pub recorded: Option<Timestamp>,
    #[serde(default)]
    pub status: FactStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<FactId>,
    #[serde(default)]
    pub source: Source,
    #[serde(default)]
    #[ts(type = "Record<string, unknown>")]
    #[schema(value_type = Object)]
    pub fields: BTreeMap<String, Value>,
    /// A private fact never leaves the resident's device.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

/// FHIR ObservationStatus, for every kind of fact.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum FactStatus {
    Preliminary,
    #[default]
    Final,
    Amended,
    Corrected,
    /// Taken back by its source: it was never true.
    EnteredInError,
}

/// Where a fact comes from, so that the resident can ask there.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    Default,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
pub struct Source {
    pub kind: SourceKind,
    /// The name a resident knows: «Лаборатория Инвитро», «ЗАГС».
    #[serde(default)]
    pub name: Text,
    /// The record at the source, such as `Observation/42`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Laboratory,
    Clinician,
    Registry,
    City,
    /// Said by the resident; not a medical fact.
    #[default]
    Resident,
}
