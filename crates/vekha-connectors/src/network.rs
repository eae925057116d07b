use crate::{
    ManifestError, Session, SignIn, SignInError, StoredTokens, TokenVault, connect, fetch_manifest,
    revoke,
};
use async_trait::async_trait;
use jiff::{Timestamp, tz::TimeZone};
use reqwest::Client;
use std::{sync::Arc, time::Duration};
use vekha_model::ResidentId;
use vekha_protocol::{City, CityError, Manifest, Network, NetworkError, SigningIn, host_of};

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Cities over HTTP, with tokens kept in one vault.
pub struct HttpNetwork {
    http: Client,
    vault: Arc<dyn TokenVault>,
}

impl HttpNetwork {
    pub fn new(http: Client, vault: Arc<dyn TokenVault>) -> Self {
        Self { http, vault }
    }
}

#[async_trait]
impl Network for HttpNetwork {
    async fn manifest(&self, address: &str) -> Result<Manifest, NetworkError> {
        fetch_manifest(&self.http, address)
            .await
            .map_err(|error| of_manifest(&error))
    }

    async fn sign_in(
        &self,
        manifest: &Manifest,
        login_hint: Option<&str>,
    ) -> Result<Box<dyn SigningIn>, NetworkError> {
        let offer = manifest
            .sign_in
            .as_ref()
            .ok_or_else(|| NetworkError::from(&CityError::NotOffered))?;
        let begun = SignIn::begin(&self.http, offer, login_hint)
            .await
            .map_err(|error| of_sign_in(&error))?;
        Ok(Box::new(Begun {
            begun,
            vault: Arc::clone(&self.vault),
            zone: TimeZone::get(&manifest.zone).unwrap_or(TimeZone::UTC),
        }))
    }

    fn city(
        &self,
        manifest: &Manifest,
        resident: &ResidentId,
    ) -> Result<Option<Arc<dyn City>>, NetworkError> {
        let kept = self
            .vault
            .load()
            .map_err(|error| of_sign_in(&error.into()))?;
        let theirs = |tokens: &StoredTokens| tokens.resident() == resident.as_str();
        let Some(mut tokens) = kept.filter(theirs) else {
            return Ok(None);
        };
        // A built-in city gets another port now and then; the account stays the same.
        if let Some(offer) = &manifest.sign_in {
            if host_of(&tokens.issuer) != host_of(&offer.issuer) {
                return Ok(None);
            }
            tokens.issuer.clone_from(&offer.issuer);
        }
        let session = Arc::new(Session::new(
            self.http.clone(),
            Arc::clone(&self.vault),
            tokens,
        ));
        connect(self.http.clone(), manifest, session)
            .map(Some)
            .map_err(|error| NetworkError::from(&error))
    }

    fn sign_out(&self, may_ask: bool) -> Result<(), NetworkError> {
        let tokens = self.vault.load();
        self.vault
            .delete()
            .map_err(|error| of_sign_in(&error.into()))?;
        if let (true, Ok(Some(tokens))) = (may_ask, tokens) {
            let http = self.http.clone();
            tokio::spawn(async move {
                if let Err(error) = revoke(&http, &tokens).await {
                    tracing::info!(%error, "the city could not be told of the sign-out");
                }
            });
        }
        Ok(())
    }
}

struct Begun {
    begun: SignIn,
    vault: Arc<dyn TokenVault>,
    zone: TimeZone,
}

#[async_trait]
impl SigningIn for Begun {
    fn authorize_url(&self) -> String {
        self.begun.authorize_url.to_string()
    }

    async fn wait(self: Box<Self>) -> Result<String, NetworkError> {
        let tokens = self
            .begun
            .wait(PATIENCE)
            .await
            .map_err(|error| match error {
                SignInError::ClockOff { here, there } => clock_off(here, there, &self.zone),
                error => of_sign_in(&error),
            })?;
        self.vault
            .save(&tokens)
            .map_err(|error| of_sign_in(&error.into()))?;
        Ok(tokens.resident().to_owned())
    }
}

/// Both times by the city's zone, so that they can be compared.
fn clock_off(here: Timestamp, there: Timestamp, zone: &TimeZone) -> NetworkError {
    let said = |at: Timestamp| {
        let at = at.to_zoned(zone.clone());
        let time = at.strftime("%H:%M").to_string();
        vekha_words::day_at(at.date(), &time)
    };
    let words = vekha_words::filled(
        "network-clock-off",
        &[("here", &said(here)), ("there", &said(there))],
    );
    NetworkError::saying("clock-off", words)
}

fn of_manifest(error: &ManifestError) -> NetworkError {
    tracing::info!(%error, "a city could not be added");
    match error {
        ManifestError::City(error) => error.into(),
        ManifestError::Address(crate::AddressError::NotAnAddress(_)) => {
            NetworkError::of("not-an-address")
        }
        ManifestError::Address(crate::AddressError::NotEncrypted(_)) => {
            NetworkError::of("not-encrypted")
        }
        ManifestError::NotACity(_) | ManifestError::NothingOffered => {
            NetworkError::of("not-a-city")
        }
        ManifestError::TooNew(_) => NetworkError::of("too-new"),
    }
}

fn of_sign_in(error: &SignInError) -> NetworkError {
    tracing::info!(%error, "a sign-in did not end well");
    match error {
        SignInError::City(error) => error.into(),
        SignInError::Address(error) => of_manifest(&ManifestError::Address(error.clone())),
        SignInError::Vault(_) => NetworkError::of("no-keyring"),
        SignInError::Loopback(_) => NetworkError::of("no-loopback"),
        SignInError::Refused(_) => NetworkError::of("sign-in-refused"),
        SignInError::NotOurs(_) => NetworkError::of("sign-in-not-ours"),
        SignInError::BadToken(_) => NetworkError::of("clock"),
        SignInError::ClockOff { here, there } => clock_off(*here, *there, &TimeZone::UTC),
        SignInError::TimedOut => NetworkError::of("sign-in-timeout"),
    }
}
