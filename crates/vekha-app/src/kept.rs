use crate::view::Settings;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, path::Path};
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
    /// Whose word `settings.news` is; absent where nobody ever said it.
    pub news_said: Option<NewsSaid>,
    /// The resident's own switch.
    pub offline: bool,
    /// How far the city's clock is ahead of this device's, in seconds; 0 where they agree.
    pub clock_offset: i64,
    /// The keys the city's catalogue is trusted by, as they were when the city was connected.
    pub keys: BTreeMap<String, String>,
    /// The version of the city's catalogue taken over last; an older one is refused.
    pub catalogue_version: Option<String>,
}

/// Who said on this device how hard news is to be told, and when, by the city's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsSaid {
    pub by: ResidentId,
    pub at: Timestamp,
}

impl Kept {
    /// What the city's clock shows when this device's shows `device`.
    pub fn in_city_time(&self, device: Timestamp) -> Timestamp {
        let offset = SignedDuration::from_secs(self.clock_offset);
        device.saturating_add(offset).unwrap_or(device)
    }

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
