use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use vekha_model::Text;
use vekha_protocol::Problem;

/// Why the city did not do what it was asked; a problem (RFC 9457) with words for a resident.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub Box<Problem>);

impl Fault {
    /// The problem of a code, in its own words: `problem-` and the code is their key.
    pub fn problem(code: &str, status: StatusCode) -> Self {
        let key = format!("problem-{code}");
        Self::saying(code, status, vekha_words::text(&key))
    }

    /// A code in other words than its own, where these say better what to do.
    pub fn saying(code: &str, status: StatusCode, words: Text) -> Self {
        Self(Box::new(Problem {
            code: code.to_owned(),
            title: words.en.clone(),
            status: status.as_u16(),
            detail: None,
            words: Some(words),
        }))
    }

    pub fn invalid(code: &str) -> Self {
        Self::problem(code, StatusCode::UNPROCESSABLE_ENTITY)
    }

    pub fn conflict(code: &str) -> Self {
        Self::problem(code, StatusCode::CONFLICT)
    }

    /// What a programmer reads, where it is not what the resident does.
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.0.title = title.into();
        self
    }

    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// Never tells whether the thing exists for somebody else.
    pub fn not_found() -> Self {
        Self::problem("not-found", StatusCode::NOT_FOUND)
            .titled("There is no such record for this resident")
    }

    pub fn not_yours() -> Self {
        Self::problem("not-yours", StatusCode::FORBIDDEN).titled("This belongs to another resident")
    }

    pub(crate) fn wrong_method() -> Self {
        Self::problem("wrong-method", StatusCode::METHOD_NOT_ALLOWED)
            .titled("This address is not asked in this way")
    }

    pub(crate) fn too_large() -> Self {
        Self::problem("too-large", StatusCode::PAYLOAD_TOO_LARGE)
            .titled("The body is larger than the city takes")
    }

    pub(crate) fn not_json() -> Self {
        Self::problem("not-json", StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .titled("The body has to be application/json")
    }

    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::problem("unreadable", StatusCode::BAD_REQUEST)
            .titled("The request cannot be read")
            .with_detail(detail)
    }

    pub fn slot_taken() -> Self {
        Self::problem("slot-taken", StatusCode::CONFLICT)
    }

    pub fn two_at_once() -> Self {
        Self::problem("two-at-once", StatusCode::CONFLICT)
    }

    /// Something inside failed; told without details, logged without health data.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "the city failed inside");
        Self::problem("city-failed", StatusCode::INTERNAL_SERVER_ERROR)
            .titled("Something failed at the city")
    }

    fn busy() -> Self {
        Self::problem("busy", StatusCode::SERVICE_UNAVAILABLE).titled("The city is busy")
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::busy(),
            sqlx::Error::Database(inner) if inner.message().contains("locked") => Self::busy(),
            _ => Self::internal(error),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(format_args!("stored record: {:?}", error.classify()))
    }
}

impl From<axum::extract::rejection::JsonRejection> for Fault {
    fn from(refused: axum::extract::rejection::JsonRejection) -> Self {
        let status = refused.status();
        let mut fault = Self::unreadable(refused.body_text());
        fault.0.status = status.as_u16();
        fault
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(*self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
