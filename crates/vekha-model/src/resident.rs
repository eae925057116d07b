use crate::ResidentId;
use jiff::civil;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person the plan is for, as the signed-in resident sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct Resident {
    pub id: ResidentId,
    /// How the app calls them: a first name, «Мама».
    pub name: String,
    #[ts(type = "string | null")]
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<civil::Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    pub relation: Relation,
}

/// FHIR AdministrativeGender, as far as the catalogue reads it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    Female,
    Male,
}

/// What this person is to the one signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Myself,
    Child,
    Parent,
    Ward,
}
