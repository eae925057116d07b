//! The least a Tauri window can do: the yardstick of `benches/startup.mjs`. Never shipped.

fn main() {
    let ran = tauri::Builder::default().run(tauri::generate_context!(
        "benches/empty_window/tauri.conf.json"
    ));
    if let Err(error) = ran {
        eprintln!("the empty window did not open: {error}");
    }
}
