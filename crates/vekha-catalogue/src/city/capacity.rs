use serde::Deserialize;
use std::collections::BTreeMap;
use vekha_lifepath::Catalogue;

/// How many visits each service can take in a month; one that is not named has no known limit.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Capacity(BTreeMap<String, u64>);

impl Capacity {
    /// Reads `service: visits a month`, a line each. An unknown service is an error.
    pub fn read(text: &str, catalogue: &Catalogue) -> Result<Self, String> {
        let read: Self = serde_saphyr::from_str(text)
            .map_err(|error| format!("not lines of “service: visits a month”: {error}"))?;
        match read
            .0
            .keys()
            .find(|name| catalogue.service(&name.as_str().into()).is_none())
        {
            Some(name) => Err(format!("the catalogue has no service “{name}”")),
            None => Ok(read),
        }
    }

    pub fn of(&self, service: &str) -> Option<u64> {
        self.0.get(service).copied()
    }
}
