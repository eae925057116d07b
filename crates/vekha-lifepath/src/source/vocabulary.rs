use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vekha_model::{Domain, Text};

/// One kind of fact in the vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindSource {
    pub ru: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub scope: Scope,
    #[serde(default)]
    pub domain: Option<Domain>,
    /// Asked of the resident when the fact is missing; only what a resident can know.
    #[serde(default)]
    pub question: Option<Text>,
    #[serde(default)]
    pub fields: BTreeMap<String, FieldSource>,
    #[serde(default)]
    pub private: bool,
    #[serde(default)]
    pub note: Option<serde_json::Value>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// True until said otherwise: the latest one counts everywhere.
    #[default]
    Life,
    /// Something that happened; each may start a run.
    Event,
    /// Belongs to one run of a situation.
    Run,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FieldSource {
    Short(String),
    Full(Box<FieldForm>),
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldForm {
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    #[serde(default, rename = "enum")]
    pub values: Option<Vec<String>>,
    #[serde(default)]
    pub quantity: bool,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub question: Option<Text>,
    #[serde(default)]
    pub labels: BTreeMap<String, Text>,
    #[serde(default)]
    pub note: Option<serde_json::Value>,
}

/// What an expression may do with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    Bool,
    Number,
    Text,
    Enum(Vec<String>),
    Date,
    Moment,
    /// With a unit of its own, or one that each value brings.
    Quantity(Option<String>),
}

impl FieldSource {
    pub fn question(&self) -> Option<&Text> {
        match self {
            Self::Short(_) => None,
            Self::Full(form) => form.question.as_ref(),
        }
    }

    pub fn labels(&self) -> Option<&BTreeMap<String, Text>> {
        match self {
            Self::Short(_) => None,
            Self::Full(form) => Some(&form.labels),
        }
    }

    /// The type, or the word which is none.
    pub fn field_type(&self) -> Result<FieldType, String> {
        match self {
            Self::Short(word) => short(word, None),
            Self::Full(form) => {
                if let Some(values) = &form.values {
                    Ok(FieldType::Enum(values.clone()))
                } else if form.quantity {
                    Ok(FieldType::Quantity(form.unit.clone()))
                } else {
                    short(form.kind.as_deref().unwrap_or("string"), form.unit.clone())
                }
            }
        }
    }
}

fn short(word: &str, unit: Option<String>) -> Result<FieldType, String> {
    let (name, inner) = match word.split_once('(') {
        Some((name, rest)) => (name.trim(), Some(rest.trim_end_matches(')').trim())),
        None => (word.trim(), None),
    };
    Ok(match name {
        "bool" => FieldType::Bool,
        "int" | "integer" | "number" | "money" => FieldType::Number,
        "string" | "text" | "code" => FieldType::Text,
        "date" => FieldType::Date,
        "moment" => FieldType::Moment,
        "quantity" => FieldType::Quantity(inner.map(str::to_owned).or(unit)),
        _ => return Err(word.to_owned()),
    })
}
