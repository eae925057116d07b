use super::form::WindowForm;
use super::{Grade, StepSource};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vekha_model::{Sex, Text};

/// An amount that changes over time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterSource {
    pub ru: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub unit: Option<String>,
    pub values: Vec<DatedValue>,
    #[serde(default)]
    pub note: Option<serde_json::Value>,
}

impl ParameterSource {
    /// The value in force on that day.
    pub fn on(&self, day: Date) -> Option<&DatedValue> {
        let in_force =
            |value: &&DatedValue| value.from <= day && value.to.is_none_or(|to| day <= to);
        self.values
            .iter()
            .filter(in_force)
            .max_by_key(|value| value.from)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedValue {
    pub from: Date,
    #[serde(default)]
    pub to: Option<Date>,
    pub value: f64,
    #[serde(default)]
    pub conf: Grade,
    /// What lays it down.
    #[serde(default)]
    pub law: Option<String>,
    /// The day it was compared with that.
    #[serde(default)]
    pub checked: Option<Date>,
}

/// The production calendar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSource {
    /// ISO numbers of the weekdays off: 6 and 7.
    pub weekend: Vec<i8>,
    pub years: Vec<CalendarYear>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    pub year: i16,
    #[serde(default)]
    pub conf: Grade,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub checked: Option<Date>,
    /// Days off besides the weekend.
    #[serde(default)]
    pub off: Vec<Date>,
    /// Weekend days on which people work.
    #[serde(default)]
    pub work: Vec<Date>,
    #[serde(default)]
    pub note: Option<serde_json::Value>,
}

/// A laboratory marker and the limits that apply where the laboratory printed none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkerSource {
    pub id: String,
    pub loinc: String,
    #[serde(default)]
    pub also: Vec<String>,
    pub ru: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub sex: Option<Sex>,
    #[serde(default)]
    pub urgent: Option<f64>,
    #[serde(default)]
    pub limits: Vec<LimitSource>,
    /// Where one holds, the marker starts nothing and goes to the doctor who already cares.
    #[serde(default)]
    pub skip_if: Vec<String>,
    /// A share that says something when it is low, and only beside another marker.
    #[serde(default)]
    pub share: Option<ShareSource>,
    /// Words of a qualitative result that count as abnormal.
    #[serde(default)]
    pub abnormal: Vec<String>,
    #[serde(default)]
    pub conf: Grade,
    #[serde(default)]
    pub note: Option<serde_json::Value>,
    #[serde(default)]
    pub confounders: Vec<Text>,
    #[serde(default)]
    pub source: Option<String>,
}

/// A share is read only while another marker lies between two values; below `concern_under` it means a doctor.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareSource {
    pub concern_under: f64,
    /// The id of the marker whose part this is.
    pub of: String,
    pub between: (f64, f64),
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSource {
    #[serde(default)]
    pub sex: Option<Sex>,
    #[serde(default)]
    pub age: Option<(Option<i64>, Option<i64>)>,
    #[serde(default)]
    pub smoker: Option<bool>,
    #[serde(default, rename = "if")]
    pub condition: Option<String>,
    pub max: f64,
}

/// The check-up table: tests due by calendar-year age.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningSource {
    /// The situation whose steps the rows become.
    pub situation: String,
    pub done: DoneFact,
    #[serde(default)]
    #[schemars(with = "Option<WindowForm>")]
    pub window: Option<(Option<String>, Option<String>)>,
    pub tests: Vec<ScreeningRow>,
}

/// The fact which says that a test was done: its kind, and the field that names the test.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DoneFact {
    pub kind: String,
    pub field: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningRow {
    #[serde(default)]
    pub sex: Option<Sex>,
    #[serde(default)]
    pub age: Option<(Option<i64>, Option<i64>)>,
    #[serde(default)]
    pub ages: Option<Vec<i64>>,
    #[serde(default)]
    pub every_y: Option<i64>,
    #[serde(flatten)]
    pub step: StepSource,
}
