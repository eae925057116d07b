use crate::{City, Fault};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

const KIND: &str = "application/jose";

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(read))
}

/// The catalogue the city plans by, signed with a key of the manifest (JWS, Ed25519). Needs no sign-in.
#[utoipa::path(get, path = "/city/v1/catalogue", tag = "catalogue", security(()),
    params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, description = "A compact JWS", content_type = "application/jose", body = String),
        (status = 304, description = "The one the device has")))]
pub(crate) async fn read(State(city): State<City>, headers: HeaderMap) -> Result<Response, Fault> {
    let signed = city.catalogue.signed(city.now()).await?;
    let told = [
        (header::ETAG, signed.etag.clone()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|tags| knows(tags, &signed.etag));
    Ok(if known {
        (StatusCode::NOT_MODIFIED, told).into_response()
    } else {
        (told, [(header::CONTENT_TYPE, KIND)], signed.text.clone()).into_response()
    })
}

/// If-None-Match compares weakly (RFC 9110 §13.1.2).
fn knows(tags: &str, etag: &str) -> bool {
    tags.trim() == "*"
        || tags
            .split(',')
            .any(|tag| tag.trim().trim_start_matches("W/") == etag)
}
