//! The window opens first; the city and the store are opened behind it, and every command waits for them.

use crate::{host::Desktop, window};
use std::{path::PathBuf, sync::Arc};
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::watch;
use vekha_app::{App, CommandError};

type Started = Option<Result<Arc<App>, CommandError>>;

/// The app, once it is there.
pub struct Ready {
    started: watch::Receiver<Started>,
}

impl Ready {
    pub fn begin(handle: AppHandle) -> Self {
        let (tell, started) = watch::channel(None);
        tauri::async_runtime::spawn(async move {
            let app = start(&handle).await;
            if let Err(error) = &app {
                tracing::error!(%error, "Vekha could not start");
            }
            let running = app.clone().ok();
            tell.send_replace(Some(app));
            if let Some(app) = running {
                forward(&handle, &app).await;
            }
        });
        Self { started }
    }

    pub async fn app(&self) -> Result<Arc<App>, CommandError> {
        let mut started = self.started.clone();
        let there = started.wait_for(Option::is_some).await;
        match there.as_deref() {
            Ok(Some(app)) => app.clone(),
            _ => Err(CommandError::inside(&"the start was given up")),
        }
    }
}

async fn start(handle: &AppHandle) -> Result<Arc<App>, CommandError> {
    let data = data_folder(handle)?;
    let demo = demo_city(handle, &data).await?;
    let host = Arc::new(Desktop::new(handle.clone(), demo)?);
    let auto = host.auto.clone();
    let app = App::start(host, &data).await?;
    greet(&app, auto).await;
    Ok(app)
}

/// The built-in city gets a new address now and then; a first start signs its first resident in.
async fn greet(app: &Arc<App>, auto: Option<String>) {
    let address = std::env::var("VEKHA_CITY").unwrap_or_else(|_| "demo".into());
    let session = app
        .call("session", serde_json::json!({}))
        .await
        .unwrap_or_default();
    let demo = session["city"]["demo"] == true;
    let first = session["state"] == "no_city" && (auto.is_some() || address != "demo");
    if (first || (demo && address == "demo"))
        && let Err(error) = app
            .call("connect_city", serde_json::json!({ "address": address }))
            .await
    {
        tracing::warn!(%error, "the city was not connected");
        return;
    }
    let signed_out = matches!(session["state"].as_str(), Some("no_city" | "signed_out"));
    if let (true, Some(resident)) = (signed_out, auto)
        && let Err(error) = app
            .call("sign_in", serde_json::json!({ "login_hint": resident }))
            .await
    {
        tracing::warn!(%error, "the demo resident was not signed in");
    }
}

pub fn data_folder(handle: &AppHandle) -> Result<PathBuf, CommandError> {
    match std::env::var_os("VEKHA_DATA_DIR") {
        Some(folder) => Ok(folder.into()),
        None => handle
            .path()
            .app_data_dir()
            .map_err(|error| CommandError::inside(&error)),
    }
}

#[cfg(feature = "demo-city")]
async fn demo_city(
    handle: &AppHandle,
    data: &std::path::Path,
) -> Result<Option<String>, CommandError> {
    if std::env::var("VEKHA_CITY").is_ok_and(|city| city != "demo") {
        return Ok(None);
    }
    let running = crate::demo::start(data)
        .await
        .map_err(|error| CommandError::inside(&error))?;
    let url = running.url.clone();
    println!("The demo city listens on {url} (operator page: {url}/operator)");
    handle.manage(running);
    Ok(Some(url))
}

#[cfg(not(feature = "demo-city"))]
async fn demo_city(_: &AppHandle, _: &std::path::Path) -> Result<Option<String>, CommandError> {
    Ok(None)
}

/// Tells the window what to read again.
async fn forward(handle: &AppHandle, app: &Arc<App>) {
    let mut events = app.events();
    window::stale(handle, &["session", "today", "path", "calendar", "me"]);
    loop {
        let told = match events.recv().await {
            Ok(tags) => handle.emit("stale", serde_json::json!({ "tags": tags })),
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {
                window::stale(handle, &["session", "today", "path", "calendar", "me"]);
                Ok(())
            }
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        };
        if let Err(error) = told {
            tracing::warn!(%error, "the window could not be told what changed");
        }
    }
}
