//! The nouns of Vekha: residents, facts, situations, steps and the plan they give. No I/O, no clock.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod difference;
mod fact;
mod id;
mod life;
mod moment;
mod place;
mod plan;
mod resident;
mod shared;
mod step;
mod text;

pub use difference::{Difference, ForkChange, MovedStep, SituationChange, StoppedStep};
pub use fact::{Fact, FactStatus, Source, SourceKind};
pub use id::{
    AppointmentId, ConsentId, DocumentId, FactId, ForkKey, InstanceId, ResidentId, ServiceKey,
    SituationKey, SlotId, StepId, StepKey,
};
pub use life::{LifeLine, LifeSpan, Milestone, MilestoneKind, Unborn};
pub use moment::{Moment, MomentError};
pub use place::ServicePlace;
pub use plan::{
    Anchor, CatalogueFork, CatalogueSituation, CatalogueVersion, Condition, Criterion, Missing,
    NamedStep, Plan, PlannedFork, PlannedSituation, Prospect, Question, Rejected, SituationState,
    Truth,
};
pub use resident::{Relation, Resident, Sex};
pub use shared::Shared;
pub use step::{
    Action, CatalogueStep, Confidence, ConsentClass, DeadlineKind, Domain, PlannedStep,
    Sensitivity, StepState, Visit,
};
pub use text::{Language, Text};
