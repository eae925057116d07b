use crate::view::Settings;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};
use vekha_model::ResidentId;
use vekha_protocol::Manifest;

const FILE: &str = "account.json";

/// What is known before the encrypted store is open: which city, which account, how to look. Nothing about a life.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub address: Option<String>,
    pub manifest: Option<Manifest>,
    pub resident: Option<ResidentId>,
    pub settings: Settings,
    /// The resident's own switch.
    pub offline: bool,
}

impl Kept {
    pub fn read(data: &Path) -> Self {
        let text = fs::read_to_string(data.join(FILE)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Written beside and moved over, so that a full disk or a crash leaves the old one.
    pub fn write(&self, data: &Path) -> std::io::Result<()> {
        let beside = data.join("account.new");
        fs::write(&beside, serde_json::to_vec_pretty(self)?)?;
        fs::rename(beside, data.join(FILE))
    }
}
