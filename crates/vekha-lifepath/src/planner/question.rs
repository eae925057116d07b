use super::Undecided;
use crate::Catalogue;
use jiff::civil::DateTime;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use vekha_model::{Missing, PlannedStep, Question, ResidentId, SituationKey, StepId, StepState};

/// What one answer would settle.
#[derive(Default)]
struct Answer<'a> {
    steps: Vec<&'a StepId>,
    situations: Vec<&'a SituationKey>,
    /// When the windows of its steps close.
    ends: Vec<DateTime>,
}

/// Every missing fact that the resident could give, once, with what the answer settles: the one that settles most first.
pub fn questions(
    catalogue: &Catalogue,
    resident: &ResidentId,
    now: DateTime,
    steps: &[PlannedStep],
    open: &[&Undecided],
) -> Vec<Question> {
    let mut answers: BTreeMap<&Missing, Answer> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.state == StepState::Unknown) {
        let end = step.due.map(|due| due.wall_end(catalogue.zone()));
        for missing in &step.missing {
            let answer = answers.entry(missing).or_default();
            answer.steps.push(&step.id);
            answer.ends.extend(end);
        }
    }
    for undecided in open {
        for missing in &undecided.missing {
            let answer = answers.entry(missing).or_default();
            answer.steps.extend(&undecided.settles);
            answer.situations.extend(&undecided.begins);
        }
    }
    let mut asked: Vec<(Reverse<u32>, DateTime, Question)> = Vec::new();
    for (missing, mut answer) in answers {
        let Some(text) = catalogue.question(missing) else {
            continue;
        };
        answer.steps.sort_unstable();
        answer.steps.dedup();
        answer.situations.sort_unstable();
        answer.situations.dedup();
        let near: u32 = answer.ends.iter().map(|end| pressing(now, *end)).sum();
        let decides = u32::try_from(answer.steps.len() + answer.situations.len());
        let decides = decides.unwrap_or(u32::MAX);
        asked.push((
            Reverse(decides.saturating_add(near)),
            answer.ends.iter().min().copied().unwrap_or(DateTime::MAX),
            Question {
                subject: resident.clone(),
                missing: missing.clone(),
                text: text.clone(),
                settles: answer.steps.into_iter().cloned().collect(),
                situations: answer.situations.into_iter().cloned().collect(),
                decides,
            },
        ));
    }
    // Equal ones stay in the order of what they ask.
    asked.sort_by_key(|(weight, end, _)| (*weight, *end));
    asked.into_iter().map(|(_, _, question)| question).collect()
}

/// How much more an answer weighs because a window closes soon: within three days, two weeks, a month.
fn pressing(now: DateTime, end: DateTime) -> u32 {
    let left = end.duration_since(now).as_hours() / 24;
    [3, 14, 30].into_iter().filter(|days| left < *days).count() as u32
}
