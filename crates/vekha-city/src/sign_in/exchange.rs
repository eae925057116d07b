use super::{
    CLIENT_ID, Refusal, Scopes, SignIn,
    client::Client,
    family::{self, ACCESS_LIFE, Family},
    fresh, now, people, pkce, secret,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

#[derive(Serialize)]
pub(super) struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    /// SMART: whose record the device was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<String>,
}

/// The token endpoint (RFC 6749 §3.2, OpenID Connect Core §3.1.3).
pub(super) async fn token(
    State(city): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let form = form(&headers, &body)?;
    let client = Client::recognise(&city.pool, &headers, &form).await?;
    family::forget_expired(&city.pool).await?;
    let grant = form.get("grant_type").map(String::as_str);
    let tokens = match (grant, &client) {
        (Some("authorization_code"), Client::Device) => by_code(&city, &form).await?,
        (Some("refresh_token"), Client::Device) => by_refresh(&city, &form).await?,
        (Some("client_credentials"), Client::System(_)) => as_system(&city, &client, &form).await?,
        (Some("authorization_code" | "refresh_token" | "client_credentials"), _) => {
            return Err(Refusal::new(
                "unauthorized_client",
                "not a grant of this client",
            ));
        }
        (Some(_), _) => {
            return Err(Refusal::new(
                "unsupported_grant_type",
                "this grant is not offered",
            ));
        }
        (None, _) => return Err(Refusal::new("invalid_request", "grant_type is missing")),
    };
    Ok(fresh(tokens))
}

async fn by_code(city: &SignIn, form: &HashMap<String, String>) -> Result<Tokens, Refusal> {
    let no = || Refusal::new("invalid_grant", "the code is not valid, or no longer");
    let given = needed(form, "code")?;
    let redirect_uri = needed(form, "redirect_uri")?;
    let verifier = needed(form, "code_verifier")?;
    let mut tx = city.pool.begin_with("BEGIN IMMEDIATE").await?;
    let row: Option<(String, String, String, i64, i64)> = sqlx::query_as(
        "UPDATE sign_in_codes SET used = used + 1 WHERE digest = ?
         RETURNING family, redirect_uri, challenge, expires_at, used",
    )
    .bind(secret::digest(given))
    .fetch_optional(&mut *tx)
    .await?;
    let (id, redirect, challenge, until, used) = row.ok_or_else(no)?;
    let honest = used == 1
        && until >= now()
        && redirect == redirect_uri
        && pkce::proves(verifier, &challenge);
    if !honest {
        family::end(&mut tx, &id).await?;
        tx.commit().await?;
        return Err(no());
    }
    let family = Family::find(&mut tx, &id).await?.ok_or_else(no)?;
    let mut tokens = issue(&mut tx, &family, &family.scopes).await?;
    tx.commit().await?;
    tokens.id_token = Some(id_token(city, &family, &tokens.access_token).await?);
    Ok(tokens)
}

async fn by_refresh(city: &SignIn, form: &HashMap<String, String>) -> Result<Tokens, Refusal> {
    let no = || {
        Refusal::new(
            "invalid_grant",
            "the refresh token is not valid, or no longer",
        )
    };
    let given = needed(form, "refresh_token")?;
    let mut tx = city.pool.begin_with("BEGIN IMMEDIATE").await?;
    let row: Option<(String, i64, i64)> = sqlx::query_as(
        "UPDATE sign_in_tokens SET used = used + 1 WHERE digest = ? AND kind = 'refresh'
         RETURNING family, expires_at, used",
    )
    .bind(secret::digest(given))
    .fetch_optional(&mut *tx)
    .await?;
    let (id, until, used) = row.ok_or_else(no)?;
    if used > 1 || until < now() {
        family::end(&mut tx, &id).await?;
        tx.commit().await?;
        tracing::warn!("a refresh token came a second time; its sign-in was ended");
        return Err(no());
    }
    let family = Family::find(&mut tx, &id).await?.ok_or_else(no)?;
    let scopes = match form.get("scope") {
        None => family.scopes.clone(),
        Some(asked) => {
            let asked = Scopes::parse(asked);
            if asked != asked.within(&family.scopes) {
                return Err(Refusal::new(
                    "invalid_scope",
                    "more than was granted at sign-in",
                ));
            }
            asked
        }
    };
    let tokens = issue(&mut tx, &family, &scopes).await?;
    tx.commit().await?;
    Ok(tokens)
}

