use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{Moment, Text};
use vekha_protocol::{InquiryAnswer, InquiryKind};

/// A question to a person or a dispute, shown where it was asked until it is answered, and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct InquiryView {
    pub id: String,
    pub kind: InquiryKind,
    /// The id of a fact, a step, or what else it was asked about.
    pub about: Option<String>,
    /// What that is in words, where it is still known.
    pub title: Option<Text>,
    pub text: String,
    pub asked: Moment,
    pub answer: Option<InquiryAnswer>,
    pub pending: Option<super::Pending>,
    /// Why the city did not take it.
    pub refused: Option<Text>,
}
