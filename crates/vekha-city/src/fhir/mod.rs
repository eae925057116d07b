//! FHIR R4 (4.0.1) of the city: what laboratories and clinicians send, what residents' devices read.
//!
//! A sent resource is kept as written, down to unknown fields and the zeros of a decimal; what it says in the
//! words of the vocabulary becomes a fact in the same transaction. Patients, schedules, free times and visits
//! are views of the city's own tables. Whatever goes wrong is answered as an OperationOutcome, and what a
//! caller may not see is answered as if it did not exist.

mod access;
mod capability;
mod condition;
mod earlier;
mod find;
mod kept;
mod observation;
mod outcome;
mod patient;
mod reading;
mod receive;
mod reply;
mod resource;
mod retract;
mod search;
mod subject;
mod times;
mod visit;

use crate::{
    City,
    sign_in::{Bearer, Denied, Right, smart},
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};

pub use outcome::Outcome;
pub use receive::{Received, Sender, receive};
pub(crate) use retract::{correct, retract};

/// Every kind of resource offered.
const KINDS: [&str; 6] = [
    "Patient",
    "Observation",
    "Condition",
    "Schedule",
    "Slot",
    "Appointment",
];

/// To be nested under `/fhir`.
pub fn router() -> Router<City> {
    Router::new()
        .route("/metadata", get(capability::metadata))
        .route("/.well-known/smart-configuration", get(configuration))
        .route("/{kind}", get(search).post(create))
        .route("/{kind}/_search", post(search_by_form))
        .route("/{kind}/{id}", get(read).put(update))
        .fallback(async || Outcome::not_found())
        .method_not_allowed_fallback(async |method: Method| {
            Outcome::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "not-supported",
                format!("{method} is not offered here"),
            )
        })
}

async fn configuration(State(city): State<City>) -> impl IntoResponse {
    Json(smart(city.base()))
}

type Who = Result<Bearer, Denied>;
type Body = Result<Bytes, BytesRejection>;

async fn read(
    State(city): State<City>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Outcome> {
    readable(&headers, query.as_deref())?;
    let kind = known(&kind)?;
    let found = find::read(&city, &who?, kind, &id).await?;
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|it| it.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == found.etag()));
    if same {
        let mut response = found.respond(StatusCode::NOT_MODIFIED, None);
        *response.body_mut() = axum::body::Body::empty();
        return Ok(response);
    }
    Ok(found.respond(StatusCode::OK, None))
}

