use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use std::fmt;

/// A record's JSON as it was sent, byte for byte: fields we do not know survive, and what is only kept is never taken apart.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body(Box<RawValue>);

impl Body {
    /// # Errors
    /// The record cannot be said in JSON.
    pub fn of(record: &impl Serialize) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(record).map(Self)
    }

    /// # Errors
    /// This is not JSON.
    pub fn parse(text: String) -> Result<Self, serde_json::Error> {
        RawValue::from_string(text).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// As in a tombstone.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_str() == "null"
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl From<Value> for Body {
    fn from(value: Value) -> Self {
        Self::of(&value).unwrap_or_default()
    }
}
