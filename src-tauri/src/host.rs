//! What the desktop gives the app: browser, keyring, notifications, the window.

use crate::{
    notify::{Notifier, Shown},
    start::Ready,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tauri::{AppHandle, Emitter, Manager};
use vekha_app::{CommandError, Host, Network, Notification};
use vekha_connectors::{
    HttpClient, HttpNetwork, Keyring, SecretError, SecretPlace, follow_quietly,
};

/// Tokens and the database key live in the operating system's keyring, nowhere else.
const SERVICE: &str = "app.vekha";

pub struct Desktop {
    pub handle: AppHandle,
    pub network: Arc<HttpNetwork>,
    pub keyring: Arc<Keyring>,
    pub http: HttpClient,
    pub demo: Option<String>,
    /// The demo resident who is signed in without a browser at the first start.
    pub auto: Option<String>,
    pub notifier: Notifier,
}

impl Desktop {
    pub fn new(handle: AppHandle, data: &Path, demo: Option<String>) -> Result<Self, CommandError> {
        let http = vekha_connectors::http_client().map_err(|error| CommandError::inside(&error))?;
        let keyring = Arc::new(Keyring::of(SERVICE, data).map_err(CommandError::of_disk)?);
        Ok(Self {
            handle,
            network: Arc::new(HttpNetwork::new(http.clone(), keyring.clone())),
            keyring,
            http,
            auto: demo
                .as_ref()
                .and_then(|_| std::env::var("VEKHA_AUTO_SIGN_IN").ok())
                .filter(|it| !it.is_empty()),
            demo,
            notifier: Notifier::default(),
        })
    }
}

impl Host for Desktop {
    fn network(&self) -> Arc<dyn Network> {
        self.network.clone()
    }

    fn demo_city(&self) -> Option<String> {
        self.demo.clone()
    }

    fn open_url(&self, url: &str) -> Result<(), CommandError> {
        let sign_in = self.demo.as_ref().is_some_and(|city| {
            url.strip_prefix(city.as_str())
                .is_some_and(|path| path.starts_with("/authorize"))
        });
        let auto = self.auto.clone().filter(|_| sign_in);
        let (Some(resident), Ok(address)) = (auto, url.parse()) else {
            return tauri_plugin_opener::open_url(url, None::<&str>)
                .map_err(|_| CommandError::of("no-browser"));
        };
        let http = self.http.clone();
        tauri::async_runtime::spawn(async move {
            if let Err(error) = follow_quietly(&http, &address, &resident).await {
                tracing::warn!(%error, "the demo resident could not be signed in");
            }
        });
        Ok(())
    }

    fn come_forward(&self) {
        crate::window::to_front(&self.handle);
    }

    fn secret(&self, name: &str) -> Result<Option<String>, CommandError> {
        self.keyring.get(name).map_err(|error| no_keyring(&error))
    }

    fn set_secret(&self, name: &str, value: &str) -> Result<(), CommandError> {
        let kept = self.keyring.set(name, value);
        kept.map_err(|error| no_keyring(&error))
    }

    fn delete_secret(&self, name: &str) -> Result<(), CommandError> {
        SecretPlace::delete(self.keyring.as_ref(), name).map_err(|error| no_keyring(&error))
    }

    fn unlock(&self, _passphrase: &str) -> Result<(), CommandError> {
        // The desktop's keyring asks for its own password.
        Ok(())
    }

    fn notify(&self, notification: Notification) {
        let handle = self.handle.clone();
        let hash = notification.hash;
        let pressed = move |tag: String, action: String| pressed(&handle, &hash, tag, action);
        let shown = Shown {
            tag: notification.tag,
            app: notification.app,
            title: notification.title,
            body: notification.body,
            open: notification.open,
            actions: notification.actions,
        };
        self.notifier.show(shown, Arc::new(pressed));
    }

    fn retract(&self, tag: &str) {
        self.notifier.retract(tag);
    }

    fn downloads(&self) -> PathBuf {
        let path = self.handle.path();
        path.download_dir()
            .or_else(|_| path.home_dir())
            .unwrap_or_else(|_| std::env::temp_dir())
    }
}

/// Accept answers without opening anything; the body opens the card, another time its times.
fn pressed(handle: &AppHandle, hash: &str, tag: String, action: String) {
    if action == "open" || action == "change" {
        crate::window::to_front(handle);
        let hash = match action.as_str() {
            "change" => hash.replacen("#/card/", "#/times/", 1),
            _ => hash.to_owned(),
        };
        if let Err(error) = handle.emit("open", serde_json::json!({ "hash": hash })) {
            tracing::warn!(%error, "the window could not be told what to open");
        }
    }
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let args = serde_json::json!({ "tag": tag, "action": action });
        let answered = match handle.state::<Ready>().app().await {
            Ok(app) => app.call("notification_action", args).await.map(|_| ()),
            Err(error) => Err(error),
        };
        if let Err(error) = answered {
            tracing::warn!(%error, "a pressed notification changed nothing");
        }
    });
}

fn no_keyring(error: &SecretError) -> CommandError {
    tracing::warn!(%error, "the keyring did not answer");
    CommandError::of("no-keyring")
}
