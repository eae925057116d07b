//! What a resident says of a step that is no visit: done, have it, not for me, or when; and of a whole situation: over.

mod book;

use crate::{
    City, Fault, acting,
    api::{Begun, Write, own},
    db,
    facts::draft::{draft, resident},
    offers::waiting_for,
    sign_in::Caller,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;
use sqlx::SqliteExecutor;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::{InstanceId, ResidentId, StepId};
use vekha_protocol::{Problem, Receipt, StepAnswer};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(answer_step))
        .routes(routes!(book::step_slots))
        .routes(routes!(book::book_step))
        .routes(routes!(end_situation))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StepAnswering {
    answer: StepAnswer,
}

/// Answers a step. A visit that waits for it is cancelled: it is no longer needed.
#[utoipa::path(post, path = "/city/v1/steps/{id}/answer", tag = "steps", request_body = StepAnswering,
    params(("id" = StepId, Path, description = "Percent-encoded"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn answer_step(
    State(city): State<City>,
    Path(id): Path<String>,
    write: Write<StepAnswering>,
) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let step = StepId::new(id);
    let subject = subject_of(&city, &mut **once.tx(), &write.caller, &step.instance()).await?;
    let now = city.now();
    let outcome = match write.body.answer {
        StepAnswer::Done => "done",
        StepAnswer::HaveIt => "have_it",
        StepAnswer::Declined => "declined",
    };
    let mut receipt = Receipt { appointment: None };
    if let Some(visit) = waiting_for(once.tx(), &subject, &step).await? {
        let reason = vekha_words::text("off-not-needed");
        receipt.appointment =
            Some(acting::end(once.tx(), visit, "declined", Some(reason), now).await?);
    }
    acting::tell(&city, once.tx(), &subject, &step, outcome, None, now).await?;
    acting::act(&city, once.tx(), &subject, now).await?;
    let response = once.finish(&city, StatusCode::OK, &receipt).await?;
    city.wake(&subject).await;
    Ok(response)
}

/// Ends a run by the resident's wish; no reason is asked, and everything hanging on it is cancelled.
#[utoipa::path(post, path = "/city/v1/situations/{id}/end", tag = "steps",
    params(("id" = InstanceId, Path, description = "Percent-encoded"), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn end_situation(
    State(city): State<City>,
    Path(id): Path<String>,
    write: Write<serde_json::Value>,
) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let run = InstanceId::new(id);
    let subject = subject_of(&city, &mut **once.tx(), &write.caller, &run).await?;
    let now = city.now();
    let fields = json!({"run": run});
    let at = city.instant(now);
    let fact = draft(&subject, "situation.ended", at, resident(), fields);
    db::insert_fact(once.tx(), &fact, "city", now).await?;
    acting::act(&city, once.tx(), &subject, now).await?;
    let response = once
        .finish(&city, StatusCode::OK, &Receipt { appointment: None })
        .await?;
    city.wake(&subject).await;
    Ok(response)
}

/// Whose run it is, by the fact that anchors it.
async fn subject_of(
    city: &City,
    db: impl SqliteExecutor<'_>,
    caller: &Caller,
    run: &InstanceId,
) -> Result<ResidentId, Fault> {
    let source = city.catalogue.source();
    let known = source.situation(&run.situation()).is_some();
    let (true, Some(anchor)) = (known, run.anchor()) else {
        return Err(Fault::not_found());
    };
    let fact = db::find_fact(db, &anchor)
        .await?
        .ok_or_else(Fault::not_found)?
        .fact;
    own(caller, &fact.subject).map_err(|_| Fault::not_found())?;
    Ok(fact.subject)
}
