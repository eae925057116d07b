//! What a resident tells the city, and what they say is wrong.

pub(crate) mod draft;

use crate::{
    City, Fault, Teller,
    access::{Reader, Shown, looked},
    api::{Begun, Write, own},
    db, ingest, inquiries,
    sign_in::Caller,
    vocabulary,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vekha_model::{Fact, FactId, SourceKind};
use vekha_protocol::{InquiryKind, Problem, Receipt};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(list, share))
        .routes(routes!(dispute))
}

/// Every fact the city has about the resident and those they care for, superseded ones included.
#[utoipa::path(get, path = "/city/v1/facts", tag = "facts",
    responses((status = 200, body = Vec<Fact>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(
    State(city): State<City>,
    caller: Caller,
) -> Result<Json<Vec<Fact>>, Fault> {
    let mut all = Vec::new();
    for subject in caller.subjects() {
        all.extend(db::facts_of(city.pool(), subject).await?);
    }
    let shown = all
        .iter()
        .map(|fact| Shown::fact(fact.subject.clone(), fact.id.clone()))
        .collect();
    looked(&city, Reader::Resident(&caller.resident), shown).await?;
    Ok(Json(all))
}

/// A resident says something about themselves or those they care for. What only a doctor or a registry can say is refused.
#[utoipa::path(post, path = "/city/v1/facts", tag = "facts", request_body = Fact,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn share(State(city): State<City>, write: Write<Fact>) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let mut fact = write.body.clone();
    own(&write.caller, &fact.subject)?;
    vocabulary::check(&city, &fact)?;
    let uploaded = fact.fields.get("uploaded") == Some(&Value::Bool(true));
    if !vocabulary::is_asked(&city, &fact.kind) && !uploaded {
        return Err(Fault::invalid("not-yours-to-say"));
    }
    if let Some(earlier) = &fact.supersedes {
        let earlier = db::find_fact(&mut **once.tx(), earlier).await?;
        if earlier.is_some_and(|it| it.fact.source.kind != SourceKind::Resident) {
            let words = vekha_words::text("not-yours-to-change");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Fault::saying("not-yours-to-say", status, words));
        }
    }
    fact.source = draft::resident();
    let teller = Teller::new(format!("resident/{}", write.caller.resident));
    let subject = fact.subject.clone();
    ingest::ingest_in(&city, once.tx(), fact, &teller).await?;
    let receipt = Receipt { appointment: None };
    let response = once.finish(&city, StatusCode::OK, &receipt).await?;
    city.wake(&subject).await;
    Ok(response)
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Dispute {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Says that a record is wrong; a person looks at it. The record stays as it is until its source corrects it.
#[utoipa::path(post, path = "/city/v1/facts/{id}/dispute", tag = "facts", request_body = Dispute,
    params(("id" = FactId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Receipt), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn dispute(
    State(city): State<City>,
    Path(id): Path<String>,
    write: Write<Dispute>,
) -> Result<Response, Fault> {
    let mut once = match write.begin(&city).await? {
        Begun::Replay(response) => return Ok(response),
        Begun::Fresh(once) => once,
    };
    let known = db::find_fact(&mut **once.tx(), &FactId::new(&id)).await?;
    let subject = known
        .map(|it| it.fact.subject)
        .filter(|subject| write.caller.may_read(subject))
        .ok_or_else(Fault::not_found)?;
    let (dispute, text) = (InquiryKind::Dispute, &write.body.text);
    inquiries::open(&city, once.tx(), &subject, dispute, Some(id), text).await?;
    let response = once
        .finish(&city, StatusCode::OK, &Receipt { appointment: None })
        .await?;
    city.wake(&subject).await;
    Ok(response)
}
