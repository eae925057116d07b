use serde::{Deserialize, Serialize};

/// A part of what is shown that a write made stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    Session,
    Today,
    Path,
    Calendar,
    Me,
}

impl Tag {
    /// What a record of this kind is shown on.
    pub(crate) fn of_kind(kind: &str) -> &'static [Self] {
        match kind {
            "access" => &[Self::Me],
            "resident" => &[
                Self::Session,
                Self::Today,
                Self::Path,
                Self::Calendar,
                Self::Me,
            ],
            _ => &[Self::Today, Self::Path, Self::Calendar, Self::Me],
        }
    }
}
