//! Some requests are refused before any of our code sees them: an address that is no UTF-8, a body too long for its
//! extractor. axum says so in plain text; here it is said in the words of the door the request came to.

use crate::{Fault, fhir::Outcome};
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// What a door answers with when it refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Fhir,
    CityApi,
    /// Sign-in and the operator's page speak for themselves.
    Other,
}

impl Door {
    fn of(path: &str) -> Self {
        if path == "/fhir" || path.starts_with("/fhir/") {
            Self::Fhir
        } else if path.starts_with("/city/") {
            Self::CityApi
        } else {
            Self::Other
        }
    }

    fn media(self) -> &'static str {
        match self {
            Self::Fhir => "application/fhir+json",
            Self::CityApi | Self::Other => "application/problem+json",
        }
    }
}

pub(crate) async fn tell(request: Request, next: Next) -> Response {
    let door = Door::of(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    if !refused || door == Door::Other || speaks(&response, door.media()) {
        return response;
    }
    let mut said = match door {
        Door::Fhir => Outcome::of(status).into_response(),
        Door::CityApi | Door::Other => Fault::of(status).into_response(),
    };
    // What else was said, such as the methods that are allowed, stays said.
    for (name, value) in response.headers() {
        if name != header::CONTENT_LENGTH && !said.headers().contains_key(name) {
            said.headers_mut().insert(name.clone(), value.clone());
        }
    }
    said
}

fn speaks(response: &Response, media: &str) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.starts_with(media))
}

impl Fault {
    fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::wrong_method(),
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::not_json(),
            status if status.is_server_error() => Self::internal(status),
            status => {
                let mut fault = Self::unreadable("the address or the body cannot be read");
                fault.0.status = status.as_u16();
                fault
            }
        }
    }
}

impl Outcome {
    fn of(status: StatusCode) -> Self {
        let (code, words) = match status {
            StatusCode::NOT_FOUND => ("not-found", "no such resource"),
            StatusCode::METHOD_NOT_ALLOWED => ("not-supported", "this method is not offered here"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-long", "the body is larger than the city takes"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("not-supported", "send application/fhir+json"),
            status if status.is_server_error() => ("exception", "something failed at the city"),
            _ => ("structure", "the address or the body cannot be read"),
        };
        Self::new(status, code, words)
    }
}
