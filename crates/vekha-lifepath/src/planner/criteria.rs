use super::scene::Scene;
use crate::catalogue::Condition;
use crate::expression::{Node, Read, and, truth, undecided};
use crate::facts::Entry;
use jiff::Timestamp;
use vekha_model::{Criterion, Missing, Moment, Truth};

/// All of them together, and each in words.
pub struct Judged {
    pub truth: Truth,
    pub why: Vec<Criterion>,
}

pub fn judge(conditions: &[Condition], scene: &Scene<'_>) -> Judged {
    let mut judged = Judged {
        truth: Truth::Yes,
        why: Vec::with_capacity(conditions.len()),
    };
    for condition in conditions {
        let truth = truth(&condition.expression.node, scene);
        let reads = condition.expression.reads.iter();
        let mut entries = reads.filter_map(|read| scene.behind(read));
        // Mostly it is one.
        let mut facts = entries
            .next()
            .map_or_else(Vec::new, |entry| vec![entry.fact.id.clone()]);
        for entry in entries {
            if !facts.contains(&entry.fact.id) {
                facts.push(entry.fact.id.clone());
            }
        }
        judged.truth = and(judged.truth, truth);
        judged.why.push(Criterion {
            truth,
            facts,
            of: condition.words.clone(),
        });
    }
    judged
}

/// What is missing where one is unknown, and could still change it; `asked` leaves out what no resident could say.
pub fn missing(
    conditions: &[Condition],
    truth: Truth,
    why: &[Criterion],
    scene: &Scene<'_>,
    asked: bool,
) -> Vec<Missing> {
    let mut missing = Vec::new();
    if truth != Truth::Unknown {
        return missing;
    }
    for (condition, criterion) in conditions.iter().zip(why) {
        if criterion.truth == Truth::Unknown {
            let mut open = Vec::new();
            undecided(&condition.expression.node, scene, &mut open);
            for read in open {
                scene.missing(read, asked, &mut missing);
            }
        }
    }
    missing.sort();
    missing.dedup();
    missing
}

/// Whether they hold, without words.
pub fn holds(conditions: &[Condition], scene: &Scene<'_>) -> Truth {
    conditions.iter().fold(Truth::Yes, |all, one| match all {
        Truth::No => Truth::No,
        all => and(all, truth(&one.expression.node, scene)),
    })
}

/// The moment something began to hold, and the fact that did it where one did.
#[derive(Clone, Copy)]
pub struct Began<'a> {
    pub at: Timestamp,
    pub moment: Moment,
    pub entry: Option<&'a Entry<'a>>,
}

/// When conditions that hold began to; nothing where only the calendar decides, such as an age.
pub fn began<'a>(conditions: &[Condition], scene: &Scene<'a>) -> Option<Began<'a>> {
    let all = conditions
        .iter()
        .filter_map(|one| node_began(&one.expression.node, scene));
    all.reduce(later)
}

fn node_began<'a>(node: &Node, scene: &Scene<'a>) -> Option<Began<'a>> {
    match node {
        Node::And(a, b) => both(node_began(a, scene), node_began(b, scene)),
        Node::Or(a, b) => {
            let side =
                |node: &Node| (truth(node, scene) == Truth::Yes).then(|| node_began(node, scene));
            match (side(a), side(b)) {
                (Some(Some(a)), Some(Some(b))) => Some(if later(a, b).at == a.at { b } else { a }),
                (Some(one), None) | (None, Some(one)) => one,
                (Some(a), Some(b)) => a.or(b),
                (None, None) => None,
            }
        }
        Node::If(condition, yes, no) => {
            let taken = if truth(condition, scene) == Truth::Yes {
                yes
            } else {
                no
            };
            both(node_began(condition, scene), node_began(taken, scene))
        }
        Node::Not(a) => leaves(&[&**a], scene),
        Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => leaves(&[&**a, &**b], scene),
        Node::In(a, others) => {
            let mut all: Vec<&Node> = others.iter().collect();
            all.push(&**a);
            leaves(&all, scene)
        }
        Node::Read(read) | Node::Known(read) | Node::DaysSince(read) => scene.began(read),
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Day(_) => None,
    }
}

fn leaves<'a>(nodes: &[&Node], scene: &Scene<'a>) -> Option<Began<'a>> {
    nodes
        .iter()
        .filter_map(|node| match node {
            Node::And(a, b) | Node::Or(a, b) => leaves(&[&**a, &**b], scene),
            other => node_began(other, scene),
        })
        .reduce(later)
}

fn both<'a>(a: Option<Began<'a>>, b: Option<Began<'a>>) -> Option<Began<'a>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(later(a, b)),
        (a, b) => a.or(b),
    }
}

fn later<'a>(a: Began<'a>, b: Began<'a>) -> Began<'a> {
    let id = |one: &Began<'a>| one.entry.map(|entry| &entry.fact.id);
    if (a.at, id(&a)) >= (b.at, id(&b)) {
        a
    } else {
        b
    }
}

impl<'a> Scene<'a> {
    /// When a read got the value it has.
    fn began(&self, read: &Read) -> Option<Began<'a>> {
        match read {
            Read::Age { .. } => None,
            Read::StepState(step) | Read::StepOutcome(step) => {
                let known = self
                    .states
                    .iter()
                    .find(|known| known.step.as_str() == step)?;
                let moment = known.since?;
                Some(Began {
                    at: moment.start_in(self.catalogue.zone()),
                    moment,
                    entry: None,
                })
            }
            read => self.behind(read).map(|entry| Began {
                at: entry.at,
                moment: entry.fact.at,
                entry: Some(entry),
            }),
        }
    }
}
