use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use vekha_lifepath::Facts;
use vekha_model::{Fact, FactId, FactStatus, Moment, ResidentId, Source};

/// The facts file of the command; see `docs/facts.md`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsFile {
    pub resident: ResidentId,
    #[serde(default)]
    #[schemars(with = "Vec<WrittenFact>")]
    pub facts: Vec<Value>,
}

/// A fact as people write it: the subject and the id may be left out.
///
/// What a real source adds is left alone; an editor still says that it is not known here.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct WrittenFact {
    #[serde(default)]
    id: Option<FactId>,
    #[serde(default)]
    subject: Option<ResidentId>,
    /// A kind of the facts vocabulary.
    kind: String,
    /// When it became true.
    at: Moment,
    /// When the holder learnt it.
    #[serde(default)]
    recorded: Option<Timestamp>,
    #[serde(default)]
    status: FactStatus,
    /// The fact that this one corrects.
    #[serde(default)]
    supersedes: Option<FactId>,
    #[serde(default)]
    source: Source,
    #[serde(default)]
    fields: BTreeMap<String, Value>,
    /// Never leaves the resident's device.
    #[serde(default)]
    private: bool,
}

impl FactsFile {
    /// The file, or words that say why it is none.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        serde_json::from_str(&text)
            .map_err(|error| format!("{} is not a facts file: {error}", path.display()))
    }

    /// Facts that only might be so: without an id they get one that no real fact has by its position.
    pub fn pretended(mut self) -> Result<Facts, String> {
        for (place, value) in self.facts.iter_mut().enumerate() {
            if let Value::Object(fact) = value {
                let id = format!("what-if-{}", place + 1);
                fact.entry("id").or_insert(Value::String(id));
            }
        }
        self.facts()
    }

    /// Facts with what the file may leave out filled in: the subject, and an id by position.
    pub fn facts(self) -> Result<Facts, String> {
        let facts = complete(&self.resident, self.facts, 0)?;
        Ok(Facts {
            resident: self.resident,
            facts,
        })
    }
}

/// Facts with what may be left out filled in; `already` facts came before them.
pub fn complete(
    resident: &ResidentId,
    facts: Vec<Value>,
    already: usize,
) -> Result<Vec<Fact>, String> {
    let number = |place: usize| already + place + 1;
    facts
        .into_iter()
        .enumerate()
        .map(|(place, value)| {
            let written: WrittenFact = serde_json::from_value(value)
                .map_err(|error| format!("fact {}: {error}", number(place)))?;
            Ok(Fact {
                id: written
                    .id
                    .unwrap_or_else(|| FactId::new(format!("f{}", number(place)))),
                subject: written.subject.unwrap_or_else(|| resident.clone()),
                kind: written.kind,
                at: written.at,
                recorded: written.recorded,
                status: written.status,
                supersedes: written.supersedes,
                source: written.source,
                fields: written.fields,
                private: written.private,
            })
        })
        .collect()
}
