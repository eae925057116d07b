use super::{
    SignInError, StoredTokens,
    client::{OidcClient, Provider, SendError, Sender, Tokens, discover},
    loopback::Loopback,
};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, CsrfToken, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, TokenResponse, core::CoreAuthenticationFlow,
};
use std::{
    borrow::Cow,
    collections::HashMap,
    time::{Duration, SystemTime},
};
use url::Url;
use vekha_protocol::{CityError, ClockReading, SignInOffer};

/// Clocks of servers and devices differ by this much without anybody noticing.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// A sign-in under way: show [`SignIn::authorize_url`] in the system's browser, then [`SignIn::wait`].
pub struct SignIn {
    pub authorize_url: Url,
    issuer: String,
    client_id: String,
    provider: Provider,
    http: reqwest::Client,
    loopback: Loopback,
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

impl SignIn {
    /// Reads the provider's metadata, opens the loopback listener and makes the address to show.
    ///
    /// # Errors
    /// The provider cannot be reached or does not follow the standard; no port can be opened.
    pub async fn begin(
        http: &reqwest::Client,
        offer: &SignInOffer,
        login_hint: Option<&str>,
    ) -> Result<Self, SignInError> {
        let provider = discover(http, &offer.issuer, &offer.client_id).await?;
        let loopback = Loopback::listen().await?;
        let redirect = RedirectUrl::from_url(loopback.redirect.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = provider
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_redirect_uri(Cow::Owned(redirect))
            .set_pkce_challenge(challenge);
        for scope in offer.scopes.iter().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if let Some(hint) = login_hint {
            request = request.add_extra_param("login_hint", hint.to_owned());
        }
        if offer.scopes.iter().any(|scope| scope == "offline_access") {
            request = request.add_extra_param("prompt", "consent");
        }
        let (authorize_url, state, nonce) = request.url();
        Ok(Self {
            authorize_url,
            issuer: offer.issuer.clone(),
            client_id: offer.client_id.clone(),
            provider,
            http: http.clone(),
            loopback,
            state,
            nonce,
            verifier,
        })
    }

    /// Waits for the browser and exchanges the code. Dropping the future ends the sign-in and closes the port.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn wait(self, at_most: Duration) -> Result<StoredTokens, SignInError> {
        let redirect = RedirectUrl::from_url(self.loopback.redirect.clone());
        let came_back = self.loopback.wait(at_most).await?;
        let iss = Iss {
            issuer: &self.issuer,
            required: self.provider.names_itself,
        };
        let code = code_of(&came_back, self.state.secret(), iss)?;
        let sender = Sender::new(&self.http);
        let client = self.provider.client;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| CityError::Malformed(error.to_string()))?
            .set_redirect_uri(Cow::Owned(redirect))
            .set_pkce_verifier(self.verifier)
            .request_async(&sender)
            .await
            .map_err(refused)?;
        let subject = verified_subject(&client, &tokens, &self.nonce, sender.clock.read())?;
        Ok(stored(&tokens, self.issuer, self.client_id, subject, None))
    }
}

/// Whose answer it has to be.
#[derive(Clone, Copy)]
struct Iss<'a> {
    issuer: &'a str,
    /// The provider always says so, and one that does not is another one.
    required: bool,
}

/// The code, once state (RFC 6749 §10.12) and issuer (RFC 9207) are seen to be ours.
fn code_of(url: &Url, state: &str, iss: Iss<'_>) -> Result<String, SignInError> {
    let answer: HashMap<_, _> = url.query_pairs().collect();
    if answer.get("state").is_none_or(|given| given != state) {
        return Err(SignInError::NotOurs("state"));
    }
    match answer.get("iss") {
        Some(given) if given != iss.issuer => return Err(SignInError::NotOurs("iss")),
        None if iss.required => return Err(SignInError::NotOurs("iss")),
        _ => {}
    }
    if let Some(error) = answer.get("error") {
        let why = answer.get("error_description").unwrap_or(error);
        return Err(SignInError::Refused(why.to_string()));
    }
    answer
        .get("code")
        .map(|code| code.to_string())
        .ok_or(SignInError::NotOurs("code"))
}

