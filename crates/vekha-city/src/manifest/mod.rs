//! What this city offers, where and in which version.

use crate::{City, demo::town, sign_in};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::Language;
use vekha_protocol::{CatalogueOffer, CityApiOffer, FhirOffer, Manifest, SignInOffer};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(read))
}

/// The manifest of the city; everything else is found through it.
#[utoipa::path(get, path = "/.well-known/vekha", tag = "manifest", security(()), responses((status = 200, body = Manifest)))]
pub(crate) async fn read(State(city): State<City>) -> impl IntoResponse {
    let base = city.base();
    let manifest = Manifest {
        vekha: 1,
        id: city.id.clone(),
        name: town::name(),
        zone: city
            .zone()
            .iana_name()
            .unwrap_or("Europe/Moscow")
            .to_owned(),
        languages: vec![Language::Ru, Language::En],
        sign_in: Some(SignInOffer {
            issuer: city.sign_in.issuer().to_owned(),
            client_id: sign_in::CLIENT_ID.to_owned(),
            scopes: sign_in::SCOPES.map(str::to_owned).to_vec(),
        }),
        fhir: Some(FhirOffer {
            base: format!("{base}/fhir"),
        }),
        city_api: Some(CityApiOffer {
            base: format!("{base}/city/v1"),
            version: 1,
        }),
        catalogue: Some(CatalogueOffer {
            url: format!("{base}/city/v1/catalogue"),
            keys: city.catalogue.keys(),
        }),
        map: city.demo.then(|| format!("{base}/map?address={{address}}")),
        help: Some(town::help()),
        demo: city.demo,
    };
    ([(header::CACHE_CONTROL, "no-cache")], Json(manifest))
}
