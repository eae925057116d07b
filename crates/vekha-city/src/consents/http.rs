use crate::{
    City, Fault, acting,
    api::{Begun, Write, own},
    db,
    offers::check_match,
    sign_in::Caller,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::ConsentId;
use vekha_protocol::{Consent, Problem, Reach, Receipt};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(set))
}

/// The consents of the resident and of those they care for, given or not.
#[utoipa::path(get, path = "/city/v1/consents", tag = "consents",
    responses((status = 200, body = Vec<Consent>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(city): State<City>,
    caller: Caller,
) -> Result<Json<Vec<Consent>>, Fault> {
    let mut all = Vec::new();
    for subject in caller.subjects() {
        let some = db::consents_of(city.pool(), subject).await?;
        all.extend(some.into_iter().map(|(consent, _)| consent));
    }
    Ok(Json(all))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Setting {
    reach: Reach,
    given: bool,
}

/// Gives, changes or withdraws a consent. Withdrawn, the city stops at once and forgets what it was holding.
#[utoipa::path(put, path = "/city/v1/consents/{id}", tag = "consents", request_body = Setting,
    params(("id" = ConsentId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn set(
    State(city): State<City>,
    Path(id): Path<String>,
    write: Write<Setting>,
) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let row: Option<(String, i64)> =
        sqlx::query_as("SELECT body, version FROM consents WHERE id = ?")
            .bind(&id)
            .fetch_optional(&mut **once.tx())
            .await?;
    let (body, version) = row.ok_or_else(Fault::not_found)?;
    let mut consent: Consent = serde_json::from_str(&body)?;
    own(&write.caller, &consent.subject).map_err(|_| Fault::not_found())?;
    check_match(&write.headers, u32::try_from(version).unwrap_or_default())?;
    let now = city.now();
    consent.given = write.body.given && write.body.reach > Reach::Off;
    consent.reach = if consent.given {
        write.body.reach
    } else {
        Reach::Off
    };
    consent.at = Some(city.moment(now));
    db::save_consent(once.tx(), &consent).await?;
    acting::act(&city, once.tx(), &consent.subject, now).await?;
    let response = once
        .finish(&city, StatusCode::OK, &Receipt { appointment: None })
        .await?;
    city.wake(&consent.subject).await;
    Ok(response)
}
