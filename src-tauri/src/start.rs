//! The device's own data is opened while the window is being made, and every command waits for it. The city is asked, and
//! the built-in one started, behind that.

use crate::{host::Desktop, window};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tauri::{AppHandle, Manager};
use tokio::sync::{broadcast, watch};
use vekha_app::{App, CommandError, Tag};

type Started = Option<Result<Arc<App>, CommandError>>;

/// The app, once it is there.
pub struct Ready {
    started: watch::Receiver<Started>,
}

impl Ready {
    pub fn begin(handle: AppHandle) -> Self {
        let (tell, started) = watch::channel(None);
        tauri::async_runtime::spawn(async move {
            let (app, auto) = match start(&handle).await {
                Ok((app, auto)) => (app, auto),
                Err(error) => {
                    tracing::error!(%error, "Vekha could not start");
                    tell.send_replace(Some(Err(error)));
                    return;
                }
            };
            // Heard from the first moment on: what changes while the window asks is told to it.
            let events = app.events();
            // Only a first start has nothing to show before the city was asked.
            if read(&app).await["state"] == "no_city" {
                greet(&app, auto).await;
            } else {
                let app = Arc::clone(&app);
                tauri::async_runtime::spawn(async move { greet(&app, auto).await });
            }
            tell.send_replace(Some(Ok(app)));
            forward(&handle, events).await;
        });
        Self { started }
    }

    /// Leaves nothing open on the device; a start still under way has nothing to lose.
    pub fn end(&self) {
        if let Some(Ok(app)) = self.started.borrow().as_ref() {
            app.end();
        }
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

async fn start(handle: &AppHandle) -> Result<(Arc<App>, Option<String>), CommandError> {
    let data = data_folder(handle)?;
    let demo = demo_city(handle, &data)?;
    let host = Arc::new(Desktop::new(handle.clone(), &data, demo)?);
    let auto = host.auto.clone();
    Ok((App::start(host, &data).await?, auto))
}

async fn read(app: &Arc<App>) -> serde_json::Value {
    let session = app.call("session", serde_json::json!({})).await;
    session.unwrap_or_default()
}

/// The built-in city gets a new address now and then; a first start signs its first resident in.
async fn greet(app: &Arc<App>, auto: Option<String>) {
    let address = std::env::var("VEKHA_CITY").unwrap_or_else(|_| "demo".into());
    let session = read(app).await;
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

/// The address of the built-in city, which starts behind it.
#[cfg(feature = "demo-city")]
fn demo_city(handle: &AppHandle, data: &Path) -> Result<Option<String>, CommandError> {
    if std::env::var("VEKHA_CITY").is_ok_and(|city| city != "demo") {
        return Ok(None);
    }
    let demo = crate::demo::Demo::begin(data).map_err(|error| CommandError::inside(&error))?;
    let url = demo.url();
    println!("The demo city listens on {url} (operator page: {url}/operator)");
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        match demo.start().await {
            // Kept as long as the window; dropped, it ends.
            Ok(running) => {
                handle.manage(running);
            }
            Err(error) => tracing::error!(%error, "the demo city did not start"),
        }
    });
    Ok(Some(url))
}

#[cfg(not(feature = "demo-city"))]
fn demo_city(_: &AppHandle, _: &Path) -> Result<Option<String>, CommandError> {
    Ok(None)
}

/// Tells the window what to read again.
async fn forward(handle: &AppHandle, mut events: broadcast::Receiver<Vec<Tag>>) {
    loop {
        match events.recv().await {
            Ok(tags) => window::stale(handle, &tags),
            Err(broadcast::error::RecvError::Lagged(_)) => window::all_stale(handle),
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}
