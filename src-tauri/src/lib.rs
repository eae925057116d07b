//! The shell: the window, the notifications, the keyring, and the built-in demo city. Everything else is a command.

#[cfg(feature = "demo-city")]
mod demo;
mod host;
mod instance;
mod notify;
mod rpc;
mod start;
mod window;

use start::Ready;
use std::process::ExitCode;
use tauri::{Manager, RunEvent};
use tracing_subscriber::EnvFilter;

/// Runs until the window is closed.
pub fn run() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let built = instance::only(tauri::Builder::default())
        .invoke_handler(tauri::generate_handler![rpc::command])
        .setup(|app| {
            instance::end_if_second(app.handle());
            // First, for the window's making leaves the processor room for it.
            app.manage(Ready::begin(app.handle().clone()));
            window::open(app)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|handle, event| {
                if let (RunEvent::Exit, Some(ready)) = (event, handle.try_state::<Ready>()) {
                    ready.end();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Vekha could not open its window: {error}");
            ExitCode::FAILURE
        }
    }
}
