use super::{Arithmetic, Comparison, Node, Read, Value, and, not};
use std::cmp::Ordering;
use vekha_model::Truth;

/// Where values come from.
pub trait Reader {
    fn read<'a>(&'a self, read: &'a Read) -> Option<Value<'a>>;
    fn known(&self, read: &Read) -> Truth;
    fn days_since(&self, read: &Read) -> Option<f64>;
}

pub fn truth<R: Reader>(node: &Node, from: &R) -> Truth {
    match node {
        Node::Not(inner) => not(truth(inner, from)),
        Node::And(a, b) => match truth(a, from) {
            Truth::No => Truth::No,
            a => and(a, truth(b, from)),
        },
        Node::Or(a, b) => match truth(a, from) {
            Truth::Yes => Truth::Yes,
            a => not(and(not(a), not(truth(b, from)))),
        },
        Node::Known(read) => from.known(read),
        Node::Compare(how, a, b) => match (value(a, from), value(b, from)) {
            (Some(a), Some(b)) => compare(*how, a, b),
            _ => Truth::Unknown,
        },
        Node::In(item, list) => match value(item, from) {
            Some(item) => list.iter().fold(Truth::No, |found, other| {
                let same = value(other, from).map_or(Truth::Unknown, |other| {
                    compare(Comparison::Equal, item, other)
                });
                not(and(not(found), not(same)))
            }),
            None => Truth::Unknown,
        },
        other => match value(other, from) {
            Some(Value::Bool(true)) => Truth::Yes,
            Some(Value::Bool(false)) => Truth::No,
            _ => Truth::Unknown,
        },
    }
}

pub fn value<'a, R: Reader>(node: &'a Node, from: &'a R) -> Option<Value<'a>> {
    match node {
        Node::Bool(value) => Some(Value::Bool(*value)),
        Node::Number(value) => Some(Value::Number(*value)),
        Node::Text(text) => Some(Value::Text(text)),
        Node::Day(day) => Some(Value::Day(*day)),
        Node::Read(read) => from.read(read),
        Node::DaysSince(read) => from.days_since(read).map(Value::Number),
        Node::If(condition, yes, no) => match truth(condition, from) {
            Truth::Yes => value(yes, from),
            Truth::No => value(no, from),
            Truth::Unknown => None,
        },
        Node::Arithmetic(how, a, b) => match (value(a, from)?, value(b, from)?) {
            (Value::Number(a), Value::Number(b)) => {
                let result = match how {
                    Arithmetic::Add => a + b,
                    Arithmetic::Subtract => a - b,
                    Arithmetic::Multiply => a * b,
                    Arithmetic::Divide => a / b,
                };
                result.is_finite().then_some(Value::Number(result))
            }
            _ => None,
        },
        logical => match truth(logical, from) {
            Truth::Yes => Some(Value::Bool(true)),
            Truth::No => Some(Value::Bool(false)),
            Truth::Unknown => None,
        },
    }
}

fn compare(how: Comparison, a: Value<'_>, b: Value<'_>) -> Truth {
    if let (Value::Between(low, high), Value::Number(limit)) = (a, b) {
        let at_low = compare(how, Value::Number(low), Value::Number(limit));
        let at_high = compare(how, Value::Number(high), Value::Number(limit));
        return if at_low == at_high {
            at_low
        } else {
            Truth::Unknown
        };
    }
    if let (Value::Number(_), Value::Between(..)) = (a, b) {
        return compare(how.mirrored(), b, a);
    }
    let order = match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(&b)),
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(&b),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Instant(a, _), Value::Instant(b, _)) => Some(a.cmp(&b)),
        (Value::Day(a) | Value::Instant(_, a), Value::Day(b) | Value::Instant(_, b)) => {
            Some(a.cmp(&b))
        }
        _ => None,
    };
    match order {
        None => Truth::Unknown,
        Some(order) if how.holds(order) => Truth::Yes,
        Some(_) => Truth::No,
    }
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}
