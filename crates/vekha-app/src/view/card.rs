use super::{InquiryView, Question};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{
    Action, AppointmentId, Confidence, Criterion, DeadlineKind, Moment, Resident, ServicePlace,
    StepId, StepState, Text,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Today {
    pub as_of: Option<String>,
    pub offers: Vec<Card>,
    pub next: Vec<Card>,
    pub done_by_city: Vec<Card>,
    pub late: Vec<Card>,
    /// What the resident did and the city does not have yet, or has refused.
    pub waiting: Vec<Card>,
    /// The next thing to come, when nothing asks for an answer.
    pub calm: Option<Card>,
    pub notices: Vec<Notice>,
    pub questions: Vec<Question>,
    /// The resident never said how hard news is to be told, and may be asked now.
    pub ask_hard_news: bool,
    /// The newest answer that can still be taken back, also after a restart.
    pub undo: Option<Undo>,
}

/// An answer that has not left the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Undo {
    /// What it is about, as `undo` takes it: `offer/<appointment>`, `situation/<run>`.
    pub thing: String,
    /// In the time of `Session.now`.
    pub until: String,
    pub words: Text,
}

/// Words without a step: a refusal to read, a loss to respect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Notice {
    pub id: String,
    pub title: Text,
    pub body: Text,
    pub at: Option<Moment>,
    /// The card it is about.
    pub card: Option<StepId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CardKind {
    Offer,
    Step,
    Appointment,
    Document,
    Notice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Pending {
    Waiting,
    Refused,
}

/// One thing on a screen: a step, with the visit and the answers that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Card {
    pub id: StepId,
    pub kind: CardKind,
    pub title: Text,
    pub whose: Resident,
    pub state: StepState,
    pub when: Option<Moment>,
    pub until: Option<Moment>,
    pub place: Option<Text>,
    pub address: Option<Text>,
    /// How one gets there and in.
    pub way: Option<Text>,
    pub practitioner: Option<Text>,
    pub service: Text,
    pub held_until: Option<Moment>,
    pub appointment: Option<AppointmentId>,
    pub pending: Option<Pending>,
    /// Why the city said no, and what can be done.
    pub refused: Option<Text>,
    /// Until then the answer has not left the device and can be taken back.
    pub undo_until: Option<String>,
    pub law: Option<Text>,
    pub deadline: DeadlineKind,
    pub action: Action,
    pub note: Option<Text>,
    pub human: bool,
    pub confidence: Confidence,
    pub late_days: Option<i32>,
    /// The city's directory has no place for it: nothing can be offered here.
    pub nowhere: bool,
    /// Who has to act, where the deadline is not the resident's.
    pub holder: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CardDetail {
    pub card: Card,
    pub situation: Option<Text>,
    /// The run the step belongs to, to end it with one tap.
    pub run: Option<vekha_model::InstanceId>,
    pub why: Vec<Criterion>,
    pub why_not: Vec<Criterion>,
    pub facts: Vec<super::FactView>,
    pub missing: Vec<Question>,
    pub law: Option<Text>,
    /// What happens when the deadline is missed, where more is known than its kind tells.
    pub late: Option<Text>,
    pub checked: Option<String>,
    pub material: Option<Material>,
    pub amounts: Vec<Amount>,
    /// The resident may take a time for it by themselves.
    pub bookable: bool,
    /// Where it is done, by the city's directory; of a visit, where that is.
    pub places: Vec<ServicePlace>,
    pub documents: Vec<super::DocumentView>,
    pub consents: Vec<String>,
    pub forks_ahead: Vec<super::PathFork>,
    pub instructions: Option<Text>,
    /// What a person was asked about this card, the newest first.
    pub inquiries: Vec<InquiryView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Material {
    pub id: String,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    /// What it rests on, and when it was compared with that.
    pub source: Text,
    pub checked: Option<String>,
}

/// How much, as it stands today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Amount {
    pub text: Text,
    pub law: Option<Text>,
    pub value: f64,
    /// As the catalogue writes it: `RUB/month`, `years`; a ratio where it has none.
    pub unit: String,
    /// The first day on which it held.
    pub since: String,
    pub confidence: Confidence,
}
