//! Files that hold several things under one word.
use super::{CalendarSource, KindSource, MarkerSource, ParameterSource, ServiceSource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `facts/<part of life>.yaml`: the kinds of facts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VocabularyFile {
    pub facts: BTreeMap<String, KindSource>,
}

/// `services.yaml`: who performs steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServicesFile {
    pub services: BTreeMap<String, ServiceSource>,
}

/// `laws.yaml`: the words of which laws are cited, and the English for each, such as `ст.: art.`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LawsFile {
    pub laws: BTreeMap<String, String>,
}

/// `parameters.yaml`: amounts that change over time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParametersFile {
    pub parameters: BTreeMap<String, ParameterSource>,
}

/// `calendar.yaml`: the production calendar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    pub calendar: CalendarSource,
}

/// `markers.yaml`: laboratory markers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkersFile {
    pub markers: Vec<MarkerSource>,
    /// The fact behind the condition `smoker` of a limit, such as `habit.smoking.smoker`.
    #[serde(default)]
    pub smoker: Option<String>,
}
