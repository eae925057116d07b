//! Who has to be planned again when a fact comes.
use super::{AnchorAt, AnchorFrom, CompiledMarker, Condition, Situation, Step};
use crate::expression::{Expression, Read};
use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub(crate) struct Reads {
    /// By kind of fact, the situations that may look at one; those that others start look at what these look at.
    pub of_kind: Vec<Vec<usize>>,
    /// By situation, those that ask whether it is active.
    pub asked_by: Vec<Vec<usize>>,
    /// By situation, those whose forks start it.
    pub started_by: Vec<Vec<usize>>,
}

#[derive(Default, Clone)]
struct Seen {
    kinds: BTreeSet<usize>,
    asked: BTreeSet<String>,
    markers: bool,
}

impl Reads {
    pub fn new(
        situations: &[Situation],
        markers: &[CompiledMarker],
        smoker: Option<usize>,
        kinds: usize,
    ) -> Self {
        let mut by_markers = Seen::default();
        by_markers.kinds.extend(smoker);
        for marker in markers {
            let conditions = marker.skip.iter().chain(marker.limits.iter().flatten());
            conditions.for_each(|one| by_markers.expression(one));
        }
        let count = situations.len();
        let mut reads = Self {
            of_kind: vec![Vec::new(); kinds],
            asked_by: vec![Vec::new(); count],
            started_by: vec![Vec::new(); count],
        };
        let mut all: Vec<Seen> = Vec::with_capacity(count);
        for (place, situation) in situations.iter().enumerate() {
            let mut seen = Seen::default();
            seen.situation(situation);
            if seen.markers {
                seen.also(&by_markers);
            }
            let starts = |other: &Situation| {
                let mut forks = other.forks.iter();
                forks.any(|fork| fork.of.starts.as_ref() == Some(&situation.key))
            };
            for (earlier, other) in situations[..place].iter().enumerate() {
                if starts(other) {
                    reads.started_by[place].push(earlier);
                    seen.also(&all[earlier].clone());
                }
                if seen.asked.contains(other.key.as_str()) {
                    reads.asked_by[earlier].push(place);
                }
            }
            for kind in &seen.kinds {
                reads.of_kind[*kind].push(place);
            }
            all.push(seen);
        }
        reads
    }
}

impl Seen {
    fn also(&mut self, other: &Self) {
        self.kinds.extend(&other.kinds);
        self.asked.extend(other.asked.iter().cloned());
    }

    fn situation(&mut self, of: &Situation) {
        for trigger in &of.triggers {
            self.kinds.extend(&trigger.kinds);
            self.conditions(&trigger.when);
        }
        if let AnchorAt::Field(kind, _) = &of.anchor {
            self.kinds.insert(*kind);
        }
        if let Some(since) = &of.since {
            let days = [&since.first, &since.after];
            self.kinds
                .extend(days.into_iter().flatten().map(|(kind, _)| *kind));
        }
        self.conditions(&of.ends);
        of.steps.iter().for_each(|step| self.step(step));
        for fork in &of.forks {
            self.conditions(&fork.when);
            let steps = fork.adds.iter().chain(&fork.replaces);
            steps.for_each(|step| self.step(step));
        }
    }

    fn step(&mut self, step: &Step) {
        self.anchor(&step.anchor);
        self.conditions(&step.when);
        if let Some(done) = &step.done {
            self.expression(done);
        }
        self.kinds
            .extend(step.screening.as_ref().map(|row| row.kind));
    }

    fn conditions(&mut self, conditions: &[Condition]) {
        for condition in conditions {
            self.expression(&condition.expression);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        for read in &expression.reads {
            match read {
                Read::Field { kind, .. } | Read::At { kind } | Read::Age { kind, .. } => {
                    self.kinds.insert(*kind);
                }
                Read::Active(name) => {
                    self.asked.insert(name.clone());
                }
                Read::Anchor(row) => self.anchor(row),
                Read::Marker(_) => self.markers = true,
                Read::Event { .. }
                | Read::EventAt
                | Read::EventKind
                | Read::RunDays
                | Read::RunWeeks
                | Read::Now
                | Read::Parameter(_)
                | Read::StepState(_)
                | Read::StepOutcome(_) => {}
            }
        }
    }

    fn anchor(&mut self, row: &[AnchorFrom]) {
        let kinds = row.iter().filter_map(|from| match from {
            AnchorFrom::Fact { kind, .. } => Some(*kind),
            _ => None,
        });
        self.kinds.extend(kinds);
    }
}
