use super::{Grade, NamedSource};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vekha_model::{ConsentClass, Text};

/// The city's small paid tasks for self-employed people, and the rules that keep them fair.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TasksSource {
    pub contract: ContractSource,
    pub pay_basis: PayBasis,
    /// Looked at before a resident may accept.
    pub before_accept: Vec<AcceptRule>,
    /// Never given to a self-employed person, whatever the task is called.
    pub never: Vec<NamedSource>,
    /// The way of a task, one state after the other.
    pub states: Vec<TaskState>,
    pub dispute: DisputeSource,
    pub fair_play: FairPlay,
    /// What a performer may have to show.
    pub clearances: Vec<ClearanceSource>,
    /// What shows that it was done.
    pub proofs: Vec<NamedSource>,
    pub tasks: Vec<TaskSource>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractSource {
    pub law: String,
    pub conf: Grade,
    /// The parameter with the most one purchase may cost, such as `params.small_purchase_44fz`.
    pub purchase_limit: String,
    pub tax: String,
    pub receipt: Required,
    pub schedule: Never,
    pub rules: Vec<Text>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    #[default]
    Required,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Never {
    #[default]
    Never,
}

/// The hourly sums behind a price, as parameters; a task is not published below the floor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayBasis {
    pub floor: String,
    pub by_hand: (String, String),
    pub skilled: (String, String),
    #[serde(default)]
    pub region_coefficient: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptRule {
    pub id: String,
    pub does: AcceptEffect,
    /// `<situation>.<step>` to read or do first.
    #[serde(default)]
    pub step: Option<String>,
    /// The fact it is read from, a kind or `<kind>.<field>`.
    #[serde(default)]
    pub fact: Option<String>,
    pub ru: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub law: Option<String>,
    #[serde(default)]
    pub conf: Grade,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AcceptEffect {
    /// The task cannot be accepted.
    #[default]
    Stop,
    /// It has to be read first.
    Warn,
    /// A person decides.
    Human,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskState {
    pub id: String,
    pub by: Party,
    /// Counted from the state before, or from `after`.
    #[serde(default)]
    pub within: Option<String>,
    #[serde(default)]
    pub after: Option<String>,
    /// The state that comes by itself when the time is over.
    #[serde(default)]
    pub otherwise: Option<String>,
    #[serde(default)]
    pub proof: Vec<String>,
    #[serde(default)]
    pub law: Option<String>,
    #[serde(default)]
    pub conf: Option<Grade>,
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    #[default]
    Customer,
    Performer,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeSource {
    /// Who decides, one after the other; never whoever inspected.
    pub by: Vec<Judge>,
    pub within: String,
    pub partial_pay: PartialPay,
    pub step: String,
    #[serde(default)]
    pub conf: Grade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Judge {
    SecondInspector,
    Human,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartialPay {
    #[default]
    ByShareDone,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FairPlay {
    pub choice: Choice,
    /// The parameter with the largest share of a district's month for one person.
    pub share_cap: String,
    pub refusal_penalty: Penalty,
    pub illness_penalty: Penalty,
    pub price_after_taking: PriceRule,
    pub rules: Vec<Text>,
}

/// How one is chosen among those who fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    #[default]
    Rotation,
    Random,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Penalty {
    #[default]
    None,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceRule {
    #[default]
    NeverLower,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearanceSource {
    pub id: String,
    pub checked_by: Checker,
    #[serde(default)]
    pub step: Option<String>,
    #[serde(default)]
    pub law: Option<String>,
    #[serde(default)]
    pub conf: Option<Grade>,
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Checker {
    /// Never left to a machine.
    #[default]
    Human,
    Register,
}

/// One kind of task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskSource {
    pub id: String,
    pub title: Text,
    pub does: Text,
    /// The service that orders and accepts.
    pub orders: String,
    /// The service whose place it is, where that is another.
    #[serde(default)]
    pub owner: Option<String>,
    /// How much, such as `100 m2`.
    #[serde(default)]
    pub size: Option<String>,
    /// How long it takes, at least and at most, such as `[1h, 2h]`.
    #[serde(default)]
    pub takes: Option<(String, String)>,
    pub pay: PaySource,
    pub safety: Safety,
    pub age: TaskAge,
    #[serde(default)]
    pub clearance: Vec<String>,
    #[serde(default)]
    pub tools: Option<Text>,
    /// What stays outside the task, such as a height.
    #[serde(default)]
    pub limits: BTreeMap<String, String>,
    /// How long the result has to stay as it is.
    #[serde(default)]
    pub keep: Option<String>,
    /// How long the performer answers for it.
    #[serde(default)]
    pub warranty: Option<String>,
    #[serde(default)]
    pub recheck: Option<RecheckSource>,
    #[serde(default)]
    pub privacy: Option<Text>,
    #[serde(default)]
    pub money: Option<MoneyRule>,
    #[serde(default)]
    pub materials: Option<MaterialsRule>,
    pub proof: Vec<String>,
    pub accept: Text,
    pub accept_within: String,
    pub law: String,
    pub conf: Grade,
}

/// An estimate of the price, before the region's coefficient.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaySource {
    pub min: f64,
    pub max: f64,
    pub unit: String,
    pub from: Date,
    pub conf: Grade,
}

/// How dangerous it is, or who must be kept safe.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    #[default]
    Low,
    Medium,
    High,
    Child,
    Elderly,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskAge {
    /// Full years.
    pub from: u8,
    /// What those under 18 need besides.
    #[serde(default)]
    pub consent: Option<ConsentClass>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecheckSource {
    pub after: String,
    /// Which share still has to be right.
    pub at_least: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoneyRule {
    Cashless,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaterialsRule {
    ByReceipt,
}
