//! The wake-up: tells a device that there is something new, and nothing of what.

use crate::{City, sign_in::Caller};
use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt};
use std::{convert::Infallible, time::Duration};
use tokio_stream::wrappers::BroadcastStream;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn router() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(listen))
}

/// Server-Sent Events: `event: wake` without content after any change for this resident.
#[utoipa::path(get, path = "/city/v1/events", tag = "events",
    responses((status = 200, description = "A stream of `wake` events", content_type = "text/event-stream", body = String),
        (status = 401, body = vekha_protocol::Problem), (status = 403, body = vekha_protocol::Problem)))]
pub(crate) async fn listen(
    State(city): State<City>,
    caller: Caller,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let resident = caller.resident;
    let mut stopping = city.stopping.clone();
    let wakes = BroadcastStream::new(city.bus.subscribe())
        .filter(move |woken| {
            // Somebody too slow to hear each one is woken all the same.
            let mine = woken.as_ref().map_or(true, |who| *who == resident);
            std::future::ready(mine)
        })
        .map(|_| Ok(Event::default().event("wake").data("")))
        .take_until(async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        });
    Sse::new(wakes).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
