use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;
use url::{Host, Url};
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
    /// The map of the city's own choice, opened only by a resident's tap: an address in which `{address}` stands for the
    /// street address looked for, such as `https://map.city.example/?q={address}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// Where a person answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// A demo city says so, and lets its clock be moved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

impl Manifest {
    /// Who is trusted with tokens and answers: [`host_of`] everything offered.
    #[must_use]
    pub fn hosts(&self) -> BTreeSet<String> {
        let sign_in = self.sign_in.iter().map(|it| &it.issuer);
        let fhir = self.fhir.iter().map(|it| &it.base);
        let api = self.city_api.iter().map(|it| &it.base);
        sign_in
            .chain(fhir)
            .chain(api)
            .map(|address| host_of(address))
            .collect()
    }
}

/// Scheme, host and port of an address; on this machine the host alone, where ports come and go.
#[must_use]
pub fn host_of(address: &str) -> String {
    let Ok(url) = Url::parse(address) else {
        return address.to_owned();
    };
    let (scheme, host) = (url.scheme(), url.host_str().unwrap_or_default());
    match url.port_or_known_default().filter(|_| !is_here(&url)) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => host.to_owned(),
    }
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

/// Whether an address leads to this very machine, where nothing needs to be encrypted.
#[must_use]
pub fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(issuer: &str, base: &str) -> BTreeSet<String> {
        let manifest = serde_json::json!({
            "vekha": 1, "id": "c", "name": {"ru": "", "en": ""}, "zone": "UTC",
            "sign_in": {"issuer": issuer, "client_id": "a", "scopes": []},
            "city_api": {"base": base, "version": 1},
        });
        serde_json::from_value::<Manifest>(manifest)
            .unwrap()
            .hosts()
    }

    #[test]
    fn a_path_may_change_and_a_port_on_this_machine_but_no_host() {
        let city = hosts("https://id.city.example", "https://api.city.example/v1");
        assert_eq!(
            city,
            hosts("https://id.city.example/", "https://api.city.example/v2")
        );
        assert_ne!(
            city,
            hosts(
                "https://id.city.example:8443",
                "https://api.city.example/v1"
            )
        );
        assert!(!hosts("https://id.city.example", "https://evil.example").is_subset(&city));
        assert_eq!(
            hosts("http://127.0.0.1:1", "http://127.0.0.1:1"),
            hosts("http://127.0.0.1:2", "http://127.0.0.1:2")
        );
    }
}
