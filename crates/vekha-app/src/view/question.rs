use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{Missing, ResidentId, StepId, Text};

/// A missing fact as a question to the resident, with the way to answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Question {
    pub subject: ResidentId,
    /// Always names a field: the answer is that field's value.
    pub missing: Missing,
    pub text: Text,
    /// The steps the answer would settle.
    pub settles: Vec<StepId>,
    /// What of it the resident would know by name, two at most: why it is asked.
    pub helps: Vec<Text>,
    pub field: QuestionField,
}

/// What an answer looks like, from the vocabulary of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QuestionField {
    #[serde(rename = "type")]
    pub kind: AnswerKind,
    /// UCUM; where it is set, the answer is `{value, unit}`.
    pub unit: Option<String>,
    pub options: Vec<AnswerOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum AnswerKind {
    Bool,
    Integer,
    Number,
    Date,
    Enum,
    Quantity,
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AnswerOption {
    pub value: String,
    pub label: Text,
}
