use super::{
    SignInError, StoredTokens, TokenVault,
    begin::{refused, stored},
    client::{Sender, discover},
};
use crate::http::{address, body, unreachable};
use openidconnect::RefreshToken;
use std::sync::Arc;
use tokio::sync::Mutex;
use vekha_model::ResidentId;
use vekha_protocol::CityError;

/// Renew a little before the end, so that a slow request does not arrive with a dead token.
const EARLY: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

/// A signed-in session. Renewals happen one at a time: a refresh token used twice ends the whole family.
pub struct Session {
    http: reqwest::Client,
    vault: Arc<dyn TokenVault>,
    tokens: Mutex<Option<StoredTokens>>,
    resident: ResidentId,
}

impl Session {
    pub fn new(http: reqwest::Client, vault: Arc<dyn TokenVault>, tokens: StoredTokens) -> Self {
        Self {
            http,
            vault,
            resident: ResidentId::new(tokens.resident()),
            tokens: Mutex::new(Some(tokens)),
        }
    }

    /// Whose session this is.
    pub fn resident(&self) -> &ResidentId {
        &self.resident
    }

    /// A token that should still be accepted.
    ///
    /// # Errors
    /// [`CityError::SignedOut`] where the session has ended for good.
    pub async fn bearer(&self) -> Result<String, CityError> {
        let mut tokens = self.tokens.lock().await;
        let current = tokens.as_ref().ok_or(CityError::SignedOut)?;
        let ends_soon = current.expires_at.is_some_and(|end| {
            let now = jiff::Timestamp::now();
            // A clock set back by years would otherwise keep a dead token for good; the 401 path renews it.
            end.duration_since(now) < EARLY
        });
        if !ends_soon {
            return Ok(current.access.clone());
        }
        self.renew(&mut tokens).await
    }

    /// The city did not accept `used`; renews it unless somebody else already did.
    pub(crate) async fn after_refusal(&self, used: &str) -> Result<String, CityError> {
        let mut tokens = self.tokens.lock().await;
        let current = tokens.as_ref().ok_or(CityError::SignedOut)?;
        if current.access != used {
            return Ok(current.access.clone());
        }
        self.renew(&mut tokens).await
    }

    async fn renew(&self, tokens: &mut Option<StoredTokens>) -> Result<String, CityError> {
        let before = tokens.clone().ok_or(CityError::SignedOut)?;
        let Some(refresh) = before.refresh.clone() else {
            *tokens = None;
            return Err(CityError::SignedOut);
        };
        match self.exchange(&before, refresh).await {
            Ok(renewed) => {
                if let Err(error) = self.vault.save(&renewed) {
                    tracing::warn!(%error, "the renewed sign-in could not be kept; the next start asks to sign in");
                }
                let access = renewed.access.clone();
                *tokens = Some(renewed);
                Ok(access)
            }
            Err(SignInError::City(error)) => Err(error),
            Err(error) => {
                tracing::info!(%error, "the sign-in has ended");
                *tokens = None;
                if let Err(error) = self.vault.delete() {
                    tracing::warn!(%error, "the ended sign-in could not be removed");
                }
                Err(CityError::SignedOut)
            }
        }
    }

    async fn exchange(
        &self,
        before: &StoredTokens,
        refresh: String,
    ) -> Result<StoredTokens, SignInError> {
        let provider = discover(&self.http, &before.issuer, &before.client_id).await?;
        let tokens = provider
            .client
            .exchange_refresh_token(&RefreshToken::new(refresh))
            .map_err(|error| CityError::Malformed(error.to_string()))?
            .request_async(&Sender::new(&self.http))
            .await
            .map_err(refused)?;
        let (issuer, client_id, subject) = (
            before.issuer.clone(),
            before.client_id.clone(),
            before.subject.clone(),
        );
        Ok(stored(&tokens, issuer, client_id, subject, Some(before)))
    }
}

/// Tells the city that the session is over. Signing out works offline too: the tokens are gone from here either way.
///
/// # Errors
/// The city could not be told, or offers no revocation.
pub async fn revoke(http: &reqwest::Client, tokens: &StoredTokens) -> Result<(), SignInError> {
    #[derive(serde::Deserialize)]
    struct Metadata {
        revocation_endpoint: Option<String>,
    }
    address(&tokens.issuer)?;
    let url = format!(
        "{}/.well-known/openid-configuration",
        tokens.issuer.trim_end_matches('/')
    );
    let answer = http.get(url).send().await.map_err(unreachable)?;
    let metadata: Metadata = serde_json::from_slice(&body(answer).await?)
        .map_err(|error| CityError::Malformed(error.to_string()))?;
    let endpoint = metadata.revocation_endpoint.ok_or(CityError::NotOffered)?;
    let (hint, token) = match &tokens.refresh {
        Some(refresh) => ("refresh_token", refresh),
        None => ("access_token", &tokens.access),
    };
    // By hand, after RFC 7009: the OpenID Connect crate insists on https even for a city on this machine.
    let told = http
        .post(address(&endpoint)?)
        .form(&[
            ("token", token.as_str()),
            ("token_type_hint", hint),
            ("client_id", tokens.client_id.as_str()),
        ])
        .send()
        .await
        .map_err(unreachable)?;
    match told.status() {
        it if it.is_success() => Ok(()),
        it if it.is_server_error() => Err(CityError::Busy { retry_after: None }.into()),
        it => Err(SignInError::Refused(format!("revocation: {it}"))),
    }
}
