//! One more fact of a kind, and only those forks and steps of a run that read the kind.
//!
//! This holds as long as the fact moves nothing that others hang on. It begins and ends no run and moves no anchor: what such
//! facts are the catalogue knows (`begins_by`). It takes no fork, and touches none that is taken: steps hang on those. And it
//! leaves what forks know of a step as it was. Wherever it does more, the whole situation is planned again.
use super::run::{Begun, Run};
use super::scene::{KnownStep, Scene};
use super::step::plan_step;
use super::{Asked, Stand, Undecided, all_steps, judge_fork, taken};
use crate::catalogue::Situation;
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

/// A run in the plan, with its place among those of its situation and where its steps begin.
pub struct Standing<'p> {
    pub run: &'p mut PlannedSituation,
    pub place: usize,
    pub steps: &'p mut Vec<PlannedStep>,
    pub first: usize,
    pub open: &'p mut Vec<Undecided>,
}

impl Kept {
    /// Plans again what of this run reads a kind of fact. False where that is not enough.
    pub fn again(
        &mut self,
        outer: &Scene<'_>,
        situation: &Situation,
        kind: usize,
        stands: Standing<'_>,
    ) -> bool {
        let ended = match stands.run.state {
            SituationState::Active => false,
            SituationState::Ended => true,
            _ => return false,
        };
        let (of, at) = self.event;
        let run = Run {
            situation,
            event: &outer.index.kinds[of][at],
            begun: self.begun.clone(),
        };
        let base = run.scene(outer);
        let own = situation.steps.iter();
        let touched = own
            .filter(|step| situation.asked.contains(&step.of.step) && step.reads.contains(&kind));
        let asked: Vec<Asked<'_>> = touched
            .map(|step| Asked::of(step, &base, &run, ended))
            .collect();
        if !asked.iter().all(|asked| self.knows(asked, &base)) {
            return false;
        }
        let states: Vec<KnownStep<'_>> = self.known.iter().map(|one| one.known(&base)).collect();
        let scene = Scene {
            states: &states,
            ..base
        };
        for (at, fork) in situation.forks.iter().enumerate() {
            if !fork.reads.contains(&kind) {
                continue;
            }
            let again = judge_fork(fork, &scene, ended);
            let before = &mut stands.run.forks[at];
            if before.taken == Truth::Yes || again.taken == Truth::Yes {
                return false;
            }
            let place = stands.place;
            stands
                .open
                .retain(|one| (one.run, one.fork) != (place, Some(at)));
            if !ended {
                let open = Undecided::of_fork((at, fork), &again, &scene, (place, &run));
                stands.open.extend(open);
            }
            *before = again;
        }
        let taken = taken(situation, &stands.run.forks);
        let (steps, mut at) = (stands.steps, stands.first);
        let mut asked = asked.into_iter().peekable();
        for (by, step) in all_steps(situation, &taken) {
            let key = &step.of.step;
            let known = asked.next_if(|asked| by.is_none() && asked.key() == key);
            let rest = &steps[at..stands.first + self.steps];
            let before = rest.iter().take_while(|one| one.step == *key).count();
            let stand = Stand::of(by, step, &taken, ended);
            let is_elsewhere = step.own && run.twin;
            if is_elsewhere || !stand.step.reads.contains(&kind) {
                at += before;
                continue;
            }
            let again = match known.filter(|_| stand.is_untouched()) {
                Some(known) => known.steps,
                None => {
                    let mut again = Vec::with_capacity(before);
                    plan_step(stand.step, &stand.place(&run, &scene), &mut again);
                    again
                }
            };
            // A step that comes or goes may make room for another one.
            if before == 0 || again.is_empty() {
                return false;
            }
            self.steps = self.steps + again.len() - before;
            let next = at + again.len();
            steps.splice(at..at + before, again);
            at = next;
        }
        true
    }

    /// Whether forks already know this of a step.
    fn knows(&self, asked: &Asked<'_>, scene: &Scene<'_>) -> bool {
        let known = self.known.iter().filter(|one| one.step == *asked.key());
        let known = known.map(|one| (one.state, one.since));
        let states = asked.states(scene);
        states.map(|state| (state.state, state.since)).eq(known)
    }
}
