use jiff::civil;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{Language, Resident, Text};

/// Everything the frame of the window needs, whatever the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Session {
    pub state: SessionState,
    pub city: Option<CityCard>,
    /// Whether `connect_city {address: "demo"}` leads anywhere.
    pub demo_offered: bool,
    pub resident: Option<Resident>,
    pub residents: Vec<Resident>,
    pub language: Language,
    pub theme: Theme,
    pub offline: bool,
    /// When the city was last heard in full (RFC 3339).
    pub as_of: Option<String>,
    pub syncing: Option<SyncProgress>,
    /// Actions the city does not have yet.
    pub waiting: u32,
    /// The city's time where the clocks differ; every other time here is on the same clock.
    pub now: String,
    pub problem: Option<SessionProblem>,
    /// What the city does not do just now, though it can be reached.
    pub failing: Vec<Service>,
    /// Where the sign-in goes on; present while it waits, for a host without a browser.
    pub sign_in_url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SessionState {
    NoCity,
    SignedOut,
    SigningIn,
    Consents,
    Ready,
    /// The store is closed: a passphrase opens it.
    Locked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SyncProgress {
    #[ts(type = "number")]
    pub done: u64,
    #[ts(type = "number | null")]
    pub total: Option<u64>,
}

/// What a city does for a device, each part apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Service {
    /// Takes what the resident answers.
    Answers,
    /// Tells what is new.
    News,
    /// Gives the rules that are planned by.
    Rules,
}

/// Something that needs the resident's eye but stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SessionProblem {
    pub code: String,
    pub message: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CityCard {
    pub id: String,
    pub name: Text,
    pub address: String,
    pub demo: bool,
    pub help: Option<Text>,
    /// Its map: `{address}` stands for a street address.
    pub map: Option<String>,
}

/// What the code of a city says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Scanned {
    pub address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
    /// Black on white or white on black, as the system has it.
    Contrast,
}

/// How a resident wants to hear hard news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum HardNews {
    /// A person calls, and a visit is booked.
    #[default]
    Call,
    Visit,
    App,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    pub language: Language,
    pub theme: Theme,
    pub news: HardNews,
    /// Quiet hours by the wall clock, `21:00`; equal bounds mean none.
    #[ts(type = "string")]
    pub quiet_from: civil::Time,
    #[ts(type = "string")]
    pub quiet_to: civil::Time,
    pub notifications: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::Ru,
            theme: Theme::System,
            news: HardNews::Call,
            quiet_from: civil::time(21, 0, 0, 0),
            quiet_to: civil::time(9, 0, 0, 0),
            notifications: true,
        }
    }
}
