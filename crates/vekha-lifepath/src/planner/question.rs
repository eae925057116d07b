use super::Undecided;
use crate::Catalogue;
use std::collections::BTreeMap;
use vekha_model::{Missing, PlannedStep, Question, ResidentId, StepId, StepState};

/// Every missing fact that the resident could give, once, with what the answer settles.
pub fn questions(
    catalogue: &Catalogue,
    resident: &ResidentId,
    steps: &[PlannedStep],
    open: &[&Undecided],
) -> Vec<Question> {
    let mut asked: BTreeMap<&Missing, Vec<StepId>> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.state == StepState::Unknown) {
        for missing in &step.missing {
            asked.entry(missing).or_default().push(step.id.clone());
        }
    }
    for undecided in open {
        for missing in &undecided.missing {
            asked
                .entry(missing)
                .or_default()
                .extend(undecided.settles.iter().cloned());
        }
    }
    asked
        .into_iter()
        .filter_map(|(missing, settles)| {
            let text = catalogue.question(missing)?.clone();
            Some(Question {
                subject: resident.clone(),
                missing: missing.clone(),
                text,
                settles,
            })
        })
        .collect()
}
