use jiff::{Timestamp, civil::Date};

/// A known value. What is unknown is `None`, never a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Bool(bool),
    Number(f64),
    /// Somewhere from the first to the second: a limit that depends on something unknown.
    Between(f64, f64),
    Text(&'a str),
    Day(Date),
    Instant(Timestamp, Date),
}

/// The type of an expression, as far as checking needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Number,
    Text,
    Enum(Vec<String>),
    Time,
    /// May not be compared as it stands: each value brings a unit of its own.
    Quantity,
}

impl Kind {
    pub fn word(&self) -> &'static str {
        match self {
            Self::Bool => "a yes or no",
            Self::Number => "a number",
            Self::Text | Self::Enum(_) => "a text",
            Self::Time => "a date",
            Self::Quantity => "a quantity without a declared unit",
        }
    }
}
