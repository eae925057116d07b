//! A server whose certificate nobody vouches for: said as what it is, and never taken for a missing network.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{io::AsyncReadExt, net::TcpListener};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use vekha_connectors::{ManifestError, fetch_manifest, http_client};
use vekha_protocol::CityError;

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_told_from_a_missing_network() {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let read = Arc::new(AtomicUsize::new(0));
    let counted = read.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            if let Ok(mut open) = acceptor.accept(stream).await {
                let mut bytes = [0; 64];
                let length = open.read(&mut bytes).await.unwrap_or(0);
                counted.fetch_add(length, Ordering::SeqCst);
            }
        }
    });

    let refused = fetch_manifest(&http_client().unwrap(), &address).await;
    assert!(
        matches!(refused, Err(ManifestError::City(CityError::Untrusted(_)))),
        "{refused:?}"
    );
    assert_eq!(
        read.load(Ordering::SeqCst),
        0,
        "not one byte was said to it"
    );
}

#[tokio::test]
async fn a_city_that_is_not_there_is_offline() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let missing = fetch_manifest(&http_client().unwrap(), &nobody).await;
    assert!(
        matches!(missing, Err(ManifestError::City(CityError::Offline(_)))),
        "{missing:?}"
    );
}
