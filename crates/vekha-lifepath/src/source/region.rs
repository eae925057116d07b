use super::{ParameterSource, StepSource};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vekha_model::{ServicePlace, Text};

/// What a region or a city lays down otherwise: `regions/<id>.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionSource {
    pub title: Text,
    /// The day it was compared with the region's own law.
    #[serde(default)]
    pub checked: Option<Date>,
    #[serde(default)]
    pub note: Option<Text>,
    /// Its own value of an amount, in place of the country's, and amounts that only it has.
    #[serde(default)]
    pub parameters: BTreeMap<String, ParameterSource>,
    /// Days off besides the country's.
    #[serde(default)]
    pub off: Vec<Date>,
    /// Where each service is to be found, by its key in services.yaml. Where there are any at all, a service without one is
    /// not nearby.
    #[serde(default)]
    pub places: BTreeMap<String, Vec<ServicePlace>>,
    /// What it says otherwise about a step, by `<situation>.<step>`: only what differs.
    #[serde(default)]
    pub steps: BTreeMap<String, StepSource>,
}
