use crate::{
    Fault,
    sign_in::{Denied, Refusal},
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// Why a FHIR request failed; always answered as an OperationOutcome.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", .issues.first().map_or("no issue", |issue| issue.words.as_str()))]
pub struct Outcome {
    pub(super) status: StatusCode,
    pub(super) issues: Vec<Issue>,
    challenge: Option<HeaderValue>,
}

/// One issue: its code from the IssueType value set, words for a developer, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Issue {
    pub(super) code: &'static str,
    pub(super) words: String,
    pub(super) at: Option<String>,
}

impl Outcome {
    pub(crate) fn new(status: StatusCode, code: &'static str, words: impl Into<String>) -> Self {
        Self {
            status,
            issues: vec![Issue {
                code,
                words: words.into(),
                at: None,
            }],
            challenge: None,
        }
    }

    pub(super) fn at(mut self, expression: impl Into<String>) -> Self {
        if let Some(issue) = self.issues.last_mut() {
            issue.at = Some(expression.into());
        }
        self
    }

    /// The resource does not hold to FHIR or to what the city can take.
    pub(super) fn refused(issues: Vec<Issue>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            issues,
            challenge: None,
        }
    }

    pub(super) fn invalid(code: &'static str, words: impl Into<String>, at: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, words).at(at)
    }

    /// The same for what does not exist and what is somebody else's.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "no such resource")
    }

    pub(super) fn bad_search(words: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", words)
    }

    pub(super) fn forbidden() -> Self {
        Self::from(Denied::Scope)
    }

    pub(super) fn conflict(words: impl Into<String>) -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "conflict", words)
    }

    fn body(&self) -> Value {
        let severity = if self.status.is_server_error() {
            "fatal"
        } else {
            "error"
        };
        let issues: Vec<Value> = self
            .issues
            .iter()
            .map(|issue| {
                let mut it = json!({
                    "severity": severity, "code": issue.code, "diagnostics": issue.words,
                });
                if let Some(at) = &issue.at {
                    it["expression"] = json!([at]);
                }
                it
            })
            .collect();
        json!({"resourceType": "OperationOutcome", "issue": issues})
    }
}

impl From<Denied> for Outcome {
    fn from(denied: Denied) -> Self {
        let code = match denied {
            Denied::Missing | Denied::Invalid => "login",
            Denied::Scope => "forbidden",
            Denied::Broken => "exception",
        };
        let mut outcome = Self::new(denied.status(), code, denied.to_string());
        outcome.challenge = denied.challenge();
        outcome
    }
}

impl From<Refusal> for Outcome {
    fn from(_: Refusal) -> Self {
        Self::from(Denied::Broken)
    }
}

impl From<Fault> for Outcome {
    fn from(fault: Fault) -> Self {
        let status = fault.status();
        let code = match status {
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => "conflict",
            StatusCode::SERVICE_UNAVAILABLE => "transient",
            status if status.is_server_error() => "exception",
            _ => "business-rule",
        };
        // Somebody else was faster: FHIR says it as a failed precondition.
        let status = if status == StatusCode::CONFLICT {
            StatusCode::PRECONDITION_FAILED
        } else {
            status
        };
        let problem = *fault.0;
        let words = problem.detail.map_or(problem.title.clone(), |detail| {
            format!("{}: {detail}", problem.title)
        });
        Self::new(status, code, words)
    }
}

impl From<sqlx::Error> for Outcome {
    fn from(error: sqlx::Error) -> Self {
        Self::from(Fault::from(error))
    }
}

impl From<serde_json::Error> for Outcome {
    fn from(error: serde_json::Error) -> Self {
        Self::from(Fault::from(error))
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, super::media());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(challenge) = self.challenge {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
