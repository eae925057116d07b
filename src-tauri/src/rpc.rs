use crate::start::Ready;
use serde_json::Value;
use tauri::State;
use vekha_app::CommandError;

/// The one door from the window: every command by its name.
#[tauri::command]
pub async fn command(
    name: String,
    args: Option<Value>,
    ready: State<'_, Ready>,
) -> Result<Value, CommandError> {
    let app = ready.app().await?;
    app.call(&name, args.unwrap_or_else(|| serde_json::json!({})))
        .await
}
