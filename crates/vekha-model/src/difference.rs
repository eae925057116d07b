use crate::{
    FactId, ForkKey, InstanceId, Moment, PlannedStep, Rejected, SituationKey, SituationState,
    StepState, Text, Truth,
};
use serde::{Deserialize, Serialize};

/// What pretended facts would change: the same day planned twice, without them and with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The moment both plans are made for: now, or that of the latest pretended fact where it lies ahead.
    pub now: Moment,
    pub pretended: Vec<FactId>,
    pub situations: Vec<SituationChange>,
    pub forks: Vec<ForkChange>,
    /// Steps that would be there and are not, or not for certain.
    pub appears: Vec<PlannedStep>,
    pub moves: Vec<MovedStep>,
    pub stops: Vec<StoppedStep>,
    /// Pretended facts that could not be used, and why.
    pub rejected: Vec<Rejected>,
}

/// A run that would begin, end, be silenced or become possible. No state: there would be no such run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationChange {
    pub id: InstanceId,
    pub situation: SituationKey,
    pub title: Text,
    pub from: Option<SituationState>,
    pub to: Option<SituationState>,
}

/// A fork of a run that is there both times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkChange {
    pub run: InstanceId,
    pub fork: ForkKey,
    pub text: Text,
    pub does: Text,
    /// Names a feared outcome: shown only on request.
    pub feared: bool,
    pub from: Truth,
    pub to: Truth,
}

/// A step as it would be, and the window it has now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedStep {
    pub step: PlannedStep,
    pub opened: Option<Moment>,
    pub was_due: Option<Moment>,
}

/// A step as it is, and what would become of it; no state: there would be no such step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedStep {
    pub step: PlannedStep,
    pub becomes: Option<StepState>,
}
