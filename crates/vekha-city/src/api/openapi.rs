use crate::{
    City, access, calendar, catalogue, changes, consents, events, facts, inquiries, manifest,
    offers, steps,
};
use axum::{
    Json, Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::Arc;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        RefOr,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;
use vekha_model::{AppointmentId, ConsentId, Fact, FactId, InstanceId, Resident, StepId};
use vekha_protocol::{
    AccessRecord, Appointment, CalendarLink, ChangesPage, Consent, Document, Inquiry, Manifest,
    Problem, Receipt, Slot,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "The city API", version = "1", description = "What a resident's device asks of a city. Every write carries an Idempotency-Key; every error is a problem (RFC 9457) with words for the resident."),
    components(schemas(AccessRecord, Appointment, CalendarLink, ChangesPage, Consent, Document, Inquiry, Manifest, Problem, Receipt, Slot, AppointmentId, ConsentId, Fact, FactId, InstanceId, Resident, StepId)),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Api;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).build();
        api.components
            .get_or_insert_default()
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Every door of the city API and its description: a door cannot be opened without being described.
pub(crate) fn router() -> Router<City> {
    let (doors, mut described) = OpenApiRouter::with_openapi(Api::openapi())
        .merge(manifest::router())
        .merge(catalogue::router())
        .merge(changes::router())
        .merge(events::router())
        .merge(facts::router())
        .merge(offers::router())
        .merge(steps::router())
        .merge(consents::router())
        .merge(access::router())
        .merge(inquiries::router())
        .merge(calendar::router())
        .split_for_parts();
    problems(&mut described);
    let described = Arc::new(described);
    doors.route(
        "/openapi.json",
        get(move || async move { tell(&described) }),
    )
}

fn tell(described: &utoipa::openapi::OpenApi) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], Json(described)).into_response()
}

/// Every problem travels under its own media type (RFC 9457 §3).
fn problems(api: &mut utoipa::openapi::OpenApi) {
    let operations = api.paths.paths.values_mut().flat_map(|item| {
        [&mut item.get, &mut item.put, &mut item.post]
            .into_iter()
            .flatten()
    });
    let responses = operations.flat_map(|operation| &mut operation.responses.responses);
    for (status, response) in responses {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
            && let Some(content) = response.content.shift_remove("application/json")
        {
            response
                .content
                .insert("application/problem+json".to_owned(), content);
        }
    }
}
