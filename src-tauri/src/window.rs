use tauri::{App, AppHandle, Emitter, Manager, WebviewWindowBuilder};
use vekha_app::Tag;

const MAIN: &str = "main";

/// Opens the one window as `tauri.conf.json` describes it.
pub fn open(app: &App) -> tauri::Result<()> {
    if let Some(config) = app.config().app.windows.iter().find(|it| it.label == MAIN) {
        WebviewWindowBuilder::from_config(app.handle(), config)?
            .on_document_title_changed(|window, title| {
                if let Err(error) = window.set_title(&title) {
                    tracing::debug!(%error, "the window keeps its title");
                }
            })
            .build()?;
    }
    Ok(())
}

/// Brings the window to the front; one that is gone stays gone.
pub fn to_front(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(MAIN) else {
        return;
    };
    for done in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = done {
            tracing::debug!(%error, "the window did not come to the front");
        }
    }
}

/// Tells the window what to read again.
pub fn stale(handle: &AppHandle, tags: &[Tag]) {
    if let Err(error) = handle.emit("stale", serde_json::json!({ "tags": tags })) {
        tracing::warn!(%error, "the window could not be told what changed");
    }
}

pub fn all_stale(handle: &AppHandle) {
    stale(
        handle,
        &[Tag::Session, Tag::Today, Tag::Path, Tag::Calendar, Tag::Me],
    );
}
