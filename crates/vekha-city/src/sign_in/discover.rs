use super::{SCOPES, SignIn};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use serde_json::{Value, json};

/// OpenID Connect Discovery 1.0 §3, with RFC 8414, 9207 and 7009.
pub(super) async fn openid(State(city): State<SignIn>) -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, "public, max-age=300")],
        Json(metadata(city.issuer())),
    )
}

pub(super) async fn keys(State(city): State<SignIn>) -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, "public, max-age=300")],
        Json(city.key.public()),
    )
}

fn metadata(issuer: &str) -> Value {
    let mut scopes = SCOPES.to_vec();
    scopes.extend([
        "fhirUser",
        "patient/Appointment.u",
        "system/Observation.cu",
        "system/Condition.cu",
    ]);
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": scopes,
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name", "given_name", "birthdate", "gender", "fhirUser"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        "revocation_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "ui_locales_supported": ["ru", "en"],
        "authorization_response_iss_parameter_supported": true,
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    })
}

/// SMART App Launch 2 §8, served under the FHIR base.
pub(crate) fn smart(issuer: &str) -> Value {
    let mut smart = metadata(issuer);
    smart["capabilities"] = json!([
        "launch-standalone",
        "client-public",
        "client-confidential-symmetric",
        "context-standalone-patient",
        "permission-offline",
        "permission-patient",
        "permission-v1",
        "permission-v2",
        "sso-openid-connect"
    ]);
    smart
}