async fn search(
    State(city): State<City>,
    who: Who,
    Path(kind): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Outcome> {
    readable(&headers, query.as_deref())?;
    let kind = known(&kind)?;
    answer_search(&city, &who?, kind, &query.unwrap_or_default(), &headers).await
}

async fn search_by_form(
    State(city): State<City>,
    who: Who,
    Path(kind): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Outcome> {
    readable(&headers, query.as_deref())?;
    let kind = known(&kind)?;
    if !kind_of_body(&headers).starts_with("application/x-www-form-urlencoded") {
        return Err(unsupported("a search by POST is form-encoded"));
    }
    let form = text(body)?;
    let query = match query {
        Some(query) => format!("{query}&{form}"),
        None => form,
    };
    answer_search(&city, &who?, kind, &query, &headers).await
}

async fn answer_search(
    city: &City,
    who: &Bearer,
    kind: &'static str,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response, Outcome> {
    let strict = value_of(headers, &HeaderName::from_static("prefer"))
        .is_some_and(|it| it.contains("handling=strict"));
    let bundle = find::search(city, who, kind, query, strict).await?;
    Ok((
        [
            (header::CONTENT_TYPE, media()),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
        bundle,
    )
        .into_response())
}

async fn create(
    State(city): State<City>,
    who: Who,
    Path(kind): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Outcome> {
    readable(&headers, query.as_deref())?;
    let kind = known(&kind)?;
    let sender = sender(who?, kind, Right::Create)?;
    writable(&headers)?;
    // Some clients (fhirpy) write the condition into the address; ignored, it would make duplicates.
    let condition = value_of(&headers, &HeaderName::from_static("if-none-exist"))
        .or_else(|| query.as_deref().filter(|it| conditions(it)));
    let (resource, received) =
        receive::create(&city, &sender, kind, &text(body)?, condition).await?;
    let status = if received == Received::Created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(answer(&city, resource, status, &headers))
}

async fn update(
    State(city): State<City>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Outcome> {
    readable(&headers, None)?;
    let kind = known(&kind)?;
    let who = who?;
    let if_match = value_of(&headers, &header::IF_MATCH);
    if let ("Appointment", Bearer::Resident(caller)) = (kind, &who) {
        if !who.allows(kind, Right::Update) {
            return Err(Outcome::forbidden());
        }
        writable(&headers)?;
        let visit = reply::reply(&city, caller, &id, &text(body)?, if_match).await?;
        return Ok(answer(&city, visit, StatusCode::OK, &headers));
    }
    let sender = sender(who, kind, Right::Update)?;
    writable(&headers)?;
    let (resource, _) = receive::update(&city, &sender, kind, &id, &text(body)?, if_match).await?;
    Ok(answer(&city, resource, StatusCode::OK, &headers))
}

fn answer(
    city: &City,
    resource: resource::Resource,
    status: StatusCode,
    headers: &HeaderMap,
) -> Response {
    let base = format!("{}/fhir", city.base());
    let location = format!("{}/_history/{}", resource.url(&base), resource.version);
    let minimal = value_of(headers, &HeaderName::from_static("prefer"))
        .is_some_and(|it| it.contains("return=minimal"));
    let mut response = resource.respond(status, Some(location));
    if minimal {
        *response.body_mut() = axum::body::Body::empty();
    }
    response
}

/// Only systems send resources; a resident's device answers offers.
fn sender(who: Bearer, kind: &str, right: Right) -> Result<Sender, Outcome> {
    if !who.allows(kind, right) {
        return Err(Outcome::forbidden());
    }
    match who {
        Bearer::System {
            client_id, name, ..
        } if matches!(kind, "Observation" | "Condition") => Ok(Sender {
            id: format!("system/{client_id}"),
            name,
        }),
        _ => Err(Outcome::forbidden()),
    }
}

/// Whether a query says more than how to format the answer.
fn conditions(query: &str) -> bool {
    url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| !name.starts_with('_'))
}

fn known(kind: &str) -> Result<&'static str, Outcome> {
    KINDS.into_iter().find(|it| *it == kind).ok_or_else(|| {
        Outcome::new(
            StatusCode::NOT_FOUND,
            "not-supported",
            "this kind of resource is not offered",
        )
    })
}

fn media() -> HeaderValue {
    HeaderValue::from_static("application/fhir+json; charset=utf-8")
}

fn value_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn kind_of_body(headers: &HeaderMap) -> &str {
    value_of(headers, &header::CONTENT_TYPE).unwrap_or_default()
}

/// JSON is all there is: who accepts only something else is told so.
fn readable(headers: &HeaderMap, query: Option<&str>) -> Result<(), Outcome> {
    let asked = query.and_then(|query| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "_format")
            .map(|(_, value)| value.into_owned())
    });
    let accepted = asked.or_else(|| value_of(headers, &header::ACCEPT).map(str::to_owned));
    let fine = accepted.is_none_or(|accepted| {
        accepted.is_empty()
            || accepted.contains("json")
            || accepted.contains("*/*")
            || accepted.contains("application/*")
    });
    if fine {
        Ok(())
    } else {
        Err(Outcome::new(
            StatusCode::NOT_ACCEPTABLE,
            "not-supported",
            "only application/fhir+json is offered",
        ))
    }
}

fn writable(headers: &HeaderMap) -> Result<(), Outcome> {
    let kind = kind_of_body(headers).split(';').next().unwrap_or_default();
    if matches!(kind.trim(), "application/fhir+json" | "application/json") {
        Ok(())
    } else {
        Err(unsupported("send application/fhir+json"))
    }
}

fn unsupported(words: &str) -> Outcome {
    Outcome::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", words)
}

fn text(body: Body) -> Result<String, Outcome> {
    let bytes = body.map_err(|rejection| {
        let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            "too-long"
        } else {
            "structure"
        };
        Outcome::new(rejection.status(), code, rejection.body_text())
    })?;
    String::from_utf8(bytes.into()).map_err(|_| {
        Outcome::new(
            StatusCode::BAD_REQUEST,
            "structure",
            "the body is not UTF-8",
        )
    })
}
