//! The built-in city: the same server a real city would run, on this machine only.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};
use vekha_city::{Config, Running, StartError, serve};

/// Starts the demo city on the port it had before, so that a sign-in stays good; on another one if that is taken.
///
/// # Errors
/// The data folder cannot be used.
pub async fn start(data: &Path) -> Result<Running, StartError> {
    let folder = data.join("city");
    let kept = folder.join("port");
    let port = fs::read_to_string(&kept)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0);
    let now = std::env::var("VEKHA_DEMO_NOW")
        .ok()
        .and_then(|text| text.parse().ok());
    let config = |port| Config {
        demo: true,
        now,
        ..Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), &folder)
    };
    let running = match serve(config(port)).await {
        Err(StartError::Listen(..)) if port != 0 => serve(config(0)).await?,
        other => other?,
    };
    if let Some((_, port)) = running.url.rsplit_once(':')
        && let Err(error) = fs::write(&kept, port)
    {
        tracing::warn!(%error, "the demo city will have another address next time");
    }
    Ok(running)
}