async fn as_system(
    city: &SignIn,
    client: &Client,
    form: &HashMap<String, String>,
) -> Result<Tokens, Refusal> {
    let Client::System(system) = client else {
        return Err(Refusal::new(
            "unauthorized_client",
            "not a grant of this client",
        ));
    };
    let allowed = system.scopes();
    let scopes = form.get("scope").map_or_else(
        || allowed.clone(),
        |asked| Scopes::parse(asked).within(&allowed),
    );
    if scopes.is_empty() {
        return Err(Refusal::new(
            "invalid_scope",
            "none of these scopes is this client's",
        ));
    }
    let family = Family::begin(&city.pool, client.id(), "", &scopes, "").await?;
    let mut tx = city.pool.begin_with("BEGIN IMMEDIATE").await?;
    let access_token = family.token(&mut tx, "access", &scopes).await?;
    tx.commit().await?;
    Ok(Tokens {
        access_token,
        token_type: "Bearer",
        expires_in: ACCESS_LIFE,
        scope: scopes.to_string(),
        refresh_token: None,
        id_token: None,
        patient: None,
    })
}

async fn issue(
    tx: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    family: &Family,
    scopes: &Scopes,
) -> Result<Tokens, Refusal> {
    let access_token = family.token(tx, "access", scopes).await?;
    let refresh_token = if family.scopes.has("offline_access") {
        Some(family.token(tx, "refresh", &family.scopes).await?)
    } else {
        None
    };
    Ok(Tokens {
        access_token,
        token_type: "Bearer",
        expires_in: ACCESS_LIFE,
        scope: scopes.to_string(),
        refresh_token,
        id_token: None,
        patient: Some(family.resident.clone()),
    })
}

async fn id_token(city: &SignIn, family: &Family, access: &str) -> Result<String, Refusal> {
    let digest = Sha256::digest(access.as_bytes());
    let issued = now();
    let mut claims = json!({
        "iss": city.issuer(),
        "sub": family.resident,
        "aud": CLIENT_ID,
        "iat": issued,
        "exp": issued + ACCESS_LIFE,
        "auth_time": family.signed_in_at,
        "at_hash": URL_SAFE_NO_PAD.encode(&digest[..16]),
    });
    if !family.nonce.is_empty() {
        claims["nonce"] = json!(family.nonce);
    }
    if family.scopes.has("profile")
        && let Some(person) = people::find(&city.pool, &family.resident).await?
    {
        claims["name"] = json!(person.name);
    }
    if family.scopes.has("fhirUser") {
        claims["fhirUser"] = json!(format!(
            "{}/fhir/Patient/{}",
            city.issuer(),
            family.resident
        ));
    }
    city.key.sign(&claims)
}

/// A form-encoded body in which nothing is said twice (RFC 6749 §3.2).
pub(super) fn form(headers: &HeaderMap, body: &[u8]) -> Result<HashMap<String, String>, Refusal> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Refusal::new(
            "invalid_request",
            "the body must be application/x-www-form-urlencoded",
        ));
    }
    let mut form = HashMap::new();
    for (name, value) in url::form_urlencoded::parse(body) {
        if !value.is_empty() && form.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Refusal::new(
                "invalid_request",
                "a parameter is given twice",
            ));
        }
    }
    Ok(form)
}

fn needed<'a>(form: &'a HashMap<String, String>, name: &str) -> Result<&'a str, Refusal> {
    form.get(name)
        .map(String::as_str)
        .ok_or_else(|| Refusal::new("invalid_request", format!("{name} is missing")))
}
