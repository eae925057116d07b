use crate::{InstanceId, Moment, ResidentId, SituationKey, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A whole life in one picture: single days and stretches of time, past and future.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct LifeLine {
    pub resident: ResidentId,
    pub from: Moment,
    pub to: Moment,
    /// The last day of which any fact tells. What comes after it is expected.
    pub known_until: Option<Moment>,
    /// In the order of their days.
    pub milestones: Vec<Milestone>,
    /// In the order in which they begin.
    pub spans: Vec<LifeSpan>,
    /// Children on the way: their first lines begin in this one.
    pub unborn: Vec<Unborn>,
}

/// A day of a life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct Milestone {
    pub kind: MilestoneKind,
    pub at: Moment,
    pub title: Text,
    /// The run that the day begins; none for the beginning of life and for birth.
    pub run: Option<InstanceId>,
    pub situation: Option<SituationKey>,
    /// How long after the day it is counted from, such as `14y`; none for what begins with a calendar day.
    pub age: Option<String>,
    /// No fact says so: it follows from dates alone.
    pub expected: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneKind {
    /// About that day: counted from the birth, or from the last period.
    Conception,
    Birth,
    /// A day on which the calendar begins something.
    Begins,
}

/// A run of a situation, or runs of one that follow each other year by year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct LifeSpan {
    /// The first run.
    pub run: InstanceId,
    pub situation: SituationKey,
    pub title: Text,
    pub from: Moment,
    /// Absent where no end is in sight.
    pub to: Option<Moment>,
    /// No fact says that it begins.
    pub expected: bool,
    /// No fact says that it ends.
    pub ends_expected: bool,
}

/// A child that is on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct Unborn {
    /// The mother's run.
    pub run: InstanceId,
    /// About that day.
    pub conceived: Moment,
    /// Expected on that day.
    pub born: Moment,
}
