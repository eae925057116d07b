use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{Language, Text};

/// What a city offers, where and in which version; served at `/.well-known/vekha`. Every part may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Manifest {
    /// The version of this manifest; a device reads 1.
    pub vekha: u32,
    /// Stable, whatever the address: the account is kept under it.
    pub id: String,
    pub name: Text,
    /// IANA time zone.
    pub zone: String,
    #[serde(default)]
    pub languages: Vec<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInOffer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fhir: Option<FhirOffer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city_api: Option<CityApiOffer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<CatalogueOffer>,
    /// Where a person answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// A demo city says so, and lets its clock be moved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

/// OpenID Connect Core 1.0 with PKCE (RFC 7636) for a public native client (RFC 8252).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SignInOffer {
    pub issuer: String,
    pub client_id: String,
    pub scopes: Vec<String>,
}

/// FHIR R4 (4.0.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct FhirOffer {
    pub base: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct CityApiOffer {
    pub base: String,
    /// The major version; a device speaks 1.
    pub version: u32,
}

/// A signed pack and the keys to trust it by (JWS, Ed25519).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct CatalogueOffer {
    pub url: String,
    /// Key id to base64url public key.
    pub keys: std::collections::BTreeMap<String, String>,
}
