//! CEL in, a small typed three-valued form out.
mod compile;
mod evaluate;
mod possible;
mod undecided;
mod value;

pub use compile::{Allowed, Names, OUTCOMES, STATES, compile};
pub use evaluate::{Reader, truth, value};
pub use possible::{Impossible, Range, possible};
pub use undecided::undecided;
pub use value::{Kind, Value};

use crate::catalogue::AnchorFrom;
use jiff::civil::Date;
use vekha_model::Truth;

/// A place to read from, resolved at load.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// A field of the latest fact of a kind.
    Field {
        kind: usize,
        field: String,
        unit: Option<String>,
    },
    /// The moment of the latest fact of a kind.
    At {
        kind: usize,
    },
    Age {
        kind: usize,
        calendar_year: bool,
    },
    Event {
        field: String,
    },
    EventAt,
    EventKind,
    RunDays,
    RunWeeks,
    Now,
    Parameter(usize),
    Active(String),
    StepState(String),
    /// The last word said about a step.
    StepOutcome(String),
    /// A named moment of the situation.
    Anchor(Vec<AnchorFrom>),
    Marker(Marker),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    Known,
    UnitOk,
    Limit,
    Ratio,
    Value,
    Urgent,
    Skip,
    Abnormal,
    Growth,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Bool(bool),
    Number(f64),
    Text(String),
    Day(Date),
    Read(Read),
    Known(Read),
    DaysSince(Read),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// An expression ready to be evaluated, with what it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    pub source: String,
    pub node: Node,
    pub reads: Vec<Read>,
}

/// Kleene's three values.
pub fn and(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Truth::No, _) | (_, Truth::No) => Truth::No,
        (Truth::Yes, Truth::Yes) => Truth::Yes,
        _ => Truth::Unknown,
    }
}

pub fn not(a: Truth) -> Truth {
    match a {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        Truth::Unknown => Truth::Unknown,
    }
}
