use crate::{
    Confidence, FactId, ForkKey, InstanceId, Moment, PlannedStep, ResidentId, Shared, SituationKey,
    StepId, StepKey, Text,
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::ops::Deref;
use ts_rs::TS;

/// What the catalogue and the facts give on a day. Shown to people, never exchanged: both sides make their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub now: Moment,
    pub catalogue: CatalogueVersion,
    pub situations: Vec<PlannedSituation>,
    pub steps: Vec<PlannedStep>,
    pub questions: Vec<Question>,
    /// Facts the planner could not use, and why.
    #[serde(default)]
    pub rejected: Vec<Rejected>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct CatalogueVersion {
    pub id: String,
    pub version: String,
}

/// One run of a situation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSituation {
    pub id: InstanceId,
    pub subject: ResidentId,
    pub state: SituationState,
    pub anchor: Anchor,
    pub started_by: FactId,
    pub why: Vec<Criterion>,
    pub forks: Vec<PlannedFork>,
    pub ended_by: Option<FactId>,
    pub ended_at: Option<Moment>,
    #[serde(flatten)]
    pub of: Shared<CatalogueSituation>,
}

impl Deref for PlannedSituation {
    type Target = CatalogueSituation;

    fn deref(&self) -> &CatalogueSituation {
        &self.of
    }
}

/// What the catalogue says of a situation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueSituation {
    pub situation: SituationKey,
    pub title: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SituationState {
    Active,
    Ended,
    /// Silenced by another situation; nothing of it is shown or sent.
    Suppressed,
    /// Its trigger depends on something not known yet.
    Unknown,
    /// The trigger was looked at and does not hold; kept so that "why not" can be answered.
    NotStarted,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    pub code: SmolStr,
    pub at: Moment,
}

/// A fork and whether it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFork {
    pub taken: Truth,
    /// Whether it can still be taken.
    #[serde(default)]
    pub prospect: Prospect,
    /// When it was taken; absent where that has no day of its own, such as an age.
    #[serde(default)]
    pub since: Option<Moment>,
    pub why: Vec<Criterion>,
    #[serde(flatten)]
    pub of: Shared<CatalogueFork>,
}

impl Deref for PlannedFork {
    type Target = CatalogueFork;

    fn deref(&self) -> &CatalogueFork {
        &self.of
    }
}

/// What may still become of a fork.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Prospect {
    /// It was taken.
    Taken,
    /// It may still come.
    #[default]
    Open,
    /// It can no longer happen: its run or its step is over, or its time has passed.
    Past,
}

/// What the catalogue says of a fork.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueFork {
    pub fork: ForkKey,
    pub text: Text,
    /// What follows, in words.
    pub does: Text,
    pub human: bool,
    /// Names a feared outcome: shown only on request.
    pub feared: bool,
    pub confidence: Confidence,
    pub starts: Option<SituationKey>,
    pub adds: Vec<NamedStep>,
    pub cancels: Vec<NamedStep>,
    /// Steps that go on in another way.
    pub replaces: Vec<NamedStep>,
    /// Whether it ends the run.
    pub ends: bool,
    /// As it is cited.
    pub law: Option<Text>,
}

/// A step that a fork speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedStep {
    pub step: StepKey,
    pub title: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    Yes,
    No,
    Unknown,
}

/// One condition in words, its truth, and the facts behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Criterion {
    pub truth: Truth,
    pub facts: Vec<FactId>,
    #[serde(flatten)]
    pub of: Shared<Condition>,
}

impl Deref for Criterion {
    type Target = Condition;

    fn deref(&self) -> &Condition {
        &self.of
    }
}

/// A condition as the catalogue states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Condition {
    pub text: Text,
    /// The CEL expression, for the curious.
    pub expression: String,
}

/// A fact that would settle something.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS, utoipa::ToSchema,
)]
pub struct Missing {
    /// A kind of the facts vocabulary.
    pub kind: String,
    pub field: Option<String>,
}

/// A fact left out of the plan, with the reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct Rejected {
    pub fact: FactId,
    pub reason: Text,
}

/// A missing fact as a question to the resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, utoipa::ToSchema)]
pub struct Question {
    pub subject: ResidentId,
    pub missing: Missing,
    #[schema(value_type = Text)]
    pub text: Shared<Text>,
    /// The steps the answer would settle.
    pub settles: Vec<StepId>,
    /// The situations it would begin, or rule out.
    pub situations: Vec<SituationKey>,
    /// How many steps and situations that is; the question that settles most, and soonest, comes first.
    pub decides: u32,
}
