use crate::City;
use axum::{Json, Router, http::header, response::IntoResponse, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        RefOr,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use vekha_model::{AppointmentId, ConsentId, Fact, FactId, InstanceId, Resident, StepId};
use vekha_protocol::{
    AccessRecord, Appointment, ChangesPage, Consent, Document, Inquiry, Manifest, Problem, Receipt,
    Slot,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "The city API", version = "1", description = "What a resident's device asks of a city. Every write carries an Idempotency-Key; every error is a problem (RFC 9457) with words for the resident."),
    paths(
        crate::manifest::read,
        crate::catalogue::read,
        crate::changes::read,
        crate::events::listen,
        crate::facts::list,
        crate::facts::share,
        crate::facts::dispute,
        crate::offers::list,
        crate::offers::slots,
        crate::offers::answer_offer,
        crate::steps::answer_step,
        crate::steps::end_situation,
        crate::consents::list,
        crate::consents::set,
        crate::access::list,
        crate::inquiries::ask,
    ),
    components(schemas(AccessRecord, Appointment, ChangesPage, Consent, Document, Inquiry, Manifest, Problem, Receipt, Slot, AppointmentId, ConsentId, Fact, FactId, InstanceId, Resident, StepId)),
    modifiers(&Bearer, &Problems),
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

/// Every problem travels under its own media type (RFC 9457 §3).
struct Problems;

impl Modify for Problems {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
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
}

pub(crate) fn router() -> Router<City> {
    Router::new().route("/openapi.json", get(tell))
}

async fn tell() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-cache")], Json(Api::openapi()))
}
