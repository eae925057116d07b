//! The catalogue as people write it: what the YAML files say, before it is checked and compiled.
mod citation;
mod file;
mod form;
mod region;
mod report;
mod situation;
mod table;
mod task;
mod vocabulary;

pub use citation::*;
pub use file::*;
pub use region::*;
pub use report::*;
pub use situation::*;
pub use table::*;
pub use task::*;
pub use vocabulary::*;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vekha_model::Text;

/// Everything a catalogue holds, in the form in which it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub header: Header,
    pub facts: BTreeMap<String, KindSource>,
    pub services: BTreeMap<String, ServiceSource>,
    pub parameters: BTreeMap<String, ParameterSource>,
    pub calendar: CalendarSource,
    /// The words of which laws are cited, and the English for each.
    #[serde(default)]
    pub laws: BTreeMap<String, String>,
    pub markers: Vec<MarkerSource>,
    /// The fact behind the condition `smoker` of a marker's limit.
    pub smoker: Option<String>,
    pub screening: Option<ScreeningSource>,
    pub reports: Option<ReportsSource>,
    pub tasks: Option<TasksSource>,
    pub situations: Vec<SituationSource>,
    /// The region it is for, by its id, and what holds there.
    pub region: Option<(String, RegionSource)>,
    pub materials: BTreeMap<String, Material>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub id: String,
    pub version: String,
    #[serde(default)]
    pub title: Text,
    pub zone: String,
    #[serde(default)]
    pub region: Text,
    #[serde(default)]
    pub checked: Option<jiff::civil::Date>,
    #[serde(default)]
    pub note: Option<Text>,
}

/// Words to read with a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    pub title: Text,
    /// Markdown.
    pub body: Text,
    /// What it rests on.
    #[serde(default)]
    pub source: Text,
    /// The day it was compared with that.
    #[serde(default)]
    pub checked: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceSource {
    pub ru: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub note: Option<Text>,
}
