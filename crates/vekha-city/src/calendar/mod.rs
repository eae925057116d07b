//! A resident's visits at an address of their own, for calendar programs that cannot sign in.

mod feed;
mod link;

use crate::{City, Fault, sign_in::Caller};
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::Language;
use vekha_protocol::{CalendarLink, Problem};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(read, make, end))
        .routes(routes!(calendar))
}

/// Whether there is an address, since when, and when it was last read. The address itself is told only when it is made.
#[utoipa::path(get, path = "/city/v1/calendar-link", tag = "calendar",
    responses((status = 200, body = Option<CalendarLink>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn read(
    State(city): State<City>,
    caller: Caller,
) -> Result<Json<Option<CalendarLink>>, Fault> {
    Ok(Json(link::read(&city, &caller.resident).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Wanted {
    /// In which the visits are named.
    language: Language,
}

/// Makes a new address. The one before is void from then on.
#[utoipa::path(put, path = "/city/v1/calendar-link", tag = "calendar", request_body = Wanted,
    responses((status = 200, body = CalendarLink), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn make(
    State(city): State<City>,
    caller: Caller,
    wanted: Result<Json<Wanted>, axum::extract::rejection::JsonRejection>,
) -> Result<Json<CalendarLink>, Fault> {
    let Json(wanted) = wanted.map_err(|error| Fault::unreadable(error.body_text()))?;
    Ok(Json(
        link::make(&city, &caller.resident, wanted.language).await?,
    ))
}

/// Takes the address back: whoever knows it reads nothing any more.
#[utoipa::path(delete, path = "/city/v1/calendar-link", tag = "calendar",
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn end(State(city): State<City>, caller: Caller) -> Result<StatusCode, Fault> {
    link::end(&city, &caller.resident).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The visits of the resident and of those they care for (RFC 5545), in words anybody may see. The secret is the key.
#[utoipa::path(get, path = "/calendar/{secret}", tag = "calendar", security(()), params(("secret" = String, Path)),
    responses((status = 200, description = "A calendar", content_type = "text/calendar", body = String), (status = 404, body = Problem)))]
pub(crate) async fn calendar(
    State(city): State<City>,
    Path(secret): Path<String>,
) -> Result<Response, Fault> {
    let text = feed::of(&city, &secret).await?;
    let told = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((told, text).into_response())
}
