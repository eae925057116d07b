use crate::http::{AddressError, address, body, unreachable};
use reqwest::Client;
use vekha_protocol::{CityError, Manifest};

/// Why an address is not a city this device can use, in the order a person can act on it.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error(transparent)]
    City(#[from] CityError),
    #[error("there is no Vekha city at this address (status {0})")]
    NotACity(u16),
    #[error("the city speaks version {0} of the manifest; this app reads version 1")]
    TooNew(u32),
    #[error("the city offers no way to sign in")]
    NothingOffered,
}

/// Reads `/.well-known/vekha` and checks every address in it.
///
/// # Errors
/// See [`ManifestError`]; nothing is kept of an answer that fails.
pub async fn fetch_manifest(http: &Client, typed: &str) -> Result<Manifest, ManifestError> {
    let base = address(typed)?;
    let url = base
        .join("/.well-known/vekha")
        .map_err(|_| AddressError::NotAnAddress(typed.to_owned()))?;
    let answer = http.get(url).send().await.map_err(unreachable)?;
    if !answer.status().is_success() {
        return Err(ManifestError::NotACity(answer.status().as_u16()));
    }
    read(&body(answer).await?)
}

fn read(bytes: &[u8]) -> Result<Manifest, ManifestError> {
    #[derive(serde::Deserialize)]
    struct Version {
        vekha: u32,
    }
    let malformed = |error: serde_json::Error| CityError::Malformed(format!("manifest: {error}"));
    let version: Version = serde_json::from_slice(bytes).map_err(malformed)?;
    if version.vekha != 1 {
        return Err(ManifestError::TooNew(version.vekha));
    }
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(malformed)?;
    if manifest.id.is_empty() || manifest.id.len() > 200 {
        return Err(
            CityError::Malformed("manifest: the city's id is missing or too long".into()).into(),
        );
    }
    if manifest.sign_in.is_none() || (manifest.city_api.is_none() && manifest.fhir.is_none()) {
        return Err(ManifestError::NothingOffered);
    }
    let offered = [
        manifest.sign_in.as_ref().map(|it| &it.issuer),
        manifest.fhir.as_ref().map(|it| &it.base),
        manifest.city_api.as_ref().map(|it| &it.base),
        manifest.catalogue.as_ref().map(|it| &it.url),
        manifest.map.as_ref(),
    ];
    for url in offered.into_iter().flatten() {
        address(url)?;
    }
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(changes: &[(&str, serde_json::Value)]) -> Vec<u8> {
        let mut whole = serde_json::json!({
            "vekha": 1, "id": "berezovo", "name": {"ru": "Берёзово"}, "zone": "Europe/Moscow",
            "sign_in": {"issuer": "https://id.example", "client_id": "vekha-app", "scopes": ["openid"]},
            "fhir": {"base": "https://fhir.example/fhir"},
            "something_new": {"kept": true},
        });
        for (field, value) in changes {
            whole[*field] = value.clone();
        }
        serde_json::to_vec(&whole).unwrap()
    }

    #[test]
    fn a_city_of_another_maker_with_only_sign_in_and_fhir_is_a_city() {
        assert!(read(&manifest(&[])).unwrap().city_api.is_none());
    }

    #[test]
    fn a_newer_manifest_is_told_apart_from_a_broken_one() {
        assert!(matches!(
            read(&manifest(&[("vekha", 2.into())])),
            Err(ManifestError::TooNew(2))
        ));
        assert!(matches!(
            read(b"<html>"),
            Err(ManifestError::City(CityError::Malformed(_)))
        ));
    }

    #[test]
    fn a_manifest_that_points_to_an_unencrypted_server_is_refused() {
        for (part, server) in [
            ("fhir", serde_json::json!({"base": "http://evil.example/"})),
            ("map", serde_json::json!("http://evil.example/?q={address}")),
        ] {
            assert!(matches!(
                read(&manifest(&[(part, server)])),
                Err(ManifestError::Address(AddressError::NotEncrypted(_)))
            ));
        }
    }

    #[test]
    fn a_city_that_offers_nothing_to_read_is_said_so() {
        let empty = manifest(&[("fhir", serde_json::Value::Null)]);
        assert!(matches!(read(&empty), Err(ManifestError::NothingOffered)));
    }
}
