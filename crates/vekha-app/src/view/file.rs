use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file to keep, not written yet: a browser saves it itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TextFile {
    pub name: String,
    pub text: String,
}

/// Where a file was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SavedFile {
    pub path: String,
}
