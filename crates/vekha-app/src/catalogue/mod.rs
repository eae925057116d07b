//! The city's signed catalogue on the device. What cannot be trusted is never planned with: the last good one stays in
//! force, then the one this program was built with, and the resident is told.

mod open;
mod refresh;
mod words;

pub use open::{open, open_again};
pub use refresh::refresh;

use std::path::{Path, PathBuf};

/// Where the pack of a city is kept: as the city sent it, for its signature is checked at every start.
fn file(data: &Path, city: &str) -> PathBuf {
    let name = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, city.as_bytes());
    folder(data).join(format!("{}.jws", name.simple()))
}

pub fn folder(data: &Path) -> PathBuf {
    data.join("catalogue")
}
