use crate::{FhirCity, HttpCity, Session};
use reqwest::Client;
use std::sync::Arc;
use vekha_protocol::{City, CityError, Manifest};

/// Picks the richest way this city offers: the city API, else FHIR alone.
///
/// # Errors
/// [`CityError::NotOffered`] where the city offers neither.
pub fn connect(
    http: Client,
    manifest: &Manifest,
    session: Arc<Session>,
) -> Result<Arc<dyn City>, CityError> {
    let catalogue = manifest.catalogue.as_ref();
    if let Some(api) = &manifest.city_api {
        return Ok(Arc::new(HttpCity::new(http, api, catalogue, session)?));
    }
    let fhir = manifest.fhir.as_ref().ok_or(CityError::NotOffered)?;
    Ok(Arc::new(FhirCity::new(http, fhir, catalogue, session)?))
}
