use crate::http::body;
use reqwest::{Response, StatusCode};
use std::time::Duration;
use vekha_protocol::{CityError, Problem};

/// Sorts an answer by what the device does about it.
pub(super) async fn sorted(answer: Response) -> Result<Response, CityError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let retry_after = answer
        .headers()
        .get("retry-after")
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.parse().ok())
        .map(Duration::from_secs);
    Err(match status {
        StatusCode::UNAUTHORIZED => CityError::SignedOut,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            CityError::Busy { retry_after }
        }
        it if it.is_server_error() => CityError::Busy { retry_after },
        it if it.is_redirection() => CityError::Malformed(format!("redirected elsewhere ({it})")),
        _ => {
            // Only the city itself can say no for good: a page of somebody on the way would lose what was queued.
            let said = body(answer).await?;
            let problem: Box<Problem> = serde_json::from_slice(&said).map_err(|_| {
                CityError::Malformed(format!("an answer {status} that is not the city's"))
            })?;
            match status {
                StatusCode::GONE if problem.code.ends_with("cursor-gone") => CityError::CursorGone,
                StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => {
                    CityError::Conflict(problem)
                }
                _ => CityError::Refused(problem),
            }
        }
    })
}
