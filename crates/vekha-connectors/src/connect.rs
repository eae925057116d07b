use crate::{HttpCity, Session};
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
    match &manifest.city_api {
        Some(api) => Ok(Arc::new(HttpCity::new(
            http,
            api,
            manifest.catalogue.as_ref(),
            session,
        )?)),
        None => Err(CityError::NotOffered),
    }
}
