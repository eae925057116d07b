use crate::{City, Fault, Writing, db::Tx, sign_in::Caller};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// A write as it arrives: who, under which key, what.
pub(crate) struct Write<T> {
    pub(crate) caller: Caller,
    pub(crate) body: T,
    pub(crate) headers: HeaderMap,
    key: String,
    digest: String,
}

/// A write that is done once, or the answer it got the first time.
pub(crate) enum Begun {
    Fresh(Box<Once>),
    Replay(Response),
}

/// A write under way; nothing of it counts until [`Once::finish`].
pub(crate) struct Once {
    writing: Writing,
    resident: String,
    key: String,
    digest: String,
}

impl<T: DeserializeOwned> FromRequest<City> for Write<T> {
    type Rejection = Response;

    async fn from_request(request: Request, city: &City) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, city)
            .await
            .map_err(IntoResponse::into_response)?;
        let headers = parts.headers.clone();
        if !is_json(&headers) {
            return Err(Fault::not_json().into_response());
        }
        let key = headers
            .get("idempotency-key")
            .and_then(|it| it.to_str().ok())
            .filter(|it| (1..=128).contains(&it.len()))
            .ok_or_else(|| no_key().into_response())?
            .to_owned();
        let line = format!("{} {}", parts.method, parts.uri.path());
        let bytes = Bytes::from_request(Request::from_parts(parts, body), city)
            .await
            .map_err(|refused| unread(&refused).into_response())?;
        let body = serde_json::from_slice(&bytes)
            .map_err(|error| Fault::unreadable(error.to_string()).into_response())?;
        let mut digest = Sha256::new();
        digest.update(line.as_bytes());
        digest.update([0]);
        digest.update(&bytes);
        Ok(Self {
            caller,
            body,
            headers,
            key,
            digest: format!("{:x}", digest.finalize()),
        })
    }
}

/// Says it is JSON, or says nothing.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| {
        let kind = kind.to_str().unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json")
    })
}

fn no_key() -> Fault {
    Fault::problem("idempotency-key-missing", StatusCode::BAD_REQUEST)
        .titled("A write needs an Idempotency-Key header of 1 to 128 characters")
}

fn unread(refused: &axum::extract::rejection::BytesRejection) -> Fault {
    if refused.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::too_large();
    }
    Fault::unreadable(refused.body_text())
}

impl<T> Write<T> {
    /// Takes the writer's turn; gives the first answer again where this key was already used for the same.
    pub(crate) async fn begin(&self, city: &City) -> Result<Begun, Fault> {
        let mut writing = city.write().await?;
        let resident = self.caller.resident.to_string();
        let known: Option<(String, i64, String)> = sqlx::query_as(
            "SELECT digest, status, body FROM idempotency WHERE resident = ? AND key = ?",
        )
        .bind(&resident)
        .bind(&self.key)
        .fetch_optional(&mut *writing.tx)
        .await?;
        Ok(match known {
            Some((digest, status, body)) if digest == self.digest => {
                let status = u16::try_from(status)
                    .ok()
                    .and_then(|it| StatusCode::from_u16(it).ok())
                    .unwrap_or(StatusCode::OK);
                Begun::Replay(json(status, body))
            }
            Some(_) => {
                return Err(Fault::invalid("idempotency-key-reused"));
            }
            None => Begun::Fresh(Box::new(Once {
                writing,
                resident,
                key: self.key.clone(),
                digest: self.digest.clone(),
            })),
        })
    }
}

impl Once {
    pub(crate) fn tx(&mut self) -> &mut Tx {
        &mut self.writing.tx
    }

    /// Keeps the answer beside the effect and commits both.
    pub(crate) async fn finish(
        mut self,
        city: &City,
        status: StatusCode,
        answer: &impl Serialize,
    ) -> Result<Response, Fault> {
        let body = serde_json::to_string(answer)?;
        sqlx::query(
            "INSERT INTO idempotency (resident, key, digest, status, body, at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&self.resident)
        .bind(&self.key)
        .bind(&self.digest)
        .bind(i64::from(status.as_u16()))
        .bind(&body)
        .bind(city.now().as_second())
        .execute(&mut *self.writing.tx)
        .await?;
        self.writing.commit().await?;
        Ok(json(status, body))
    }
}

fn json(status: StatusCode, body: String) -> Response {
    (
        status,
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        body,
    )
        .into_response()
}
