use super::read::{list, words};
use crate::http::{body, unreachable};
use crate::{Session, clock::CityClock};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::time::Duration;
use vekha_model::Text;
use vekha_protocol::{CityError, Problem};

/// A resource and the ETag it came with.
pub(super) struct Answer {
    pub json: Value,
    pub etag: Option<String>,
}

/// Sends, and once more with a renewed token where the first was not accepted.
pub(super) async fn ask(
    session: &Session,
    clock: &CityClock,
    make: impl Fn() -> RequestBuilder,
) -> Result<Answer, CityError> {
    let token = session.bearer().await?;
    match ask_with(clock, &make, &token).await {
        Err(CityError::SignedOut) => {
            let token = session.after_refusal(&token).await?;
            ask_with(clock, &make, &token).await
        }
        other => other,
    }
}

async fn ask_with(
    clock: &CityClock,
    make: &impl Fn() -> RequestBuilder,
    token: &str,
) -> Result<Answer, CityError> {
    let answer = make()
        .header("accept", "application/fhir+json")
        .bearer_auth(token)
        .send()
        .await
        .map_err(unreachable)?;
    clock.hear(answer.headers());
    let status = answer.status();
    let wait = retry_after(&answer);
    let etag = answer
        .headers()
        .get("etag")
        .and_then(|it| it.to_str().ok())
        .map(str::to_owned);
    let bytes = body(answer).await?;
    if !status.is_success() {
        return Err(sorted(status, wait, &bytes));
    }
    let json = if bytes.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&bytes).map_err(|error| CityError::Malformed(error.to_string()))?
    };
    Ok(Answer { json, etag })
}

fn retry_after(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get("retry-after")?.to_str().ok()?;
    seconds.parse().ok().map(Duration::from_secs)
}

fn sorted(status: StatusCode, retry_after: Option<Duration>, bytes: &[u8]) -> CityError {
    match status {
        StatusCode::UNAUTHORIZED => CityError::SignedOut,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            CityError::Busy { retry_after }
        }
        it if it.is_server_error() => CityError::Busy { retry_after },
        it if it.is_redirection() => CityError::Malformed(format!("redirected elsewhere ({it})")),
        StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => {
            changed_meanwhile(problem(status, bytes).detail)
        }
        _ => CityError::Refused(Box::new(problem(status, bytes))),
    }
}

/// An OperationOutcome in a problem's clothes; any other body keeps the status at least.
fn problem(status: StatusCode, bytes: &[u8]) -> Problem {
    let outcome: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let issue = list(&outcome["issue"])
        .iter()
        .find(|it| it["severity"] == "error" || it["severity"] == "fatal");
    let details = issue.and_then(|it| words(&it["details"]));
    let diagnostics = issue.and_then(|it| it["diagnostics"].as_str());
    Problem {
        code: issue.and_then(|it| it["code"].as_str()).map_or_else(
            || format!("status-{}", status.as_u16()),
            |it| format!("fhir-{it}"),
        ),
        title: status.canonical_reason().unwrap_or("refused").to_owned(),
        status: status.as_u16(),
        detail: diagnostics.or(details).map(str::to_owned),
        // Diagnostics are for technicians; a resident reads what was written for people, or our own words.
        words: details.map(|said| Text::new(said, said)),
    }
}

/// The appointment is no longer the one the resident answered, whether the server says so or we see it before asking.
pub(super) fn changed_meanwhile(detail: Option<String>) -> CityError {
    CityError::Conflict(Box::new(Problem {
        code: "changed-meanwhile".to_owned(),
        title: "the appointment has changed".to_owned(),
        status: 409,
        detail,
        words: Some(vekha_words::text("answer-came-late")),
    }))
}

/// Somebody was faster.
pub(super) fn slot_taken() -> CityError {
    CityError::Conflict(Box::new(Problem {
        code: "slot-taken".to_owned(),
        title: "the time is taken".to_owned(),
        status: 409,
        detail: None,
        words: Some(vekha_words::text("answer-slot-taken")),
    }))
}

/// What this way of speaking to a city cannot do, said so that a person can go on.
pub(super) fn cannot(words: Text) -> CityError {
    CityError::Refused(Box::new(Problem {
        code: "not-offered".to_owned(),
        title: "not offered by this city".to_owned(),
        status: 501,
        detail: None,
        words: Some(words),
    }))
}
