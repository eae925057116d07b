use super::Pending;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{
    AppointmentId, Confidence, DeadlineKind, ForkKey, InstanceId, Moment, Resident, SituationKey,
    SituationState, StepId, StepState, Text, Truth,
};
use vekha_protocol::CalendarLink;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Path {
    pub resident: Resident,
    pub born: Option<Moment>,
    pub now: Moment,
    pub runs: Vec<PathRun>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PathRun {
    pub id: InstanceId,
    pub situation: SituationKey,
    pub title: Text,
    pub state: SituationState,
    pub from: Moment,
    pub to: Option<Moment>,
    pub ended_at: Option<Moment>,
    pub steps: Vec<PathStep>,
    pub forks: Vec<PathFork>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PathStep {
    pub id: StepId,
    pub title: Text,
    pub state: StepState,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
    pub when: Option<Moment>,
    pub pending: Option<Pending>,
    pub fork: Option<ForkKey>,
    pub deadline: DeadlineKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PathFork {
    pub fork: ForkKey,
    pub text: Text,
    pub does: Text,
    pub taken: Truth,
    pub feared: bool,
    pub human: bool,
    pub confidence: Confidence,
    /// The steps it brings, or would have brought.
    pub brings: Vec<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum EntryKind {
    Appointment,
    Window,
    Deadline,
}

/// A line of the calendar; its title is neutral, for it may be seen by others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CalendarEntry {
    pub id: String,
    pub title: Text,
    pub kind: EntryKind,
    pub start: Moment,
    pub end: Option<Moment>,
    pub all_day: bool,
    pub whose: Resident,
    pub place: Option<Text>,
    pub address: Option<Text>,
    pub practitioner: Option<Text>,
    /// How one gets there and in.
    pub way: Option<Text>,
    /// How one prepares for it.
    pub preparation: Option<Text>,
    pub state: StepState,
    pub pending: Option<super::Pending>,
    pub card: Option<StepId>,
    pub appointment: Option<AppointmentId>,
}

/// Whether the resident's other calendars can read the visits from an address, and since when they may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CalendarSubscription {
    /// Not every city has such addresses.
    pub offered: bool,
    pub link: Option<CalendarLink>,
}
