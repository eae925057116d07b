//! The operator of a demo city: makes things happen that a real town would do by itself. Never served without `--demo`.

mod act;
mod page;
mod state;
mod visit;

use crate::{City, Fault};
use axum::{
    Form, Json, Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde_json::{Map, Value};
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
    let body: Map<String, Value> = fields
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| {
            // Numbers and the fields of an outcome are written as JSON; everything else is text.
            let value = match serde_json::from_str::<Value>(&value) {
                Ok(json @ (Value::Number(_) | Value::Object(_))) => json,
                _ => Value::from(value.trim()),
            };
            (name, value)
        })
        .collect();
    match act::perform(&city, &verb, &Value::Object(body)).await {
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
    let own_host = city.base().trim_start_matches("http://");
    let port = own_host.rsplit(':').next().unwrap_or_default();
    let known = [own_host.to_owned(), format!("localhost:{port}")];
    let host_fits = text(header::HOST).is_some_and(|host| known.iter().any(|it| it == host));
    let origin_fits = text(header::ORIGIN)
        .is_none_or(|origin| known.iter().any(|it| origin == format!("http://{it}")));
    if host_fits && origin_fits {
        next.run(request).await
    } else {
        Fault::new(
            StatusCode::FORBIDDEN,
            "another-site",
            "The operator page answers its own site only",
            "Эта страница отвечает только самой себе.",
            "This page answers its own site only.",
        )
        .into_response()
    }
}
