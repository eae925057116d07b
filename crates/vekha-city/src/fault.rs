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
    pub fn new(status: StatusCode, code: &str, title: &str, ru: &str, en: &str) -> Self {
        Self(Box::new(Problem {
            code: code.to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: None,
            words: Some(Text::new(ru, en)),
        }))
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
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "There is no such record for this resident",
            "Этой записи у вас нет. Обновите экран.",
            "You have no such record. Refresh the screen.",
        )
    }

    pub fn not_yours() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-yours",
            "This belongs to another resident",
            "Это данные другого человека. Без его согласия город их не показывает и не меняет.",
            "This belongs to someone else. The city neither shows nor changes it without their consent.",
        )
    }

    pub(crate) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "wrong-method",
            "This address is not asked in this way",
            "Город не понял запрос. Обновите приложение и попробуйте ещё раз.",
            "The city did not understand the request. Update the app and try again.",
        )
    }

    pub(crate) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is larger than the city takes",
            "Сообщение слишком длинное. Сократите его и отправьте ещё раз.",
            "The message is too long. Shorten it and send it again.",
        )
    }

    pub(crate) fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "The body has to be application/json",
            "Город не понял запрос. Обновите приложение и попробуйте ещё раз.",
            "The city did not understand the request. Update the app and try again.",
        )
    }

    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "unreadable",
            "The request cannot be read",
            "Город не понял запрос. Обновите приложение и попробуйте ещё раз.",
            "The city did not understand the request. Update the app and try again.",
        )
        .with_detail(detail)
    }

    pub fn invalid(code: &str, ru: &str, en: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, en, ru, en)
    }

    pub fn conflict(code: &str, ru: &str, en: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, en, ru, en)
    }

    pub fn slot_taken() -> Self {
        Self::conflict(
            "slot-taken",
            "Это время только что заняли. Выберите другое.",
            "Somebody has just taken this time. Choose another.",
        )
    }

    /// Something inside failed; told without details, logged without health data.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "the city failed inside");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "city-failed",
            "Something failed at the city",
            "У города что-то сломалось. Ничего не потеряно, попробуйте позже.",
            "Something failed at the city. Nothing is lost, try again later.",
        )
    }

    fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "The city is busy",
            "Город сейчас занят. Приложение повторит само.",
            "The city is busy. The app will try again by itself.",
        )
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
