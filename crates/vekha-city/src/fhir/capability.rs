use super::{
    KINDS,
    search::{How, params_of},
};
use crate::City;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use serde_json::{Value, json};

/// What this server can do (FHIR R4 CapabilityStatement).
pub(super) async fn metadata(State(city): State<City>) -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, super::media()),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=300"),
            ),
        ],
        statement(city.base()).to_string(),
    )
}

fn statement(issuer: &str) -> Value {
    let uri = |name: &str| json!({"url": name, "valueUri": format!("{issuer}/{name}")});
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-23",
        "kind": "instance",
        "software": {"name": "vekha-city", "version": env!("CARGO_PKG_VERSION")},
        "implementation": {"description": "Vekha city", "url": format!("{issuer}/fhir")},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{
            "mode": "server",
            "security": {
                "cors": false,
                "service": [{"coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                    "code": "SMART-on-FHIR",
                }]}],
                "extension": [{
                    "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                    "extension": [uri("authorize"), uri("token"), uri("revoke")],
                }],
            },
            "resource": KINDS.iter().map(|kind| resource(kind)).collect::<Vec<_>>(),
        }],
    })
}

fn resource(kind: &str) -> Value {
    let mut interactions = vec!["read", "search-type"];
    match kind {
        "Observation" | "Condition" => interactions.extend(["create", "update"]),
        "Appointment" => interactions.push("update"),
        _ => {}
    }
    let params: Vec<Value> = params_of(kind)
        .iter()
        .map(|param| {
            let how = match param.how {
                How::Token => "token",
                How::Date => "date",
                How::Text => "string",
                How::Reference(_) => "reference",
            };
            json!({"name": param.name, "type": how})
        })
        .collect();
    json!({
        "type": kind,
        "interaction": interactions.iter().map(|it| json!({"code": it})).collect::<Vec<_>>(),
        "versioning": "versioned-update",
        "readHistory": false,
        "updateCreate": false,
        "conditionalCreate": matches!(kind, "Observation" | "Condition"),
        "searchParam": params,
    })
}
