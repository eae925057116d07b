//! One window to a data folder. A second start brings the first window forward and ends with words.

use crate::{start::data_folder, window};
use std::{
    env,
    hash::{DefaultHasher, Hash, Hasher},
};
use tauri::{
    AppHandle, Builder, Wry,
    plugin::{self, TauriPlugin},
};
use vekha_app::{App, Text};

/// Stands before all else, for a second instance is to end before it opens anything.
pub fn only(builder: Builder<Wry>) -> Builder<Wry> {
    let first = tauri_plugin_single_instance::Builder::new()
        .callback(|handle, _, _| window::to_front(handle))
        .dbus_id(name())
        .build();
    builder.plugin(tell()).plugin(first)
}

/// The plugin ends a second instance without a word, so they are said before it looks.
fn tell() -> TauriPlugin<Wry> {
    plugin::Builder::new("say-already-open")
        .setup(|handle, _| {
            if is_second(handle) {
                say(&vekha_words::text("window-in-front"));
            }
            Ok(())
        })
        .build()
}

/// Whoever comes here as the second could not reach the first: no session bus, or another session.
pub fn end_if_second(handle: &AppHandle) {
    if is_second(handle) {
        say(&vekha_words::text("window-elsewhere"));
        std::process::exit(1);
    }
}

/// In both languages: which one is read here is not known yet.
fn say(text: &Text) {
    eprintln!("{}\n{}", text.ru, text.en);
}

fn is_second(handle: &AppHandle) -> bool {
    data_folder(handle).is_ok_and(|folder| App::is_open(&folder))
}

/// Another data folder is another Vekha: two accounts side by side, or tests.
fn name() -> String {
    match env::var_os("VEKHA_DATA_DIR") {
        None => "app.vekha".to_owned(),
        Some(folder) => {
            let mut hasher = DefaultHasher::new();
            std::path::absolute(&folder)
                .unwrap_or_else(|_| folder.into())
                .hash(&mut hasher);
            format!("app.vekha.in_{:016x}", hasher.finish())
        }
    }
}
