use super::scene::Scene;
use crate::catalogue::Condition;
use crate::expression::{and, truth};
use vekha_model::{Criterion, Missing, Truth};

/// All of them together, each in words, and what is missing where one is unknown.
pub struct Judged {
    pub truth: Truth,
    pub why: Vec<Criterion>,
    pub missing: Vec<Missing>,
}

pub fn judge(conditions: &[Condition], scene: &Scene<'_>) -> Judged {
    let mut judged = Judged {
        truth: Truth::Yes,
        why: Vec::with_capacity(conditions.len()),
        missing: Vec::new(),
    };
    for condition in conditions {
        let truth = truth(&condition.expression.node, scene);
        let reads = &condition.expression.reads;
        if truth == Truth::Unknown {
            reads
                .iter()
                .for_each(|read| scene.missing(read, &mut judged.missing));
        }
        let mut facts = Vec::new();
        for entry in reads.iter().filter_map(|read| scene.behind(read)) {
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
    judged.missing.sort();
    judged.missing.dedup();
    if judged.truth != Truth::Unknown {
        judged.missing.clear();
    }
    judged
}

/// Whether they hold, without words.
pub fn holds(conditions: &[Condition], scene: &Scene<'_>) -> Truth {
    conditions.iter().fold(Truth::Yes, |all, one| match all {
        Truth::No => Truth::No,
        all => and(all, truth(&one.expression.node, scene)),
    })
}