/// Signature, issuer, audience, nonce, times (with five minutes of grace) and `at_hash` of the identity token.
fn verified_subject(
    client: &OidcClient,
    tokens: &Tokens,
    nonce: &Nonce,
    city: Option<ClockReading>,
) -> Result<String, SignInError> {
    let bad = |why: &dyn std::fmt::Display| SignInError::BadToken(why.to_string());
    let id_token = tokens.id_token().ok_or_else(|| bad(&"there is none"))?;
    let now = SystemTime::now();
    let verifier = client
        .id_token_verifier()
        .set_time_fn(move || (now - SKEW).into())
        .set_issue_time_verifier_fn(move |issued| {
            if SystemTime::from(issued) > now + SKEW {
                return Err(format!("issued at {issued}, later than now"));
            }
            Ok(())
        });
    let claims = id_token
        .claims(&verifier, nonce)
        .map_err(|error| match error {
            ClaimsVerificationError::Expired(_) => clock_off(city).unwrap_or_else(|| bad(&error)),
            error => bad(&error),
        })?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = id_token.signing_alg().map_err(|error| bad(&error))?;
        let key = id_token
            .signing_key(&verifier)
            .map_err(|error| bad(&error))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|error| bad(&error))?;
        if actual != *expected {
            return Err(bad(&"at_hash"));
        }
    }
    Ok(claims.subject().to_string())
}

/// Whose clock is off, where the city says another time than this device.
fn clock_off(city: Option<ClockReading>) -> Option<SignInError> {
    let (here, there) = (Timestamp::now(), city?.now());
    let apart = there.duration_since(here).abs();
    let skew = SignedDuration::try_from(SKEW).ok()?;
    (apart > skew).then_some(SignInError::ClockOff { here, there })
}

pub(super) fn stored(
    tokens: &Tokens,
    issuer: String,
    client_id: String,
    subject: String,
    before: Option<&StoredTokens>,
) -> StoredTokens {
    let expires_at = tokens
        .expires_in()
        .and_then(|lifetime| jiff::SignedDuration::try_from(lifetime).ok())
        .and_then(|lifetime| jiff::Timestamp::now().checked_add(lifetime).ok());
    let kept = |pick: fn(&StoredTokens) -> Option<String>| before.and_then(pick);
    StoredTokens {
        issuer,
        client_id,
        access: tokens.access_token().secret().clone(),
        refresh: tokens
            .refresh_token()
            .map(|it| it.secret().clone())
            .or_else(|| kept(|it| it.refresh.clone())),
        expires_at,
        subject,
        patient: tokens
            .extra_fields()
            .extra_fields()
            .patient
            .clone()
            .or_else(|| kept(|it| it.patient.clone())),
    }
}

type TokenError = RequestTokenError<
    SendError,
    openidconnect::StandardErrorResponse<openidconnect::core::CoreErrorResponseType>,
>;

pub(super) fn refused(error: TokenError) -> SignInError {
    match error {
        // A provider that is only busy has not ended anything.
        RequestTokenError::ServerResponse(answer)
            if matches!(
                answer.error().as_ref(),
                "temporarily_unavailable" | "server_error"
            ) =>
        {
            CityError::Busy { retry_after: None }.into()
        }
        RequestTokenError::ServerResponse(answer) => SignInError::Refused(answer.to_string()),
        RequestTokenError::Request(SendError(city)) => city.into(),
        other => CityError::Malformed(format!("token: {other}")).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came_back(query: &str, required: bool) -> Result<String, SignInError> {
        let url = Url::parse(&format!("http://127.0.0.1:1/callback?{query}")).unwrap();
        let issuer = "https://id.example";
        code_of(&url, "s1", Iss { issuer, required })
    }

    fn code(query: &str) -> Result<String, SignInError> {
        came_back(query, false)
    }

    #[test]
    fn a_code_of_this_sign_in_is_taken() {
        assert_eq!(
            code("code=c&state=s1&iss=https%3A%2F%2Fid.example").unwrap(),
            "c"
        );
    }

    #[test]
    fn an_answer_to_another_sign_in_is_not() {
        assert!(matches!(
            code("code=c&state=other"),
            Err(SignInError::NotOurs("state"))
        ));
        assert!(matches!(code("code=c"), Err(SignInError::NotOurs("state"))));
        let mixed_up = code("code=c&state=s1&iss=https%3A%2F%2Fevil.example");
        assert!(matches!(mixed_up, Err(SignInError::NotOurs("iss"))));
        let nameless = came_back("code=c&state=s1", true);
        assert!(matches!(nameless, Err(SignInError::NotOurs("iss"))));
    }

    #[test]
    fn a_no_from_the_sign_in_page_keeps_its_words() {
        let no = code("error=access_denied&error_description=later&state=s1");
        assert!(matches!(no, Err(SignInError::Refused(why)) if why == "later"));
    }
}
