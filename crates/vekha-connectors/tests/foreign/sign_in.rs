//! Signing in at a provider of other makers (npm `oidc-provider`), as real as it comes.

use crate::{makers::Provider, vault::Vault};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use vekha_connectors::{
    HttpNetwork, Session, SignIn, SignInError, StoredTokens, TokenVault, http_client, revoke,
};
use vekha_protocol::{CityError, Network, NetworkError};

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
    let signing_in = network
        .sign_in(&provider.manifest(&provider.offer.issuer), None)
        .await
        .unwrap();
    let address = signing_in.authorize_url();
    let (outcome, ()) = tokio::join!(signing_in.wait(), provider.visit(&address, "anna"));
    assert_eq!(vault.load().unwrap(), None, "nothing of it is kept");
    outcome.unwrap_err()
}

fn year_in(days: i64) -> String {
    let then = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    format!(" {}, ", then.strftime("%Y"))
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
