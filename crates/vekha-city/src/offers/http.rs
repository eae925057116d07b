use super::{Answer, answer};
use crate::{
    City, Fault,
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
use jiff::SignedDuration;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::{AppointmentId, Moment, SlotId};
use vekha_protocol::{Appointment, OfferAnswer, Place, Problem, Receipt, Slot};

/// So far ahead another time can be chosen; who needs a later one asks a person.
const AHEAD: SignedDuration = SignedDuration::from_hours(21 * 24);
const TIMES: i64 = 1000;

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
    let now = city.now();
    let rows: Vec<(String, i64, i64, String, Option<String>)> = sqlx::query_as(
        "SELECT slots.id, starts, ends, place, practitioner FROM slots
         JOIN schedules ON schedules.id = slots.schedule
         WHERE slots.service = ? AND status = 'free' AND starts > ? AND starts < ?
             AND NOT EXISTS (SELECT 1 FROM meetings WHERE slot = slots.id AND subject = ? AND visit <> ?)
         ORDER BY starts, slots.id LIMIT ?",
    )
    .bind(service.as_str())
    .bind(now.as_second())
    .bind((now + AHEAD).as_second())
    .bind(visit.subject.as_str())
    .bind(visit.id.as_str())
    .bind(TIMES)
    .fetch_all(city.pool())
    .await?;
    let moment = |seconds| {
        jiff::Timestamp::from_second(seconds)
            .map(|at| city.moment(at))
            .map_err(Fault::internal)
    };
    let slots = rows
        .into_iter()
        .map(|(id, starts, ends, place, practitioner)| {
            Ok(Slot {
                id: SlotId::new(id),
                start: moment(starts)?,
                end: moment(ends)?,
                place: Some(serde_json::from_str::<Place>(&place)?),
                practitioner,
            })
        })
        .collect::<Result<_, Fault>>()?;
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
    Err(Fault::new(
        StatusCode::PRECONDITION_FAILED,
        "changed-meanwhile",
        "The record has changed since it was read",
        "Пока вы отвечали, запись изменилась. Посмотрите её ещё раз.",
        "It changed while you were answering. Please look again.",
    ))
}
