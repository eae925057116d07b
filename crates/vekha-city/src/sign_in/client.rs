use super::{CLIENT_ID, Refusal, Scopes, pkce, secret};
use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use sqlx::SqlitePool;
use std::collections::HashMap;
use url::Url;
use vekha_model::Text;

/// A system that sends facts: the laboratory of the demo city.
#[derive(Debug, Clone)]
pub struct Laboratory {
    pub client_id: String,
    pub client_secret: String,
    pub name: Text,
    pub scope: String,
}

/// Who asks at the token endpoint.
pub(super) enum Client {
    Device,
    System(Laboratory),
}

impl Client {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Device => CLIENT_ID,
            Self::System(it) => &it.client_id,
        }
    }

    /// Reads `client_secret_basic`, `client_secret_post`, or the bare `client_id` of a public client.
    pub(super) async fn recognise(
        pool: &SqlitePool,
        headers: &HeaderMap,
        form: &HashMap<String, String>,
    ) -> Result<Self, Refusal> {
        let unknown = || Refusal::new("invalid_client", "unknown client or wrong secret");
        let basic = basic(headers).transpose().map_err(|()| unknown())?;
        let (id, given) = match (basic, form.get("client_id")) {
            (Some((id, _)), Some(other)) if id != *other => return Err(unknown()),
            (Some((id, given)), _) => (id, Some(given)),
            (None, Some(id)) => (id.clone(), form.get("client_secret").cloned()),
            (None, None) => return Err(Refusal::new("invalid_client", "client_id is missing")),
        };
        let given = given.filter(|it| !it.is_empty());
        if id == CLIENT_ID {
            return if given.is_none() {
                Ok(Self::Device)
            } else {
                Err(unknown())
            };
        }
        let known = find(pool, &id).await?.ok_or_else(unknown)?;
        let given = given.ok_or_else(unknown)?;
        if pkce::same(given.as_bytes(), known.client_secret.as_bytes()) {
            Ok(Self::System(known))
        } else {
            Err(unknown())
        }
    }
}

fn basic(headers: &HeaderMap) -> Option<Result<(String, String), ()>> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let read = || {
        let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((form_decoded(id), form_decoded(secret)))
    };
    Some(read().ok_or(()))
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
fn form_decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("v={text}").as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

/// `http://127.0.0.1:<any port>/callback` or its IPv6 twin (RFC 8252 §7.3), and nothing else.
pub(super) fn is_redirect(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else {
        return false;
    };
    url.scheme() == "http"
        && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"))
        && url.path() == "/callback"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

pub(super) async fn make_laboratory(pool: &SqlitePool) -> Result<(), Refusal> {
    sqlx::query(
        "INSERT INTO sign_in_systems (client_id, secret, name_ru, name_en, scope)
         VALUES ('demo-laboratory', ?, 'Городская лаборатория', 'City laboratory', 'system/Observation.cu system/Condition.cu')
         ON CONFLICT (client_id) DO UPDATE SET scope = excluded.scope",
    )
    .bind(secret::random())
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn laboratory(pool: &SqlitePool) -> Result<Laboratory, Refusal> {
    find(pool, "demo-laboratory")
        .await?
        .ok_or_else(|| Refusal::internal("the laboratory has no credentials"))
}

pub(super) async fn find(pool: &SqlitePool, id: &str) -> Result<Option<Laboratory>, Refusal> {
    let row: Option<(String, String, String, String, String)> = sqlx::query_as(
        "SELECT client_id, secret, name_ru, name_en, scope FROM sign_in_systems WHERE client_id = ?",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?;
    Ok(
        row.map(|(client_id, client_secret, ru, en, scope)| Laboratory {
            client_id,
            client_secret,
            name: Text::new(ru, en),
            scope,
        }),
    )
}

impl Laboratory {
    pub(super) fn scopes(&self) -> Scopes {
        Scopes::parse(&self.scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_loopback_port_is_welcome() {
        assert!(is_redirect("http://127.0.0.1:49152/callback"));
        assert!(is_redirect("http://[::1]:1/callback"));
    }

    #[test]
    fn anywhere_else_is_not() {
        for uri in [
            "https://127.0.0.1:1/callback",
            "http://localhost:1/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://127.0.0.1:1/callback/../x",
            "http://127.0.0.1:1/callback?x=1",
            "http://127.0.0.1:1/callback#x",
            "http://user@127.0.0.1:1/callback",
            "not a uri",
        ] {
            assert!(!is_redirect(uri), "{uri}");
        }
    }
}
