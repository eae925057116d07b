//! A resident takes a time for a step by themselves, where the city may only suggest or has stopped asking.
use super::subject_of;
use crate::{
    City, Fault, acting,
    api::{Begun, Write},
    offers::{Answer, answer, waiting_for},
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
use vekha_lifepath::source::StepSource;
use vekha_model::{Action, Moment, ServiceKey, SlotId, StepId};
use vekha_protocol::{OfferAnswer, Problem, Receipt, Slot};

/// Free times for a step that meet no other visit of the resident.
#[utoipa::path(get, path = "/city/v1/steps/{id}/slots", tag = "steps",
    params(("id" = StepId, Path, description = "Percent-encoded")),
    responses((status = 200, body = Vec<Slot>), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn step_slots(
    State(city): State<City>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<Slot>>, Fault> {
    let id = StepId::new(id);
    let subject = subject_of(&city, city.pool(), &caller, &id.instance()).await?;
    let step = booked_at(&city, &id)?;
    let service = ServiceKey::new(step.service.unwrap_or_default());
    let slots = acting::free_times(&city, &subject, &service, None).await?;
    Ok(Json(slots))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Booking {
    slot: SlotId,
    /// When it is, as the resident saw it.
    start: Moment,
}

/// Books a time the resident chose. A visit that waits for the step already moves there.
#[utoipa::path(post, path = "/city/v1/steps/{id}/book", tag = "steps", request_body = Booking,
    params(("id" = StepId, Path, description = "Percent-encoded"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn book_step(
    State(city): State<City>,
    Path(id): Path<String>,
    write: Write<Booking>,
) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let id = StepId::new(id);
    let Booking { slot, start } = &write.body;
    let subject = subject_of(&city, &mut **once.tx(), &write.caller, &id.instance()).await?;
    let step = booked_at(&city, &id)?;
    let visit = match waiting_for(once.tx(), &subject, &id).await? {
        Some(waiting) => {
            let there = Answer {
                answer: OfferAnswer::Change,
                slot: Some(slot.clone()),
                start: None,
                reason: None,
            };
            answer(&city, once.tx(), &waiting.id, &there).await?
        }
        None => {
            let chosen = (slot, *start);
            acting::book(&city, once.tx(), &subject, (&id, &step), chosen).await?
        }
    };
    acting::act(&city, once.tx(), &subject, city.now()).await?;
    let receipt = Receipt {
        appointment: Some(visit),
    };
    let response = once.finish(&city, StatusCode::OK, &receipt).await?;
    city.wake(&subject).await;
    Ok(response)
}

/// The step, if one makes an appointment for it.
fn booked_at(city: &City, id: &StepId) -> Result<StepSource, Fault> {
    let step = city.catalogue.source().step(id);
    step.filter(|step| step.action == Some(Action::Book))
        .ok_or_else(Fault::not_found)
}
