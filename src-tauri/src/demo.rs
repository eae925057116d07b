//! The built-in city: the same server a real city would run, on this machine only.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};
use vekha_city::{Config, Running, StartError, serve};

/// A demo city that has an address already and is not started yet: who calls meanwhile waits a moment.
pub struct Demo {
    folder: PathBuf,
    listener: TcpListener,
    address: SocketAddr,
}

impl Demo {
    /// Takes the port it had before, so that a sign-in stays good; another one if that is taken.
    ///
    /// # Errors
    /// The data folder cannot be used.
    pub fn begin(data: &Path) -> io::Result<Self> {
        let folder = data.join("city");
        fs::create_dir_all(&folder)?;
        let kept = folder.join("port");
        let port = fs::read_to_string(&kept)
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(0);
        let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = bind(port).or_else(|_| bind(0))?;
        let address = listener.local_addr()?;
        if let Err(error) = fs::write(&kept, address.port().to_string()) {
            tracing::warn!(%error, "the demo city will have another address next time");
        }
        Ok(Self {
            folder,
            listener,
            address,
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// # Errors
    /// The city's own data cannot be used.
    pub async fn start(self) -> Result<Running, StartError> {
        let now = std::env::var("VEKHA_DEMO_NOW")
            .ok()
            .and_then(|text| text.parse().ok());
        serve(Config {
            demo: true,
            now,
            listener: Some(Arc::new(self.listener)),
            ..Config::new(self.address, &self.folder)
        })
        .await
    }
}
