use super::{CLIENT_ID, Refusal, Scopes, SignIn, client, now, pkce, secret};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use url::Url;

/// How long a person may look at the sign-in page.
const PATIENCE: i64 = 600;

/// An authorization request that holds what it must (RFC 6749 §4.1.1, RFC 7636, OpenID Connect Core §3.1.2.1).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) back: Back,
    pub(super) scope: String,
    pub(super) challenge: String,
    pub(super) nonce: String,
    pub(super) hint: Option<String>,
    pub(super) language: Option<String>,
}

/// Where the answer goes, and the state that goes with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Back {
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
}

/// A request nobody can be asked about.
pub(super) enum Bad {
    /// The way back is not known to be the client's own: told to the person, never redirected (RFC 9700 §4.11).
    Page(&'static str),
    /// Told to the client.
    Back(Back, &'static str, &'static str),
}

impl Back {
    pub(super) fn with(&self, issuer: &str, answer: &[(&str, &str)]) -> Result<String, Refusal> {
        let mut url = Url::parse(&self.redirect_uri).map_err(Refusal::internal)?;
        {
            let mut query = url.query_pairs_mut();
            query.extend_pairs(answer);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", issuer);
        }
        Ok(url.into())
    }
}

impl Request {
    pub(super) fn read(pairs: &[(String, String)]) -> Result<Self, Bad> {
        let mut given: HashMap<&str, &str> = HashMap::new();
        let mut twice = false;
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            let before = given.insert(name, value);
            if before.is_some() {
                if matches!(name.as_str(), "client_id" | "redirect_uri") {
                    return Err(Bad::Page("a parameter is given twice"));
                }
                twice = true;
            }
        }
        let get = |name: &str| given.get(name).copied();
        if get("client_id") != Some(CLIENT_ID) {
            return Err(Bad::Page("client_id is not one we know"));
        }
        let redirect_uri = get("redirect_uri").ok_or(Bad::Page("redirect_uri is missing"))?;
        if !client::is_redirect(redirect_uri) {
            return Err(Bad::Page("redirect_uri is not one of this client"));
        }
        let back = Back {
            redirect_uri: redirect_uri.to_owned(),
            state: get("state").map(str::to_owned),
        };
        let no = |code, words| Err(Bad::Back(back.clone(), code, words));
        if twice {
            return no("invalid_request", "a parameter is given twice");
        }
        if get("request").is_some() {
            return no("request_not_supported", "request objects are not supported");
        }
        if get("request_uri").is_some() {
            return no(
                "request_uri_not_supported",
                "request objects are not supported",
            );
        }
        match get("response_type") {
            Some("code") => {}
            None => return no("invalid_request", "response_type is missing"),
            Some(_) => return no("unsupported_response_type", "only response_type=code"),
        }
        if get("response_mode").is_some_and(|mode| mode != "query") {
            return no("invalid_request", "only response_mode=query");
        }
        let Some(challenge) = get("code_challenge") else {
            return no("invalid_request", "code_challenge is missing (PKCE)");
        };
        if get("code_challenge_method") != Some("S256") || !pkce::well_formed(challenge) {
            return no("invalid_request", "code_challenge_method must be S256");
        }
        let scopes = Scopes::parse(get("scope").unwrap_or_default());
        if !scopes.has("openid") {
            return no("invalid_scope", "scope must contain openid");
        }
        let prompts: Vec<&str> = get("prompt").unwrap_or_default().split(' ').collect();
        if prompts.contains(&"none") {
            return if prompts.len() > 1 {
                no("invalid_request", "prompt=none stands alone")
            } else {
                no("login_required", "nobody is signed in here")
            };
        }
        Ok(Self {
            scope: scopes.for_resident().to_string(),
            challenge: challenge.to_owned(),
            nonce: get("nonce").unwrap_or_default().to_owned(),
            hint: get("login_hint").map(str::to_owned),
            language: get("ui_locales").map(str::to_owned),
            back,
        })
    }

    /// Keeps the request while a person decides; gives the id the form carries.
    pub(super) async fn keep(&self, city: &SignIn) -> Result<String, Refusal> {
        let id = secret::random();
        sqlx::query("DELETE FROM sign_in_requests WHERE expires_at < ?")
            .bind(now())
            .execute(&city.pool)
            .await?;
        sqlx::query("INSERT INTO sign_in_requests (digest, request, expires_at) VALUES (?, ?, ?)")
            .bind(secret::digest(&id))
            .bind(serde_json::to_string(self).map_err(Refusal::internal)?)
            .bind(now() + PATIENCE)
            .execute(&city.pool)
            .await?;
        Ok(id)
    }

    /// Takes the request back, once.
    pub(super) async fn take(city: &SignIn, id: &str) -> Result<Option<Self>, Refusal> {
        let row: Option<(String, i64)> = sqlx::query_as(
            "DELETE FROM sign_in_requests WHERE digest = ? RETURNING request, expires_at",
        )
        .bind(secret::digest(id))
        .fetch_optional(&city.pool)
        .await?;
        match row {
            Some((request, until)) if until >= now() => serde_json::from_str(&request)
                .map(Some)
                .map_err(Refusal::internal),
            _ => Ok(None),
        }
    }
}
