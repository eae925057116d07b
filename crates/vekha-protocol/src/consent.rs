use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{ConsentClass, ConsentId, Domain, Moment, ResidentId, Text};

/// What one domain may do with one kind of fact, and how far it may act alone (152-ФЗ ст. 9, 10; 323-ФЗ ст. 13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Consent {
    pub id: ConsentId,
    pub subject: ResidentId,
    pub domain: Domain,
    pub class: ConsentClass,
    /// Who receives the data, in words.
    pub recipient: Text,
    /// What it allows, in plain words, with what it is for.
    pub purpose: Text,
    pub given: bool,
    pub reach: Reach,
    /// When it was last given or withdrawn.
    pub at: Option<Moment>,
}

/// How far a domain may act alone.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Off,
    Suggest,
    /// Hold a time and ask.
    Arrange,
    /// Do and tell; the resident can undo.
    Act,
}
