use super::{Answer, answer};
use crate::{
    City, Fault, acting,
    api::{Begun, Write, own},
    db,
    sign_in::Caller,
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::{AppointmentId, Moment, SlotId};
use vekha_protocol::{Appointment, OfferAnswer, Problem, Receipt, Slot};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(slots))
        .routes(routes!(answer_offer))
}

/// Every visit the city holds or has booked for the resident and those they care for, past ones included.
#[utoipa::path(get, path = "/city/v1/offers", tag = "offers",
    responses((status = 200, body = Vec<Appointment>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(city): State<City>,
    caller: Caller,
) -> Result<Json<Vec<Appointment>>, Fault> {
    let mut all = Vec::new();
    for subject in caller.subjects() {
        let visits = db::appointments_of(city.pool(), subject).await?;
        all.extend(
            visits
                .into_iter()
                .filter(|it| it.ended.as_deref() != Some("purged"))
                .map(|it| it.appointment),
        );
    }
    Ok(Json(all))
}

/// Free times that would serve instead and meet no other visit of the resident.
#[utoipa::path(get, path = "/city/v1/offers/{id}/slots", tag = "offers", params(("id" = AppointmentId, Path)),
    responses((status = 200, body = Vec<Slot>), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn slots(
    State(city): State<City>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<Slot>>, Fault> {
    let visit = db::appointment(city.pool(), &AppointmentId::new(id))
        .await?
        .map(|it| it.appointment)
        .filter(|it| caller.may_read(&it.subject))
        .ok_or_else(Fault::not_found)?;
    let Some(service) = &visit.service else {
        return Ok(Json(Vec::new()));
    };
    let slots = acting::free_times(&city, &visit.subject, service, Some(&visit.id)).await?;
    Ok(Json(slots))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Answering {
    answer: OfferAnswer,
    #[serde(default)]
    slot: Option<SlotId>,
    /// The time the resident saw when they answered.
    #[serde(default)]
    start: Option<Moment>,
    #[serde(default)]
    #[schema(max_length = 1000)]
    reason: Option<String>,
}

/// Accept, change or decline. Works on a booked visit too: it moves or is cancelled.
#[utoipa::path(post, path = "/city/v1/offers/{id}/answer", tag = "offers", request_body = Answering,
    params(("id" = AppointmentId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn answer_offer(
    State(city): State<City>,
    Path(id): Path<String>,
    write: Write<Answering>,
) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let id = AppointmentId::new(id);
    let before = db::appointment(&mut **once.tx(), &id)
        .await?
        .map(|it| it.appointment)
        .ok_or_else(Fault::not_found)?;
    own(&write.caller, &before.subject).map_err(|_| Fault::not_found())?;
    check_match(&write.headers, before.version)?;
    let said = Answer {
        answer: write.body.answer,
        slot: write.body.slot.clone(),
        start: write.body.start,
        reason: write.body.reason.clone(),
    };
    let done = answer(&city, once.tx(), &id, &said).await?;
    let subject = done.subject.clone();
    let receipt = Receipt {
        appointment: Some(done),
    };
    let response = once.finish(&city, StatusCode::OK, &receipt).await?;
    city.wake(&subject).await;
    Ok(response)
}

/// `If-Match` holds when it names the version as it stands, or any.
pub(crate) fn check_match(headers: &HeaderMap, version: u32) -> Result<(), Fault> {
    let Some(wanted) = headers
        .get(header::IF_MATCH)
        .and_then(|it| it.to_str().ok())
    else {
        return Ok(());
    };
    let tag = wanted.trim().trim_start_matches("W/").trim_matches('"');
    if wanted.trim() == "*" || tag == version.to_string() {
        return Ok(());
    }
    Err(Fault::problem(
        "changed-meanwhile",
        StatusCode::PRECONDITION_FAILED,
    ))
}
