use super::form::WindowForm;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vekha_model::{Action, Confidence, ConsentClass, DeadlineKind, Domain, Sensitivity, Text};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SituationSource {
    /// The name of the file.
    pub id: String,
    pub title: Text,
    /// Words fit for a lock screen, for steps that have none of their own; required for S3.
    #[serde(default)]
    pub neutral: Option<Text>,
    pub domain: Option<Domain>,
    /// S0 open to S3 health and other special categories.
    pub sensitivity: Option<Sensitivity>,
    /// What the resident has to have allowed.
    #[serde(default)]
    pub consent: Vec<ConsentClass>,
    /// When the rule is in force.
    #[serde(default)]
    pub valid: Validity,
    /// What starts it.
    #[serde(default)]
    pub trigger: Option<TriggerSource>,
    /// Several ways to start.
    #[serde(default)]
    pub triggers: Vec<TriggerSource>,
    /// The day from which windows count.
    pub anchor: AnchorSource,
    /// How long after its anchor it ends by itself, such as `+12mo`.
    #[serde(default)]
    pub lasts: Option<String>,
    /// A child is on the way: when it was conceived and when it will be born, counted from the anchor.
    #[serde(default)]
    pub expects: Option<ExpectsSource>,
    /// Whom the steps are for where it is not the resident: `event.child`, a field of the starting fact.
    #[serde(default)]
    pub about: Option<String>,
    /// The day of the starting fact, such as `event.date`, that tells apart those whom nobody has named: two births.
    #[serde(default)]
    pub apart: Option<String>,
    /// Situations that fall silent meanwhile.
    #[serde(default)]
    pub suppresses: Vec<String>,
    /// From which day on; without it, whatever was there.
    #[serde(default)]
    pub suppresses_since: Option<SinceSource>,
    /// Conditions each of which ends it.
    #[serde(default)]
    pub ends: Vec<CriterionSource>,
    /// Other moments to count from, by name.
    #[serde(default)]
    pub anchors: BTreeMap<String, StepAnchorSource>,
    #[serde(default)]
    pub steps: Vec<StepSource>,
    #[serde(default)]
    pub forks: Vec<ForkSource>,
    /// When a person is brought in, in words.
    #[serde(default)]
    pub human: Vec<Text>,
    #[serde(default)]
    pub note: Option<Text>,
    /// What it rests on.
    #[serde(default)]
    pub law: Option<String>,
    /// The day it was compared with the law.
    #[serde(default)]
    pub checked: Option<Date>,
}

/// A life that begins inside a situation, such as a pregnancy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectsSource {
    /// Such as `2w`.
    pub conceived: String,
    /// Such as `40w`.
    pub born: String,
}

/// The first day of what came to an end with the situation: a lost pregnancy's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SinceSource {
    /// A field of the starting fact that says how many full weeks it lasted, such as `event.weeks`.
    #[serde(default)]
    pub weeks: Option<String>,
    /// A field that holds its first day, such as `pregnancy.lmp`; the latest one before the situation's own day counts.
    #[serde(default)]
    pub first: Option<String>,
    /// It began after this one: a birth, and not one of the last four weeks, which would be its own.
    #[serde(default)]
    pub after: Option<String>,
    /// The longest it can have lasted, such as `42w`.
    pub most: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
}

impl Validity {
    /// Both ends are days on which the rule is in force.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TriggerSource {
    /// The kinds of facts that start it.
    #[serde(default)]
    pub event: OneOrMany,
    /// Runs by the calendar, without an event.
    #[serde(default)]
    pub dates: Option<DatesSource>,
    /// Who tells, in words.
    #[serde(default)]
    pub sources: Vec<Text>,
    /// Conditions all of which have to hold.
    #[serde(default)]
    pub when: Vec<CriterionSource>,
}

