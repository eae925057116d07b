//! The commands over HTTP: `POST /rpc/<name>`, `GET /events`, and the UI.

use crate::guard::{Guard, guard};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
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
use vekha_app::App;

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
        None => commands,
    };
    whole.layer(middleware::from_fn_with_state(Arc::new(rules), guard))
}

async fn call(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    body: Option<Json<Value>>,
) -> Response {
    let args = body.map_or_else(|| json!({}), |Json(args)| args);
    match app.call(&name, args).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    }
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
