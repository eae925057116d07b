use crate::{
    ManifestError, Session, SignIn, SignInError, StoredTokens, TokenVault, connect, fetch_manifest,
    revoke,
};
use async_trait::async_trait;
use jiff::{Timestamp, tz::TimeZone};
use reqwest::Client;
use std::{sync::Arc, time::Duration};
use vekha_model::{ResidentId, Text};
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

    async fn sign_out(&self) -> Result<(), NetworkError> {
        let told = match self.vault.load() {
            Ok(Some(tokens)) => revoke(&self.http, &tokens).await,
            _ => Ok(()),
        };
        if let Err(error) = told {
            tracing::info!(%error, "the city could not be told of the sign-out");
        }
        self.vault
            .delete()
            .map_err(|error| of_sign_in(&error.into()))
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

fn told(code: &str, ru: &str, en: &str) -> NetworkError {
    NetworkError {
        code: code.to_owned(),
        words: Text::new(ru, en),
    }
}

/// Both times by the city's zone, so that they can be compared.
fn clock_off(here: Timestamp, there: Timestamp, zone: &TimeZone) -> NetworkError {
    let said = |at: Timestamp| {
        let at = at.to_zoned(zone.clone());
        (
            at.strftime("%d.%m.%Y %H:%M").to_string(),
            at.strftime("%-d %B %Y, %H:%M").to_string(),
        )
    };
    let ((here_ru, here_en), (there_ru, there_en)) = (said(here), said(there));
    told(
        "clock-off",
        &format!(
            "Часы этого устройства расходятся с городскими: здесь {here_ru}, у города {there_ru}. Исправьте дату и время устройства и войдите снова."
        ),
        &format!(
            "This device's clock differs from the city's: here it is {here_en}, in the city {there_en}. Set the device's date and time right and sign in again."
        ),
    )
}

fn of_manifest(error: &ManifestError) -> NetworkError {
    tracing::info!(%error, "a city could not be added");
    match error {
        ManifestError::City(error) => error.into(),
        ManifestError::Address(crate::AddressError::NotAnAddress(_)) => told(
            "not-an-address",
            "Это не похоже на адрес города. Пример: city.example.ru",
            "This does not look like a city's address. Example: city.example.org",
        ),
        ManifestError::Address(crate::AddressError::NotEncrypted(_)) => told(
            "not-encrypted",
            "Соединение с этим адресом не защищено, поэтому приложение туда не ходит. Спросите у города адрес, который начинается с https.",
            "The connection to this address is not protected, so the app does not use it. Ask the city for an address that begins with https.",
        ),
        ManifestError::NotACity(_) | ManifestError::NothingOffered => told(
            "not-a-city",
            "По этому адресу нет города, к которому можно подключиться. Проверьте адрес.",
            "There is no city to connect to at this address. Please check it.",
        ),
        ManifestError::TooNew(_) => told(
            "too-new",
            "Город работает с более новой версией приложения. Обновите приложение.",
            "The city needs a newer version of the app. Please update it.",
        ),
    }
}

fn of_sign_in(error: &SignInError) -> NetworkError {
    tracing::info!(%error, "a sign-in did not end well");
    match error {
        SignInError::City(error) => error.into(),
        SignInError::Address(error) => of_manifest(&ManifestError::Address(error.clone())),
        SignInError::Vault(_) => told(
            "no-keyring",
            "Хранилище паролей этого компьютера недоступно, поэтому вход негде сохранить. Разблокируйте его и войдите снова.",
            "This computer's keyring is not available, so the sign-in cannot be kept. Unlock it and sign in again.",
        ),
        SignInError::Loopback(_) => told(
            "no-loopback",
            "Компьютер не даёт приложению дождаться браузера. Закройте лишние программы и попробуйте ещё раз.",
            "This computer does not let the app wait for the browser. Close other programs and try again.",
        ),
        SignInError::Refused(_) => told(
            "sign-in-refused",
            "Вход не завершён. Вы можете попробовать ещё раз.",
            "The sign-in was not finished. You can try again.",
        ),
        SignInError::NotOurs(_) => told(
            "sign-in-not-ours",
            "Ответ пришёл не от этого входа, он не использован. Начните вход заново.",
            "The answer did not belong to this sign-in and was not used. Please start again.",
        ),
        SignInError::BadToken(_) => told(
            "clock",
            "Город не подтвердил вход. Проверьте дату и время на этом устройстве.",
            "The city's answer does not hold. Please check the date and time of this device.",
        ),
        SignInError::ClockOff { here, there } => clock_off(*here, *there, &TimeZone::UTC),
        SignInError::TimedOut => told(
            "sign-in-timeout",
            "Мы не дождались ответа из браузера. Начните вход заново.",
            "The browser did not come back in time. Please start again.",
        ),
    }
}
