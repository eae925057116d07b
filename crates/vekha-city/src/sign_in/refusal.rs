use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// What the token, revocation and user-info endpoints answer when they say no (RFC 6749 §5.2).
#[derive(Debug, thiserror::Error)]
#[error("{code}: {words}")]
pub struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) words: String,
}

impl Refusal {
    pub(super) fn new(code: &'static str, words: impl Into<String>) -> Self {
        let status = match code {
            "invalid_client" | "invalid_token" => StatusCode::UNAUTHORIZED,
            "insufficient_scope" => StatusCode::FORBIDDEN,
            "server_error" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self {
            status,
            code,
            words: words.into(),
        }
    }

    pub(super) fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "sign-in failed inside");
        Self::new("server_error", "something failed here; try again later")
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Json(json!({"error": self.code, "error_description": self.words}));
        let mut response =
            (self.status, [(header::CACHE_CONTROL, "no-store")], body).into_response();
        let challenge = match self.code {
            "invalid_client" => "Basic realm=\"city\", charset=\"UTF-8\"",
            "invalid_token" => "Bearer realm=\"city\", error=\"invalid_token\"",
            _ => return response,
        };
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            header::HeaderValue::from_static(challenge),
        );
        response
    }
}
