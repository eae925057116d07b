//! Whether a fork that was not taken can still be.
//!
//! Time only moves on, what started a run does not change any more, and what is done stays done. Whatever else is known may
//! become otherwise. So what is called past is; what is called open may still turn out not to be.
use super::scene::Scene;
use crate::catalogue::Fork;
use crate::expression::{Comparison, Node, Read, Reader, Value, truth};
use vekha_model::{Prospect, StepState, Truth};

pub fn prospect(fork: &Fork, taken: Truth, scene: &Scene<'_>, ended: bool) -> Prospect {
    if taken == Truth::Yes {
        return Prospect::Taken;
    }
    let mut conditions = fork.when.iter();
    if ended || !conditions.all(|one| can(&one.expression.node, true, scene)) {
        return Prospect::Past;
    }
    Prospect::Open
}

/// Whether it can be as wanted, now or later.
fn can(node: &Node, wanted: bool, scene: &Scene<'_>) -> bool {
    match node {
        Node::Not(inner) => can(inner, !wanted, scene),
        Node::And(a, b) if wanted => can(a, true, scene) && can(b, true, scene),
        Node::Or(a, b) if !wanted => can(a, false, scene) && can(b, false, scene),
        Node::And(a, b) | Node::Or(a, b) => can(a, wanted, scene) || can(b, wanted, scene),
        Node::If(condition, yes, no) => {
            can(condition, true, scene) && can(yes, wanted, scene)
                || can(condition, false, scene) && can(no, wanted, scene)
        }
        bare if is_settled(bare, scene) => match truth(bare, scene) {
            Truth::Yes => wanted,
            Truth::No => !wanted,
            Truth::Unknown => true,
        },
        Node::Compare(how, a, b) => {
            let how = if wanted { *how } else { opposite(*how) };
            match (&**a, &**b) {
                (grows, Node::Number(limit)) => reaches(grows, how, *limit, scene),
                (Node::Number(limit), grows) => reaches(grows, mirrored(how), *limit, scene),
                _ => true,
            }
        }
        Node::In(item, others) if wanted => others.iter().any(|other| match other {
            Node::Number(value) => reaches(item, Comparison::Equal, *value, scene),
            _ => true,
        }),
        _ => true,
    }
}

/// Whether nothing in it will change any more.
fn is_settled(node: &Node, scene: &Scene<'_>) -> bool {
    match node {
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Day(_) => true,
        Node::Read(read) | Node::Known(read) => is_final(read, scene),
        Node::DaysSince(_) => false,
        Node::Not(inner) => is_settled(inner, scene),
        Node::And(a, b) | Node::Or(a, b) | Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => {
            is_settled(a, scene) && is_settled(b, scene)
        }
        Node::If(condition, yes, no) => [condition, yes, no]
            .into_iter()
            .all(|part| is_settled(part, scene)),
        Node::In(item, others) => {
            is_settled(item, scene) && others.iter().all(|other| is_settled(other, scene))
        }
    }
}

fn is_final(read: &Read, scene: &Scene<'_>) -> bool {
    match read {
        Read::Event { .. } | Read::EventAt | Read::EventKind | Read::Marker(_) => true,
        Read::Field { kind, .. } => {
            Some(*kind) == scene.catalogue.person && scene.read(read).is_some()
        }
        Read::StepState(step) | Read::StepOutcome(step) => scene
            .states
            .iter()
            .any(|known| known.step.as_str() == step && known.state == StepState::Done),
        _ => false,
    }
}

/// Whether something that only grows can still be so.
fn reaches(grows: &Node, how: Comparison, limit: f64, scene: &Scene<'_>) -> bool {
    let now = match grows {
        Node::Read(read @ (Read::RunDays | Read::RunWeeks | Read::Age { .. })) => scene.read(read),
        Node::DaysSince(read) if is_final(read, scene) => scene.days_since(read).map(Value::Number),
        _ => return true,
    };
    let Some(Value::Number(now)) = now else {
        return true;
    };
    match how {
        Comparison::Less => now < limit,
        Comparison::LessOrEqual | Comparison::Equal => now <= limit,
        Comparison::Greater | Comparison::GreaterOrEqual | Comparison::NotEqual => true,
    }
}

fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

fn mirrored(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
