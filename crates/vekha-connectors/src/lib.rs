//! The device's only way out: sign-in, FHIR and the city API over HTTP. Nothing else in the client talks to a network.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod catalogue;
mod city_api;
mod clock;
mod connect;
mod fhir;
mod http;
mod manifest;
mod network;
mod secrets;
mod sign_in;

pub use city_api::HttpCity;
pub use connect::connect;
pub use fhir::FhirCity;
pub use http::{AddressError, HttpClient, http_client};
pub use manifest::{ManifestError, fetch_manifest};
pub use network::HttpNetwork;
pub use secrets::{Keyring, SecretError, SecretPlace};
pub use sign_in::{
    Session, SignIn, SignInError, StoredTokens, TokenVault, VaultError, follow_quietly, revoke,
};
