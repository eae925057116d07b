//! The city's sign-in: an OpenID Connect provider for public native clients (RFC 8252, RFC 9700),
//! and client credentials for the systems that send facts, such as laboratories.
//!
//! A sign-in begins a *family*: the code, the access tokens and the refresh tokens that descend from it.
//! A refresh token is good for one use; if one comes back a second time, or a code does, somebody has
//! copied it, and the whole family ends. Codes and tokens are kept as digests only, and never logged.
//! Lifetimes follow the real clock, never the demo clock: moving a story on must not sign anybody out.

mod authorize;
mod caller;
mod client;
mod discover;
mod exchange;
mod family;
mod key;
mod page;
mod people;
mod pkce;
mod refusal;
mod request;
mod revoke;
mod scope;
mod secret;
mod userinfo;

use axum::{
    Router,
    extract::FromRef,
    routing::{get, post},
};
use serde::Serialize;
use sqlx::SqlitePool;
use std::sync::Arc;

pub(crate) use discover::smart;
pub(crate) use people::wards;
pub(crate) use secret::{digest, random};

pub use caller::{Bearer, Caller, Denied};
pub use client::Laboratory;
pub use refusal::Refusal;
pub use scope::{Right, Scopes};

/// The one client a resident's device is.
pub const CLIENT_ID: &str = "vekha-app";

/// What a device asks for; goes into the manifest.
pub const SCOPES: [&str; 6] = [
    "openid",
    "profile",
    "offline_access",
    "launch/patient",
    "patient/*.rs",
    "vekha",
];

/// The provider: where it keeps things, who it says it is, what it signs with.
#[derive(Clone)]
pub struct SignIn {
    pool: SqlitePool,
    issuer: Arc<str>,
    key: Arc<key::SigningKey>,
}

impl SignIn {
    /// # Errors
    /// The database cannot be written, or the key in it cannot be read.
    pub async fn open(pool: SqlitePool, issuer: &str) -> Result<Self, Refusal> {
        sqlx::raw_sql(include_str!("schema.sql"))
            .execute(&pool)
            .await?;
        let key = Arc::new(key::SigningKey::load_or_make(&pool).await?);
        client::make_laboratory(&pool).await?;
        Ok(Self {
            pool,
            issuer: issuer.trim_end_matches('/').into(),
            key,
        })
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The laboratory of the demo city, for its operator page.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn laboratory(&self) -> Result<Laboratory, Refusal> {
        client::laboratory(&self.pool).await
    }
}

/// Discovery, keys, sign-in page, tokens.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    SignIn: FromRef<S>,
{
    Router::new()
        .route("/.well-known/openid-configuration", get(discover::openid))
        .route(
            "/.well-known/oauth-authorization-server",
            get(discover::openid),
        )
        .route("/jwks", get(discover::keys))
        .route("/authorize", get(authorize::show).post(authorize::answer))
        .route("/token", post(exchange::token))
        .route("/revoke", post(revoke::revoke))
        .route("/userinfo", get(userinfo::tell).post(userinfo::tell))
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// A body as JSON, never cached.
fn fresh(body: impl Serialize) -> impl axum::response::IntoResponse {
    (
        [
            (axum::http::header::CACHE_CONTROL, "no-store"),
            (axum::http::header::PRAGMA, "no-cache"),
        ],
        axum::Json(body),
    )
}
