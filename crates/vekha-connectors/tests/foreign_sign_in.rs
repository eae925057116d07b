//! Signing in at a provider of other makers (npm `oidc-provider`), as real as it comes. Needs node and npm.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};
use vekha_connectors::{
    HttpNetwork, Session, SignIn, SignInError, StoredTokens, TokenVault, VaultError, http_client,
    revoke,
};
use vekha_protocol::{CityError, Manifest, Network, NetworkError, SignInOffer};

/// The provider, installed once under the target folder, started for one test.
struct Provider {
    process: Child,
    offer: SignInOffer,
    folder: PathBuf,
}

impl Drop for Provider {
    fn drop(&mut self) {
        if self.process.kill().is_ok() {
            self.process.wait().unwrap();
        }
    }
}

impl Provider {
    fn start() -> Self {
        Self::with_a_clock_ahead_by(0)
    }

    fn with_a_clock_ahead_by(seconds: i64) -> Self {
        let folder = installed();
        let mut process = Command::new("node")
            .args(["provider.mjs", &seconds.to_string()])
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut issuer = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut issuer)
            .unwrap();
        let offer = SignInOffer {
            issuer: issuer.trim().to_owned(),
            client_id: "vekha-app".into(),
            scopes: ["openid", "profile", "offline_access"]
                .map(String::from)
                .into(),
        };
        Self {
            process,
            offer,
            folder,
        }
    }

    async fn sign_in(&self, login: &str) -> Result<StoredTokens, SignInError> {
        let sign_in = SignIn::begin(&http_client().unwrap(), &self.offer, None).await?;
        let address = sign_in.authorize_url.to_string();
        let browser = self.visit(&address, login);
        tokio::join!(sign_in.wait(Duration::from_secs(30)), browser).0
    }

    /// What the resident does in the browser.
    async fn visit(&self, address: &str, login: &str) {
        let browser = tokio::process::Command::new("node")
            .args(["visit.mjs", address, login])
            .current_dir(&self.folder)
            .output();
        let browser = browser.await.unwrap();
        assert!(
            browser.status.success(),
            "{}",
            String::from_utf8_lossy(&browser.stdout)
        );
    }

    /// A city whose sign-in this is.
    fn manifest(&self) -> Manifest {
        serde_json::from_value(serde_json::json!({
            "vekha": 1, "id": "foreign", "name": {"ru": "Чужой"}, "zone": "Europe/Moscow",
            "sign_in": self.offer, "fhir": {"base": self.offer.issuer},
        }))
        .unwrap()
    }
}

fn installed() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign-sign-in");
    fs::create_dir_all(&folder).unwrap();
    let lock = File::create(folder.join(".lock")).unwrap();
    lock.lock().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign");
    let read = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
    let fresh = read(&ours) == read(&folder) && folder.join("node_modules/oidc-provider").exists();
    for name in ["package.json", "provider.mjs", "visit.mjs"] {
        fs::copy(ours.join(name), folder.join(name)).unwrap();
    }
    if !fresh {
        fs::copy(
            ours.join("package-lock.json"),
            folder.join("package-lock.json"),
        )
        .unwrap();
        let done = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .status()
            .unwrap();
        assert!(done.success(), "`npm ci` in {} failed", folder.display());
    }
    folder
}

#[derive(Default)]
struct Vault(Mutex<Option<StoredTokens>>);

impl TokenVault for Vault {
    fn load(&self) -> Result<Option<StoredTokens>, VaultError> {
        Ok(self.0.lock().unwrap().clone())
    }
    fn save(&self, tokens: &StoredTokens) -> Result<(), VaultError> {
        *self.0.lock().unwrap() = Some(tokens.clone());
        Ok(())
    }
    fn delete(&self) -> Result<(), VaultError> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }
}

fn session(tokens: StoredTokens) -> (Session, Arc<Vault>) {
    let vault = Arc::new(Vault(Mutex::new(Some(tokens.clone()))));
    (
        Session::new(http_client().unwrap(), vault.clone(), tokens),
        vault,
    )
}

/// As it will be in an hour.
fn expired(mut tokens: StoredTokens) -> StoredTokens {
    tokens.expires_at = Some(jiff::Timestamp::UNIX_EPOCH);
    tokens
}

