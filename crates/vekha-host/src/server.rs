//! The commands over HTTP: `POST /rpc/<name>`, `GET /events`, and the UI.

use crate::guard::{Guard, guard};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State, rejection::BytesRejection},
    http::StatusCode,
    middleware,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures::{Stream, StreamExt};
use serde_json::{Value, json};
use std::{convert::Infallible, path::PathBuf, sync::Arc};
use tokio_stream::wrappers::BroadcastStream;
use tower_http::services::{ServeDir, ServeFile};
use vekha_app::{App, CommandError};

const LARGEST_REQUEST: usize = 16 * 1024 * 1024;

pub fn router(app: Arc<App>, rules: Guard, ui: Option<PathBuf>) -> Router {
    let commands = Router::new()
        .route("/rpc/{name}", post(call))
        .route("/events", get(events))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(app);
    let whole = match ui {
        Some(folder) => {
            let index = ServeFile::new(folder.join("index.html"));
            commands.fallback_service(ServeDir::new(folder).fallback(index))
        }
        None => commands.fallback(nothing_here),
    };
    whole.layer(middleware::from_fn_with_state(Arc::new(rules), guard))
}

async fn call(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let answer = match args(body) {
        Ok(args) => app.call(&name, args).await,
        Err(error) => Err(error),
    };
    answer.map_or_else(refused, |answer| Json(answer).into_response())
}

/// No body is no arguments.
fn args(body: Result<Bytes, BytesRejection>) -> Result<Value, CommandError> {
    let body = body.map_err(|_| CommandError::of("too-large"))?;
    if body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(&body).map_err(|error| {
        let message = vekha_words::filled("host-no-json", &[("error", &error.to_string())]);
        CommandError::saying("bad-arguments", message)
    })
}

async fn nothing_here() -> Response {
    let message = vekha_words::text("host-nothing-here");
    refused(CommandError::saying("not-found", message))
}

fn refused(error: CommandError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(error)).into_response()
}

/// A listener that fell behind is told that everything may be stale.
async fn events(State(app): State<Arc<App>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let all = json!({"tags": ["session", "today", "path", "calendar", "me"]});
    let stream = BroadcastStream::new(app.events()).map(move |tags| {
        let data = tags.map_or_else(|_| all.clone(), |tags| json!({"tags": tags}));
        Ok(Event::default().event("stale").data(data.to_string()))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
