use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use vekha_model::{Moment, ResidentId, Text};

/// What a resident asked a person of the city, and what that person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Inquiry {
    pub id: String,
    pub subject: ResidentId,
    pub kind: InquiryKind,
    /// The id of the disputed fact; what a question is about, as the device sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The resident's own words.
    pub text: String,
    pub asked: Moment,
    /// Absent while the city has not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<InquiryAnswer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InquiryKind {
    /// «Мой случай другой».
    Question,
    /// «Это неверно».
    Dispute,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct InquiryAnswer {
    pub text: String,
    /// A name and a role: a person answers, never the system.
    pub by: Text,
    pub at: Moment,
}
