use super::{PathRun, Question};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{Domain, InstanceId, Moment, StepId, StepState, Text};

/// Something that can be pretended, with the way to say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Supposable {
    pub domain: Domain,
    /// Something new may begin with it.
    pub begins: bool,
    pub question: Question,
}

/// What would be otherwise. Nothing of it is kept or sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WhatIf {
    /// The day it is reckoned for: today, or that of the latest pretended fact where it lies ahead.
    pub now: Moment,
    pub begins: Vec<WhatIfRun>,
    pub ends: Vec<WhatIfRun>,
    /// Turns that would be taken, without the feared ones.
    pub turns: Vec<WhatIfTurn>,
    pub appears: Vec<WhatIfStep>,
    pub moves: Vec<WhatIfStep>,
    pub stops: Vec<WhatIfStep>,
    /// Of the path that would be: the runs that begin, and in the others the turns taken and the steps that appear or move.
    pub runs: Vec<PathRun>,
    /// Why something pretended could not be used.
    pub unused: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WhatIfRun {
    pub id: InstanceId,
    pub title: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WhatIfTurn {
    pub text: Text,
    pub does: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WhatIfStep {
    pub id: StepId,
    pub title: Text,
    /// As it would be; of a step that stops, as it is.
    pub state: StepState,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
    /// The window it has now, of one that moves.
    pub opened: Option<Moment>,
    pub was_due: Option<Moment>,
}
