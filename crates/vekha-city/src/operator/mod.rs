//! The operator of a demo city: makes things happen that a real town would do by itself. Never served without `--demo`.

mod act;
mod birth;
mod clock;
mod form;
mod page;
mod result;
mod state;
mod visit;
mod word;

use crate::{City, Fault};
use axum::{
    Form, Json, Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde_json::Value;
use std::collections::BTreeMap;

const LARGEST: usize = 64 * 1024;

pub(crate) fn router(city: &City) -> Router<City> {
    Router::new()
        .route("/operator", get(page::show))
        .route("/operator/do/{verb}", post(form))
        .route("/operator/api/state", get(state::tell))
        .route("/operator/api/{verb}", post(api))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(city.clone(), own_origin))
}

async fn api(
    State(city): State<City>,
    Path(verb): Path<String>,
    body: Result<Json<Value>, axum::extract::rejection::JsonRejection>,
) -> Result<Json<Value>, Fault> {
    let Json(body) = body?;
    Ok(Json(act::perform(&city, &verb, &body).await?))
}

async fn form(
    State(city): State<City>,
    Path(verb): Path<String>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let done = match form::read(&city, fields) {
        Ok(body) => act::perform(&city, &verb, &body).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(_) => Redirect::to("/operator").into_response(),
        Err(fault) => page::failed(&fault).into_response(),
    }
}

/// Another site open in the same browser must not press these buttons, nor reach them by a name that leads here.
async fn own_origin(
    State(city): State<City>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let text = |name| headers.get(name).and_then(|it| it.to_str().ok());
    let host_fits = text(header::HOST).is_some_and(|host| city.address.is_own_host(host));
    let origin_fits = text(header::ORIGIN).is_none_or(|it| city.address.is_own_origin(it));
    if host_fits && origin_fits {
        next.run(request).await
    } else {
        Fault::problem("another-site", StatusCode::FORBIDDEN).into_response()
    }
}
