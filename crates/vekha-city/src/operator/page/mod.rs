//! The operator's page: plain forms, no script.

mod render;

use super::state;
use crate::{
    City, Fault,
    html::{both, escape},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse},
};
use render::render;

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

pub(super) async fn show(State(city): State<City>) -> Result<impl IntoResponse, Fault> {
    let seen = state::see(&city).await?;
    Ok((
        [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-store"),
        ],
        Html(render(&seen)),
    ))
}

/// What went wrong, and the way back.
pub(super) fn failed(fault: &Fault) -> impl IntoResponse + use<> {
    let words = fault.0.words.clone().unwrap_or_default();
    let detail = fault.0.detail.clone().unwrap_or_default();
    let page = format!(
        "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>{title}</title>\
         <body style=\"font:16px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:1rem\">\
         <h1>{title}</h1><p>{}</p><p lang=\"en\">{}</p><p><code>{}</code></p>\
         <p><a href=\"/operator\">{back}</a></p></body></html>",
        escape(&words.ru),
        escape(&words.en),
        escape(&detail),
        title = both(&vekha_words::text("operator-failed")),
        back = both(&vekha_words::text("operator-back")),
    );
    let status = StatusCode::from_u16(fault.0.status).unwrap_or(StatusCode::BAD_REQUEST);
    (
        status,
        [(header::CONTENT_SECURITY_POLICY, POLICY)],
        Html(page),
    )
}
