use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use vekha_lifepath::Facts;
use vekha_model::{Fact, ResidentId};

/// The facts file of the command; see `docs/facts.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactsFile {
    pub resident: ResidentId,
    #[serde(default)]
    pub facts: Vec<Value>,
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

pub fn complete(
    resident: &ResidentId,
    facts: Vec<Value>,
    already: usize,
) -> Result<Vec<Fact>, String> {
    let mut complete = Vec::with_capacity(facts.len());
    for (place, mut value) in facts.into_iter().enumerate() {
        let number = already + place + 1;
        if let Value::Object(fact) = &mut value {
            fact.entry("id")
                .or_insert_with(|| Value::String(format!("f{number}")));
            fact.entry("subject")
                .or_insert_with(|| Value::String(resident.to_string()));
        }
        let fact =
            serde_json::from_value(value).map_err(|error| format!("fact {number}: {error}"))?;
        complete.push(fact);
    }
    Ok(complete)
}
