use crate::{
    AppointmentId, Criterion, ForkKey, InstanceId, Missing, Moment, ResidentId, ServiceKey, Shared,
    SituationKey, StepId, StepKey, Text,
};
use jiff::civil;
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use ts_rs::TS;

/// One step of a plan on a day: what the facts make of it, beside what the catalogue says of it.
///
/// In JSON both parts are one object; in memory every plan shares the catalogue's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    pub id: StepId,
    pub instance: InstanceId,
    pub subject: ResidentId,
    /// Whom it is for where that is not the resident: the child of a birth.
    #[serde(default)]
    pub about: Option<ResidentId>,
    pub state: StepState,
    /// The moment its window counts from; absent while that is not known.
    #[serde(default)]
    pub from: Option<Moment>,
    /// When the window opens; absent where it was always open.
    pub opens: Option<Moment>,
    /// When the window closes, already moved to a working day (ГК РФ ст. 193); absent where it never does.
    pub due: Option<Moment>,
    pub why: Vec<Criterion>,
    /// What has to be known before the step can be dated or decided.
    pub missing: Vec<Missing>,
    /// The place and time the city holds or has booked.
    pub visit: Option<Box<Visit>>,
    #[serde(flatten)]
    pub of: Shared<CatalogueStep>,
}

impl Deref for PlannedStep {
    type Target = CatalogueStep;

    fn deref(&self) -> &CatalogueStep {
        &self.of
    }
}

/// What the catalogue says of a step, whoever's it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueStep {
    pub situation: SituationKey,
    pub step: StepKey,
    pub deadline: DeadlineKind,
    pub action: Action,
    pub service: ServiceKey,
    /// As it is cited.
    pub law: Option<Text>,
    pub title: Text,
    /// Words fit for a lock screen or a shared calendar; required for S3.
    pub neutral: Option<Text>,
    pub note: Option<Text>,
    /// What happens when the deadline is missed, where that is known better than [`DeadlineKind`] tells.
    #[serde(default)]
    pub late: Option<Text>,
    pub domain: Domain,
    pub sensitivity: Sensitivity,
    pub consents: Vec<ConsentClass>,
    pub confidence: Confidence,
    /// Against the published text, on that day.
    pub checked: Option<civil::Date>,
    /// A material in the catalogue to read with this step.
    pub material: Option<String>,
    /// Dated amounts of the catalogue that say how much.
    #[serde(default)]
    pub amounts: Vec<String>,
    /// The fork that brought or replaced this step, where one did.
    pub fork: Option<ForkKey>,
    /// A person is handed this step too.
    pub human: bool,
}

/// A held or booked time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub appointment: Option<AppointmentId>,
    pub start: Moment,
    pub place: Option<Text>,
}

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Its window has not opened.
    Upcoming,
    Open,
    /// Open, and closing within three days (or a quarter of the window if shorter).
    DueSoon,
    Overdue,
    /// The city holds a time and asks.
    Held,
    Booked,
    Done,
    /// The resident said no; never punished.
    Declined,
    /// A fork or the end of the situation took it away.
    Cancelled,
    NotApplicable,
    /// A fact is missing; see `missing`.
    Unknown,
}

/// Who bears the deadline.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// The authority must deliver by then; overdue escalates.
    State,
    /// The resident's duty; a fine is possible.
    Duty,
    /// The resident loses a right or money after it.
    Right,
    #[serde(alias = "recommended")]
    Rec,
    /// The service only exists inside it.
    Window,
}

impl DeadlineKind {
    /// Whether a law has to say so: somebody owes it, or loses a right by it.
    pub fn binds(self) -> bool {
        matches!(self, Self::State | Self::Duty | Self::Right)
    }
}

/// What happens in a step. `suppress` silences other plans, `human` hands over to a person.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Book,
    Issue,
    Enrol,
    Pay,
    Bill,
    Inform,
    Do,
    Ask,
    Decide,
    Supply,
    Visit,
    Suppress,
    Human,
}

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    Health,
    Legal,
    Social,
    Education,
    Labour,
    Property,
    Housing,
    Money,
    City,
}

/// S0 open … S3 health and other special categories (152-ФЗ ст. 10, 323-ФЗ ст. 13).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
pub enum Sensitivity {
    S0,
    S1,
    S2,
    S3,
}

/// C0 none … C5 consent to machine-only decisions; see `docs/consents.md`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    TS,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
pub enum ConsentClass {
    C0,
    C1,
    C2,
    C3,
    C4,
    C5,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    High,
    Medium,
    Low,
}