#[tokio::test]
async fn a_resident_signs_in_at_a_provider_of_other_makers() {
    let provider = Provider::start();
    let tokens = provider.sign_in("anna").await.unwrap();
    assert_eq!(
        (tokens.subject.as_str(), tokens.resident()),
        ("anna", "anna")
    );
    assert!(tokens.refresh.is_some() && tokens.expires_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_requests_at_once_renew_an_expired_token_once() {
    let provider = Provider::start();
    let tokens = provider.sign_in("anna").await.unwrap();
    let (session, vault) = session(expired(tokens.clone()));
    let session = Arc::new(session);
    let asking: Vec<_> = (0..8)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.bearer().await.unwrap() })
        })
        .collect();
    let mut given = Vec::new();
    for it in asking {
        given.push(it.await.unwrap());
    }
    given.dedup();
    assert_eq!(given.len(), 1);
    assert_ne!(given[0], tokens.access);
    let kept = vault.load().unwrap().unwrap();
    assert_ne!(
        kept.refresh, tokens.refresh,
        "the refresh token was rotated and kept"
    );

    let (again, _) = self::session(expired(kept));
    again.bearer().await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_session_and_leaves_no_token_behind() {
    let provider = Provider::start();
    let tokens = provider.sign_in("anna").await.unwrap();
    let (first, _) = session(expired(tokens.clone()));
    first.bearer().await.unwrap();
    let (thief, vault) = session(expired(tokens));
    assert!(matches!(thief.bearer().await, Err(CityError::SignedOut)));
    assert_eq!(vault.load().unwrap(), None);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_provider() {
    let provider = Provider::start();
    let tokens = provider.sign_in("anna").await.unwrap();
    revoke(&http_client().unwrap(), &tokens).await.unwrap();
    let (session, _) = session(expired(tokens));
    assert!(matches!(session.bearer().await, Err(CityError::SignedOut)));
}

#[tokio::test]
async fn nobody_coming_back_from_the_browser_is_said_so() {
    let provider = Provider::start();
    let sign_in = SignIn::begin(&http_client().unwrap(), &provider.offer, None)
        .await
        .unwrap();
    let nobody = sign_in.wait(Duration::from_millis(50)).await;
    assert!(matches!(nobody, Err(SignInError::TimedOut)));
}

#[tokio::test]
async fn a_provider_that_cannot_be_reached_is_offline_not_an_error_of_the_resident() {
    let offer = {
        let provider = Provider::start();
        provider.offer.clone()
    };
    let begun = SignIn::begin(&http_client().unwrap(), &offer, None).await;
    assert!(matches!(
        begun,
        Err(SignInError::City(CityError::Offline(_)))
    ));
}

/// Signs in the way the app does, at a city that is as far ahead of this device.
async fn refused_by_a_clock_ahead_by(days: i64) -> NetworkError {
    let provider = Provider::with_a_clock_ahead_by(days * 86_400);
    let vault = Arc::new(Vault::default());
    let network = HttpNetwork::new(http_client().unwrap(), vault.clone());
    let signing_in = network.sign_in(&provider.manifest(), None).await.unwrap();
    let address = signing_in.authorize_url();
    let (outcome, ()) = tokio::join!(signing_in.wait(), provider.visit(&address, "anna"));
    assert_eq!(vault.load().unwrap(), None, "nothing of it is kept");
    outcome.unwrap_err()
}

fn year_in(days: i64) -> String {
    let then = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    format!(".{} ", then.strftime("%Y"))
}

#[tokio::test]
async fn a_device_whose_clock_is_years_behind_is_told_both_times() {
    let error = refused_by_a_clock_ahead_by(800).await;
    assert_eq!(error.code, "clock-off", "{error:?}");
    for days in [0, 800] {
        assert!(error.words.ru.contains(&year_in(days)), "{error:?}");
    }
}

#[tokio::test]
async fn a_device_whose_clock_is_years_ahead_is_told_both_times() {
    let error = refused_by_a_clock_ahead_by(-800).await;
    assert_eq!(error.code, "clock-off", "{error:?}");
    for days in [0, -800] {
        assert!(error.words.ru.contains(&year_in(days)), "{error:?}");
    }
}

#[tokio::test]
async fn four_minutes_between_two_clocks_are_nothing() {
    for seconds in [-240, 240] {
        let provider = Provider::with_a_clock_ahead_by(seconds);
        provider.sign_in("anna").await.unwrap();
    }
}
