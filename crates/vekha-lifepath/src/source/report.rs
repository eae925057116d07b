use super::Grade;
use super::form::WindowForm;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vekha_model::Text;

/// When something opens and when it closes, each end as a bound such as `+3bd`; `null` is an open end.
pub type WindowSource = (Option<String>, Option<String>);

/// What residents may report about the city, who answers for it and by when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportsSource {
    pub checked: Date,
    /// The way of a report, one state after the other.
    pub lifecycle: Vec<NamedSource>,
    pub duplicates: DuplicatesSource,
    /// Registers that say whose a place is, in the order in which they are asked.
    pub owners: Vec<Text>,
    /// When the resident is asked whether it was put right.
    #[schemars(with = "WindowForm")]
    pub confirm: WindowSource,
    pub fallback: FallbackSource,
    pub appeal: AppealSource,
    /// What hands any report to a person.
    pub escalation: Vec<PrioritySource>,
    /// Sorts of places by which deadlines differ.
    #[serde(default)]
    pub places: BTreeMap<String, PlaceSource>,
    pub reports: Vec<ReportSource>,
}

/// Something with an id and words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedSource {
    pub id: String,
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

/// Which reports are taken for one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicatesSource {
    /// Metres between them at most.
    pub within_m: f64,
    pub same: Sameness,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    #[default]
    Category,
}

/// The deadlines of a report that has none of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FallbackSource {
    pub ack: LawfulWindow,
    pub answer: LawfulWindow,
    /// The most the law allows.
    pub most: LawfulWindow,
    /// The service that holds what nobody else does.
    pub next: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LawfulWindow {
    #[schemars(with = "WindowForm")]
    pub window: WindowSource,
    pub law: String,
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

/// A report by an identified person is an appeal by law; else it is a signal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealSource {
    pub law: String,
    #[schemars(with = "WindowForm")]
    pub register: WindowSource,
    /// Passed on to whoever it belongs to.
    #[schemars(with = "WindowForm")]
    pub redirect: WindowSource,
    #[schemars(with = "WindowForm")]
    pub answer: WindowSource,
    pub longer: LongerSource,
    pub identified: Text,
    pub unidentified: Text,
}

/// How much longer the answer may take, and on what condition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongerSource {
    pub by: String,
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

/// What makes a report urgent, and what happens then.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrioritySource {
    pub id: String,
    pub level: Level,
    pub ru: String,
    #[serde(default)]
    pub en: String,
    /// Telephone numbers to ring.
    #[serde(default)]
    pub call: Vec<String>,
    /// The service whose person gets it.
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub at_once: bool,
    /// Every report of the category is one.
    #[serde(default)]
    pub always: bool,
    #[serde(default)]
    #[schemars(with = "Option<WindowForm>")]
    pub window: Option<WindowSource>,
    /// How often it has to have happened.
    #[serde(default)]
    pub times: Option<u32>,
    /// How long nothing has to have happened.
    #[serde(default)]
    pub after: Option<String>,
    /// How many residents have to say so, within which time.
    #[serde(default)]
    pub residents: Option<u32>,
    #[serde(default)]
    pub within: Option<String>,
    /// Colder than this outside, °C.
    #[serde(default)]
    pub below_c: Option<f64>,
    /// In many homes at once.
    #[serde(default)]
    pub many: bool,
    /// Only the resident and the person called learn of it.
    #[serde(default)]
    pub private: bool,
}

/// `emergency` rings at once, `high` goes to a person ahead of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    High,
    Emergency,
}

/// A property of a place, and the values it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceSource {
    pub ru: String,
    #[serde(default)]
    pub en: String,
    pub values: BTreeMap<String, Text>,
    #[serde(default)]
    pub note: Option<Text>,
}

/// One category of reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSource {
    pub id: String,
    pub title: Text,
    /// Who holds it first.
    pub service: String,
    /// Who holds it where it is not the city's, or when the first holder fails.
    #[serde(default)]
    pub next: Vec<NextSource>,
    pub deadlines: Vec<DeadlineSource>,
    pub law: String,
    pub conf: Grade,
    #[serde(default)]
    pub checked: Option<Date>,
    /// The clause is still to be compared with the official text.
    #[serde(default)]
    pub verify: bool,
    /// Numbers to show before anything else.
    #[serde(default)]
    pub emergency: Vec<String>,
    #[serde(default)]
    pub priority: Vec<PrioritySource>,
    /// From which size on it counts.
    #[serde(default)]
    pub measures: Option<MeasuresSource>,
    #[serde(default)]
    pub norm: Option<NormSource>,
    /// What the reporter is asked to send.
    #[serde(default)]
    pub proof: Option<Text>,
    /// The fact a report of this category becomes.
    #[serde(default)]
    pub fact: Option<ReportedFact>,
    /// The app takes no report, it shows whom to ring.
    #[serde(default)]
    pub only_numbers: bool,
    /// Never put right through a city task.
    #[serde(default)]
    pub never_self_employed: bool,
    #[serde(default)]
    pub note: Option<Text>,
}

/// A later holder: a service of the catalogue, or an office outside it by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextSource {
    #[serde(default)]
    pub service: Option<String>,
    #[serde(default)]
    pub name: Option<Text>,
    #[serde(default)]
    pub conf: Option<Grade>,
    #[serde(default)]
    #[schemars(with = "Option<WindowForm>")]
    pub window: Option<WindowSource>,
    #[serde(default)]
    pub at_once: bool,
    /// On what condition.
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

/// By when something of the report has to happen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlineSource {
    pub id: String,
    pub kind: Promise,
    #[schemars(with = "WindowForm")]
    pub window: WindowSource,
    /// What it counts from where that is not the day it was registered.
    #[serde(default)]
    pub from: Option<ReportMoment>,
    /// Only for places of that sort: values by the names under `places`.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// The lower end of a norm that somebody sets between the two.
    #[serde(default)]
    pub least: Option<String>,
    #[serde(default)]
    pub by: Option<SetBy>,
    /// The hours of the day in which it happens.
    #[serde(default)]
    pub hours: Option<(String, String)>,
    /// `month` adds the hours of a month up.
    #[serde(default)]
    pub per: Option<Per>,
    #[serde(default)]
    pub at_once: bool,
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// Somebody answers, checks or passes it on.
    Ack,
    /// The place is made safe.
    Safe,
    /// It is put right.
    #[default]
    Fix,
    /// How long a service may be off.
    Limit,
}

/// What a deadline counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportMoment {
    Registered,
    Detected,
    Formed,
    SnowfallEnd,
}

/// Who sets a norm between its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SetBy {
    City,
    Contract,
    Group,
    Schedule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Month,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuresSource {
    #[serde(default)]
    pub length_cm: Option<f64>,
    #[serde(default)]
    pub depth_cm: Option<f64>,
    #[serde(default)]
    pub area_m2: Option<f64>,
    /// All of them at once, not one of them.
    #[serde(default)]
    pub all: bool,
}

/// What has to be the case where nothing is wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NormSource {
    /// Which share of them works.
    #[serde(default)]
    pub working_share: Option<f64>,
    /// Whether those that do not may stand in a row.
    #[serde(default)]
    pub in_a_row: Option<bool>,
    /// °C in a room, and in one at the corner of the house.
    #[serde(default)]
    pub room_c: Option<f64>,
    #[serde(default)]
    pub corner_room_c: Option<f64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportedFact {
    pub kind: String,
    /// Values of its field `what`.
    pub what: Vec<String>,
}
