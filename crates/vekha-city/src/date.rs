//! What the city's clock says goes out with every answer of the city API and of FHIR (HTTP `Date`), so that a
//! device whose own clock is off can plan by the city's time. Sign-in keeps the real clock: its tokens do.

use crate::City;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use jiff::fmt::rfc2822::DateTimePrinter;

pub(crate) async fn tell(State(city): State<City>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let told = path.starts_with("/city/v1/") || path == "/fhir" || path.starts_with("/fhir/");
    let mut response = next.run(request).await;
    if told
        && let Ok(now) = DateTimePrinter::new().timestamp_to_rfc9110_string(&city.now())
        && let Ok(now) = HeaderValue::from_str(&now)
    {
        response.headers_mut().insert(header::DATE, now);
    }
    response
}
