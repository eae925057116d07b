//! Who has to be planned again when a fact comes.
use super::{AnchorAt, AnchorFrom, CompiledMarker, Condition, Situation, Step};
use crate::expression::{Expression, Read};
use std::collections::BTreeSet;

/// Places of kinds of facts in the vocabulary.
pub(crate) type Kinds = BTreeSet<usize>;

#[derive(Debug, Default)]
pub(crate) struct Reads {
    /// By kind of fact, the situations that may look at one.
    pub of_kind: Vec<Vec<usize>>,
    /// Situations that compare what started them with a limit, and so with other facts of its kind.
    pub markers: Vec<usize>,
    /// By situation, those that ask whether it is active.
    pub asked_by: Vec<Vec<usize>>,
    /// By situation, those whose forks start it.
    pub started_by: Vec<Vec<usize>>,
}

#[derive(Default, Clone)]
struct Seen {
    kinds: Kinds,
    asked: BTreeSet<String>,
    markers: bool,
}

impl Reads {
    /// Finds it out for all, and writes into each situation what its own parts read.
    pub fn new(
        situations: &mut [Situation],
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
            markers: Vec::new(),
            asked_by: vec![Vec::new(); count],
            started_by: vec![Vec::new(); count],
        };
        for place in 0..count {
            let seen = Seen::situation(&mut situations[place], &by_markers);
            let key = &situations[place].key;
            let starts = |other: &Situation| {
                let mut forks = other.forks.iter();
                forks.any(|fork| fork.of.starts.as_ref() == Some(key))
            };
            for (earlier, other) in situations[..place].iter().enumerate() {
                if starts(other) {
                    reads.started_by[place].push(earlier);
                }
                if seen.asked.contains(other.key.as_str()) {
                    reads.asked_by[earlier].push(place);
                }
            }
            if seen.markers {
                reads.markers.push(place);
            }
            for kind in &seen.kinds {
                reads.of_kind[*kind].push(place);
            }
        }
        reads
    }
}

impl Seen {
    fn also(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        self.asked.extend(other.asked);
        self.markers |= other.markers;
    }

    /// What one part reads, with what the limits of markers read where it asks about one.
    fn part(by_markers: &Self, look: impl FnOnce(&mut Self)) -> Self {
        let mut seen = Self::default();
        look(&mut seen);
        if seen.markers {
            seen.also(by_markers.clone());
        }
        seen
    }

    fn situation(of: &mut Situation, by_markers: &Self) -> Self {
        let mut all = Self::part(by_markers, |seen| seen.begins(of));
        of.begins_by.clone_from(&all.kinds);
        let step = |step: &mut Step| {
            let seen = Self::part(by_markers, |seen| seen.step(step));
            step.reads.clone_from(&seen.kinds);
            seen
        };
        for own in &mut of.steps {
            all.also(step(own));
        }
        for fork in &mut of.forks {
            for with in fork.adds.iter_mut().chain(&mut fork.replaces) {
                all.also(step(with));
            }
            let seen = Self::part(by_markers, |seen| seen.conditions(&fork.when));
            fork.reads.clone_from(&seen.kinds);
            all.also(seen);
        }
        all
    }

    fn begins(&mut self, of: &Situation) {
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
        let ends = of.forks.iter().filter(|fork| fork.ends);
        ends.for_each(|fork| self.conditions(&fork.when));
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
