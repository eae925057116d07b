use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{io::AsyncReadExt, net::TcpListener, task::JoinHandle};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// Somebody who pretends to be a city, with a certificate nobody vouches for.
pub struct Impostor {
    pub url: String,
    heard: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Impostor {
    /// # Panics
    /// No certificate or no port.
    pub async fn listening() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()])
            .expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a TLS server");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("https://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&heard);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(mut open) = acceptor.accept(stream).await {
                    let length = open.read(&mut [0; 64]).await.unwrap_or(0);
                    counted.fetch_add(length, Ordering::SeqCst);
                }
            }
        });
        Self { url, heard, task }
    }

    /// How many bytes anybody said to it.
    pub fn heard(&self) -> usize {
        self.heard.load(Ordering::SeqCst)
    }
}

impl Drop for Impostor {
    fn drop(&mut self) {
        self.task.abort();
    }
}
