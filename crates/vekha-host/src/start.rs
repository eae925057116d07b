use crate::{
    guard::Guard,
    host::{Headless, said},
    secrets::Locker,
    server::router,
};
use axum::serve::ListenerExt;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngCore;
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use tokio::{net::TcpListener, task::JoinHandle};
use vekha_app::{App, CommandError};
use vekha_connectors::{HttpNetwork, http_client};

/// How a host is started.
#[derive(Debug, Clone)]
pub struct Config {
    pub data: PathBuf,
    /// Loopback only; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// The city to connect to where none is kept yet.
    pub city: Option<String>,
    /// The folder with the built UI.
    pub ui: Option<PathBuf>,
    /// Opens secrets sealed by a passphrase; without it the OS keyring is used.
    pub passphrase: Option<Passphrase>,
}

/// How the passphrase is given.
#[derive(Clone)]
pub enum Passphrase {
    /// At the start, by the environment.
    Now(String),
    /// Later, by the `unlock` command.
    Later,
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("vekha-host listens on this machine only (127.0.0.1), not on {0}")]
    NotLoopback(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    #[error("{}", .0.message.en)]
    App(CommandError),
    #[error("{0}")]
    Inside(String),
}

/// A host that serves until this is dropped.
pub struct Running {
    /// Without the token.
    pub url: String,
    pub token: String,
    pub app: Arc<App>,
    server: JoinHandle<()>,
}

impl Running {
    /// The address to open in a browser.
    pub fn address(&self) -> String {
        format!("{}/?token={}", self.url, self.token)
    }

    /// Returns when the server has ended.
    pub async fn ended(&mut self) {
        if let Err(error) = (&mut self.server).await {
            tracing::error!(%error, "the server ended");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Opens the app and serves it.
///
/// # Errors
/// See [`StartError`].
pub async fn start(config: Config) -> Result<Running, StartError> {
    if !config.listen.ip().is_loopback() {
        return Err(StartError::NotLoopback(config.listen));
    }
    let listen = |error| StartError::Listen(config.listen, error);
    let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    std::fs::create_dir_all(&config.data).map_err(|error| StartError::Inside(error.to_string()))?;
    let locker = match &config.passphrase {
        None => {
            Locker::keyring(&config.data).map_err(|error| StartError::Inside(error.to_string()))?
        }
        Some(given) => {
            let locker = Locker::sealed(&config.data);
            if let Passphrase::Now(passphrase) = given {
                locker
                    .unlock(passphrase)
                    .map_err(|error| StartError::App(said(error)))?;
            }
            locker
        }
    };
    let locker = Arc::new(locker);
    let http = http_client().map_err(|error| StartError::Inside(error.to_string()))?;
    let host = Headless {
        network: Arc::new(HttpNetwork::new(http, locker.clone())),
        locker,
        folder: config.data.clone(),
    };
    let app = App::start(Arc::new(host), &config.data)
        .await
        .map_err(StartError::App)?;
    if let Some(city) = &config.city {
        let args = serde_json::json!({ "address": city });
        app.call("connect_city", args)
            .await
            .map_err(StartError::App)?;
    }
    let token = token();
    let guard = Guard {
        authority: address.to_string(),
        token: token.clone(),
    };
    let router = router(app.clone(), guard, config.ui);
    let server = tokio::spawn(async move {
        let listener = listener.tap_io(|socket| {
            if let Err(error) = socket.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY was not set");
            }
        });
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the server ended");
        }
    });
    Ok(Running {
        url: format!("http://{address}"),
        token,
        app,
        server,
    })
}

fn token() -> String {
    let mut bytes = [0; 24];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
