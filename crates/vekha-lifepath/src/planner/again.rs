//! One more fact of a kind, and only those forks and steps of a run that read the kind.
//!
//! This is enough as long as the fact begins and ends no run and moves no anchor: what such facts are the catalogue knows
//! (`begins_by`). Forks that read the kind are judged anew, and those that ask about a step which now stands otherwise. What
//! reads the kind is planned anew, and every step that a fork judged anew names, if it is or was taken. The rest is taken over.
//! Where such a fork starts another situation, or the run was silenced, the whole situation is planned again.
use super::run::{Begun, Run};
use super::scene::{KnownStep, Scene};
use super::{Asked, Planner, Stand, Undecided, judge_fork, taken};
use crate::catalogue::{Fork, Situation};
use crate::expression::Read;
use std::vec;
use vekha_model::{
    Moment, PlannedSituation, PlannedStep, SituationState, StepKey, StepState, Truth,
};

/// What it takes to plan a run again without asking how it began.
pub struct Kept {
    /// The place of the fact that started it.
    pub event: (usize, usize),
    pub begun: Begun,
    /// What its forks know of steps.
    pub known: Vec<KeptState>,
    /// How many steps it gave.
    pub steps: usize,
}

/// The state of a step before any fork.
#[derive(PartialEq)]
pub struct KeptState {
    step: StepKey,
    state: StepState,
    since: Option<Moment>,
}

impl KeptState {
    pub fn of(known: &KnownStep<'_>) -> Self {
        Self {
            step: known.step.clone(),
            state: known.state,
            since: known.since,
        }
    }

    fn known<'a>(&'a self, scene: &Scene<'a>) -> KnownStep<'a> {
        let said = scene.outcomes(self.step.as_str()).next();
        KnownStep {
            step: &self.step,
            state: self.state,
            outcome: said.map(|outcome| outcome.word),
            since: self.since,
        }
    }
}

impl Planner<'_> {
    /// Plans again what of a run reads a kind of fact, and takes the rest over as it was; `steps` are those it had. False
    /// where that is not enough.
    pub(super) fn run_again(
        &mut self,
        (outer, situation, kind): (&Scene<'_>, &Situation, usize),
        kept: &mut Kept,
        mut planned: PlannedSituation,
        steps: &mut vec::IntoIter<PlannedStep>,
        open: &mut Vec<Undecided>,
    ) -> bool {
        let ended = match planned.state {
            SituationState::Active => false,
            SituationState::Ended => true,
            _ => return false,
        };
        let (of, at) = kept.event;
        let run = Run {
            situation,
            event: &outer.index.kinds[of][at],
            begun: kept.begun.clone(),
        };
        let base = run.scene(outer);
        let own = situation.steps.iter();
        let touched = own.filter(|step| step.asked && step.reads.contains(&kind));
        let asked: Vec<Asked<'_>> = touched
            .map(|step| Asked::of(step, &base, &run, ended))
            .collect();
        let news: Vec<&StepKey> = asked
            .iter()
            .filter_map(|asked| kept.hear(asked, &base))
            .collect();
        let states: Vec<KnownStep<'_>> = kept.known.iter().map(|one| one.known(&base)).collect();
        let scene = Scene {
            states: &states,
            ..base
        };
        let place = self.place();
        let mut moved = Moved::default();
        for (at, fork) in situation.forks.iter().enumerate() {
            if !fork.reads.contains(&kind) && !asks(fork, &news) {
                continue;
            }
            let again = judge_fork(fork, &scene, ended);
            let before = std::mem::replace(&mut planned.forks[at], again);
            let again = &planned.forks[at];
            open.retain(|one| (one.run, one.fork) != (place, Some(at)));
            if !ended {
                open.extend(Undecided::of_fork((at, fork), again, &scene, (place, &run)));
            }
            let (was, is) = (before.taken == Truth::Yes, again.taken == Truth::Yes);
            if !was && !is {
                continue;
            }
            if fork.of.starts.is_some() {
                return false;
            }
            moved.forks.push(fork);
            moved.added |= was != is;
        }
        let mut before = Before {
            steps,
            left: kept.steps,
            touched: |stand: &Stand<'_>| stand.step.reads.contains(&kind) || moved.touches(stand),
        };
        let taken = taken(situation, &planned.forks);
        let first = self.steps.len();
        self.steps_of(&run, &scene, &taken, asked, ended, &mut before);
        // What nobody took over is gone.
        before.drop_rest();
        kept.steps = self.steps.len() - first;
        self.situations.push(planned);
        true
    }
}

/// Steps as they were before, in their order, and which of them cannot stay so.
pub struct Before<'i, F> {
    pub steps: &'i mut vec::IntoIter<PlannedStep>,
    /// How many of them are the run's.
    pub left: usize,
    pub touched: F,
}

impl<F> Before<'_, F> {
    /// The next one, if it is of this step.
    fn next_of(&mut self, key: &StepKey) -> Option<PlannedStep> {
        // Looked at where it lies: it is moved once.
        let next = self.steps.as_slice().first()?;
        if self.left == 0 || next.step != *key {
            return None;
        }
        self.left -= 1;
        self.steps.next()
    }

    fn drop_rest(self) {
        self.steps.take(self.left).for_each(drop);
    }
}

impl<F: Fn(&Stand<'_>) -> bool> Before<'_, F> {
    /// Hands over what there was of a step. False where it has to be planned.
    pub(super) fn stays(&mut self, stand: &Stand<'_>, into: &mut Vec<PlannedStep>) -> bool {
        let key = &stand.step.of.step;
        let touched = (self.touched)(stand);
        let mut found = false;
        while let Some(step) = self.next_of(key) {
            found = true;
            if !touched {
                into.push(step);
            }
        }
        found && !touched
    }
}

/// Forks that are judged anew and taken, or were.
#[derive(Default)]
struct Moved<'a> {
    forks: Vec<&'a Fork>,
    /// Whether one of them is taken that was not, or the other way round.
    added: bool,
}

impl Moved<'_> {
    fn touches(&self, stand: &Stand<'_>) -> bool {
        let key = &stand.step.of.step;
        let names = |fork: &&Fork| {
            let with = fork.adds.iter().chain(&fork.replaces);
            fork.cancels_all
                || fork.cancels.contains(key)
                || with.map(|step| &step.of.step).any(|other| other == key)
        };
        stand.is_added && self.added || self.forks.iter().any(names)
    }
}

/// Whether a fork asks about one of these steps.
fn asks(fork: &Fork, steps: &[&StepKey]) -> bool {
    let mut reads = fork.when.iter().flat_map(|one| &one.expression.reads);
    !steps.is_empty()
        && reads.any(|read| match read {
            Read::StepState(step) | Read::StepOutcome(step) => {
                steps.iter().any(|one| one.as_str() == step)
            }
            _ => false,
        })
}

impl Kept {
    /// Notes how a step stands before any fork, and says which it was where that is news.
    fn hear<'a>(&mut self, asked: &Asked<'a>, scene: &Scene<'_>) -> Option<&'a StepKey> {
        let key = asked.key();
        let states: Vec<KeptState> = asked
            .states(scene)
            .map(|state| KeptState::of(&state))
            .collect();
        let known = self.known.iter().filter(|one| one.step == *key);
        if known.eq(&states) {
            return None;
        }
        let from = self.known.iter().position(|one| one.step == *key);
        let from = from.unwrap_or(self.known.len());
        self.known.retain(|one| one.step != *key);
        self.known.splice(from..from, states);
        Some(key)
    }
}
