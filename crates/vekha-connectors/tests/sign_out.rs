//! Who signs out is signed out at once, whatever the city does.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod vault;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, time::timeout};
use vault::Vault;
use vekha_connectors::{HttpNetwork, StoredTokens, TokenVault, http_client};
use vekha_protocol::Network;

/// Somebody signed in at a city that takes calls and never answers.
async fn at_a_silent_city() -> (TcpListener, Arc<Vault>, HttpNetwork) {
    let city = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tokens = StoredTokens {
        issuer: format!("http://{}", city.local_addr().unwrap()),
        client_id: "vekha-app".to_owned(),
        access: "access".to_owned(),
        refresh: Some("refresh".to_owned()),
        expires_at: None,
        subject: "anna".to_owned(),
        patient: None,
    };
    let vault = Arc::new(Vault(Mutex::new(Some(tokens))));
    let network = HttpNetwork::new(http_client().unwrap(), vault.clone());
    (city, vault, network)
}

const SOON: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_city_that_does_not_answer_is_told_and_not_waited_for() {
    let (city, vault, network) = at_a_silent_city().await;
    network.sign_out(true).unwrap();
    assert_eq!(vault.load().unwrap(), None, "nothing is left here");
    let told = timeout(SOON, city.accept()).await;
    assert!(told.is_ok(), "the city is told");
}

#[tokio::test]
async fn who_works_without_the_network_signs_out_without_it() {
    let (city, vault, network) = at_a_silent_city().await;
    network.sign_out(false).unwrap();
    assert_eq!(vault.load().unwrap(), None);
    let told = timeout(Duration::from_secs(1), city.accept()).await;
    assert!(told.is_err(), "not one request");
}