/// Days that come by themselves: one of every year (`on`), or some time after a day in the resident's life (`of`, `at`).
/// Each is a run of its own, anchored at that day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatesSource {
    /// A day of the year, such as `@09-01`.
    #[serde(default)]
    pub on: Option<String>,
    /// A field that holds a day, such as `person.birth_date`.
    #[serde(default)]
    pub of: Option<String>,
    /// How long after it, such as `14y`.
    #[serde(default)]
    pub at: Vec<String>,
    /// How long before the day the run begins.
    #[serde(default)]
    pub ahead: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionSource {
    #[serde(default)]
    pub id: String,
    /// A condition in CEL syntax; docs/catalogue-format.md lists what it may read.
    #[serde(rename = "if")]
    pub condition: String,
    /// What it asks, in words.
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnchorSource {
    pub code: String,
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

/// A moment from which a step counts: a fact's, or the visit of another step.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepAnchorSource {
    #[serde(default)]
    pub fact: Option<String>,
    #[serde(default)]
    pub field: Option<String>,
    /// Only facts whose fields have this value, or one of these.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    pub step: Option<String>,
    /// A booked visit of that step counts too, not only one that took place.
    #[serde(default)]
    pub booked: bool,
    /// The anchor to count from while there is no such fact or visit.
    #[serde(default)]
    pub or: Option<String>,
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepSource {
    #[serde(default)]
    pub id: String,
    /// What happens, in plain words.
    #[serde(default)]
    pub title: Option<Text>,
    /// Words fit for a lock screen; required for S3.
    #[serde(default)]
    pub neutral: Option<Text>,
    /// Where it opens and closes, counted from its anchor.
    #[serde(default)]
    #[schemars(with = "Option<WindowForm>")]
    pub window: Option<(Option<String>, Option<String>)>,
    /// A second window that has to be open as well, counted from the same anchor.
    #[serde(default)]
    #[schemars(with = "Option<WindowForm>")]
    pub within: Option<(Option<String>, Option<String>)>,
    /// Who bears the deadline.
    #[serde(default)]
    pub deadline: Option<DeadlineKind>,
    /// What happens in it.
    #[serde(default)]
    pub action: Option<Action>,
    /// Who does it: a key of services.yaml.
    #[serde(default)]
    pub service: Option<String>,
    /// The name of the moment it counts from, where that is not the situation's own.
    #[serde(default)]
    pub anchor: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub law: Option<String>,
    /// When the rule of this step is in force, where that is less than its situation's. It goes by the day from which the
    /// step counts.
    #[serde(default)]
    pub valid: Option<Validity>,
    /// How sure the author is of the rule.
    #[serde(default)]
    pub conf: Option<Grade>,
    /// The day it was compared with the law.
    #[serde(default)]
    pub checked: Option<Date>,
    /// What to know besides.
    #[serde(default)]
    pub note: Option<Text>,
    /// What happens when the deadline is missed, where that is known better than its kind tells.
    #[serde(default)]
    pub late: Option<Text>,
    /// A text under materials/ to read with it.
    #[serde(default)]
    pub material: Option<String>,
    /// Names of `parameters.yaml` that say how much: shown with the step, on the day's value.
    #[serde(default)]
    pub amounts: Option<Vec<String>>,
    /// Conditions all of which have to hold.
    #[serde(default)]
    pub when: Option<Vec<CriterionSource>>,
    /// It comes again and again.
    #[serde(default)]
    pub repeat: Option<RepeatSource>,
    /// A condition that says it is done.
    #[serde(default)]
    pub done: Option<String>,
    #[serde(default)]
    pub sensitivity: Option<Sensitivity>,
    #[serde(default)]
    pub consent: Option<Vec<ConsentClass>>,
    #[serde(default)]
    pub domain: Option<Domain>,
    /// A person is handed it too.
    #[serde(default)]
    pub human: Option<bool>,
    /// `resident`: this one is not for whom the situation is about.
    #[serde(default)]
    pub about: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepeatSource {
    /// The time between two, such as `1mo`.
    pub every: String,
    /// How often in all.
    #[serde(default)]
    pub times: Option<u32>,
    /// How long after the anchor the last one opens.
    #[serde(default)]
    pub until: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForkSource {
    pub id: String,
    /// The turn, in words.
    pub title: Text,
    /// What follows, in words.
    #[serde(default)]
    pub does: Text,
    /// Conditions all of which have to hold.
    #[serde(default)]
    pub when: Vec<CriterionSource>,
    /// Steps it brings.
    #[serde(default)]
    pub adds: Vec<StepSource>,
    /// Steps it takes away; `*` for all of the situation's own.
    #[serde(default)]
    pub cancels: Option<OneOrMany>,
    /// Parts of steps that it puts in place of their own.
    #[serde(default)]
    pub replaces: BTreeMap<String, StepSource>,
    /// The situation it starts.
    #[serde(default)]
    pub starts: Option<String>,
    /// It ends the situation.
    #[serde(default)]
    pub ends: bool,
    /// Steps that stay when this fork ends the run.
    #[serde(default)]
    pub keeps: Option<OneOrMany>,
    /// A person is brought in.
    #[serde(default)]
    pub human: bool,
    /// Names a feared outcome: shown only on request.
    #[serde(default)]
    pub feared: bool,
    #[serde(default)]
    pub law: Option<String>,
    #[serde(default)]
    pub conf: Option<Grade>,
    #[serde(default)]
    pub checked: Option<Date>,
    #[serde(default)]
    pub note: Option<Text>,
}

/// How sure we are of a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Grade {
    #[serde(rename = "h", alias = "high")]
    High,
    #[default]
    #[serde(rename = "m", alias = "medium")]
    Medium,
    #[serde(rename = "l", alias = "low")]
    Low,
}

impl From<Grade> for Confidence {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::High => Self::High,
            Grade::Medium => Self::Medium,
            Grade::Low => Self::Low,
        }
    }
}
