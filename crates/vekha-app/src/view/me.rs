use super::{CityCard, InquiryView, Settings};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vekha_model::{
    Action, ConsentClass, ConsentId, DocumentId, Domain, FactId, FactStatus, Moment, Resident,
    ResidentId, Text,
};
use vekha_protocol::Reach;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Me {
    pub resident: Resident,
    pub residents: Vec<Resident>,
    pub consents: Vec<ConsentView>,
    pub documents: Vec<DocumentView>,
    /// Questions to a person and disputes, the newest first.
    pub inquiries: Vec<InquiryView>,
    pub settings: Settings,
    pub city: Option<CityCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FactGroup {
    pub domain: Domain,
    pub title: Text,
    pub facts: Vec<FactView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FactView {
    pub id: FactId,
    pub title: Text,
    pub value: Text,
    /// A person has yet to tell it: `value` says where.
    pub withheld: bool,
    pub at: Moment,
    pub source: Text,
    pub status: FactStatus,
    pub private: bool,
    /// The newest dispute of this record, with the city's answer once there is one.
    pub dispute: Option<InquiryView>,
    /// Why the plan cannot use this record.
    pub unused: Option<Text>,
    pub subject: ResidentId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConsentView {
    pub id: ConsentId,
    pub subject: ResidentId,
    pub domain: Domain,
    pub class: ConsentClass,
    pub recipient: Text,
    pub purpose: Text,
    pub given: bool,
    pub reach: Reach,
    pub at: Option<Moment>,
    pub pending: bool,
    /// What it would have done in the last month; absent where there was nothing to do.
    pub last_month: Option<ConsentCase>,
}

/// A step of the resident's own last thirty days, to show by it what a switch does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConsentCase {
    pub title: Text,
    pub action: Action,
    pub began: Moment,
    pub until: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AccessView {
    pub id: String,
    pub who: Text,
    pub fact: Option<Text>,
    pub purpose: Text,
    pub at: String,
    pub subject: ResidentId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DocumentView {
    pub id: DocumentId,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub issued: Moment,
    pub issuer: Text,
    pub signed_by: Option<String>,
    pub whose: Resident,
}
