mod again;
mod criteria;
mod forks_ahead;
mod marker;
mod occurrence;
mod period;
mod planning;
mod question;
mod read;
mod round;
mod run;
mod scene;
mod screening;
mod silence;
mod spell;
mod start;
mod step;

use crate::Catalogue;
use crate::catalogue::{Fork, Situation, Step};
use crate::facts::{Facts, reason::OTHER_UNIT};
use again::{Before, Kept, KeptState};
use criteria::{began, holds, judge, missing};
use forks_ahead::prospect;
use planning::Part;
use run::Run;
use scene::{KnownStep, Scene};
use silence::Silence;
use spell::Spell;
use start::{Candidate, starts};
use std::borrow::Borrow;
use step::{Place, plan_step};
use vekha_model::{
    Anchor, Criterion, Fact, Missing, Moment, Plan, PlannedFork, PlannedSituation, PlannedStep,
    Rejected, SituationKey, SituationState, StepId, StepKey, StepState, Truth,
};

pub use planning::Planning;
pub use screening::{CheckUpTable, Verdict};

/// What the catalogue and the facts give at `now`. Pure: the same in, the same out, whatever the order of facts.
pub fn plan<F: Borrow<Fact>>(catalogue: &Catalogue, facts: &Facts<F>, now: Moment) -> Plan {
    plan_by(catalogue, facts, now, Rules::OfTheirDay)
}

/// Which situations count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Rules {
    /// Those in force on the day they are about.
    #[default]
    OfTheirDay,
    /// All of them, whenever: a picture of a life reaches further than any order does.
    Any,
}

pub(crate) fn plan_by<F: Borrow<Fact>>(
    catalogue: &Catalogue,
    facts: &Facts<F>,
    now: Moment,
    rules: Rules,
) -> Plan {
    Planning::by(catalogue, facts, now, rules).into_plan()
}

/// Something undecided: what is missing, for which steps, in which run of its situation.
pub(crate) struct Undecided {
    pub missing: Vec<Missing>,
    pub settles: Vec<StepId>,
    pub run: usize,
    /// The fork that hangs on it, by its place; none where the run itself does.
    pub fork: Option<usize>,
    /// The situation that hangs on it: the run's own, or one that a fork would start.
    pub begins: Option<SituationKey>,
}

impl Undecided {
    /// What the resident could say about a fork that may be taken or not.
    fn of_fork(
        (place, fork): (usize, &Fork),
        planned: &PlannedFork,
        scene: &Scene<'_>,
        (at, run): (usize, &Run<'_>),
    ) -> Option<Self> {
        let missing = missing(&fork.when, planned.taken, &planned.why, scene, true);
        (!missing.is_empty()).then(|| Self {
            missing,
            settles: settled_by(run, fork),
            run: at,
            fork: Some(place),
            begins: fork.of.starts.clone(),
        })
    }
}

/// Situations that forks start, with the place of the fact that did it.
type Started<'c> = Vec<(&'c SituationKey, (usize, usize))>;

/// A fork that was taken, why, and when.
struct Taken<'a> {
    fork: &'a Fork,
    why: &'a [Criterion],
    since: Option<Moment>,
}

/// The forks that were taken, in the order of the situation.
fn taken<'a>(situation: &'a Situation, forks: &'a [PlannedFork]) -> Vec<Taken<'a>> {
    let all = situation.forks.iter().zip(forks);
    let taken = all.filter(|(_, planned)| planned.taken == Truth::Yes);
    let taken = taken.map(|(fork, planned)| Taken {
        fork,
        why: &planned.why,
        since: planned.since,
    });
    taken.collect()
}

/// Plans situations, one after the other.
#[derive(Default)]
struct Planner<'c> {
    situations: Vec<PlannedSituation>,
    steps: Vec<PlannedStep>,
    /// How many runs other situations gave before this one.
    first: usize,
    rules: Rules,
    part: Part<'c>,
}

impl<'c> Planner<'c> {
    fn new(rules: Rules, situations: Vec<PlannedSituation>, steps: Vec<PlannedStep>) -> Self {
        Self {
            rules,
            situations,
            steps,
            ..Self::default()
        }
    }

    /// Plans one situation and says when it was active; `forced` are the facts with which forks of others start it.
    fn situation(
        &mut self,
        scene: &Scene<'_>,
        situation: &'c Situation,
        forced: &[(usize, usize)],
    ) -> Vec<Spell<'c>> {
        let zone = scene.catalogue.zone();
        let mut lived = Vec::new();
        self.first = self.situations.len();
        for candidate in starts(scene, situation, forced, self.rules) {
            match candidate {
                Candidate::Run(run) => {
                    let silence = Silence::of(situation, scene, &run, self.place());
                    self.part.silences.extend(silence);
                    let first = self.steps.len();
                    let (end, known) = self.run(scene, situation, &run);
                    lived.push(Spell {
                        situation: &situation.key,
                        from: run.begins(zone),
                        to: end.map(|at| at.start_in(zone)),
                    });
                    self.part.runs.push(Kept {
                        event: start::place_of(scene, run.event),
                        begun: run.begun,
                        known,
                        steps: self.steps.len() - first,
                    });
                }
                Candidate::Not(run, state) => self.not_started(scene, &run, state),
            }
        }
        lived
    }

    /// The place of the next run among those of its situation.
    fn place(&self) -> usize {
        self.situations.len() - self.first
    }

    /// Plans one run and says when it ended, and what its forks knew of steps.
    fn run(
        &mut self,
        outer: &Scene<'_>,
        situation: &'c Situation,
        run: &Run<'_>,
    ) -> (Option<Moment>, Vec<KeptState>) {
        let end = run.end(outer);
        let base = run.scene(outer);
        let asked = asked_steps(&base, run, end.is_some());
        let states: Vec<KnownStep<'_>> =
            asked.iter().flat_map(|asked| asked.states(&base)).collect();
        let scene = Scene {
            states: &states,
            ..base
        };
        let mut forks = Vec::with_capacity(situation.forks.len());
        for (at, fork) in situation.forks.iter().enumerate() {
            let planned = judge_fork(fork, &scene, end.is_some());
            if planned.taken == Truth::Yes
                && let Some(target) = &fork.of.starts
            {
                let began = began(&fork.when, &scene).and_then(|began| began.entry);
                let place = start::place_of(outer, began.unwrap_or(run.event));
                self.part.started.push((target, place));
            }
            if end.is_none() {
                let run = (self.place(), run);
                let open = Undecided::of_fork((at, fork), &planned, &scene, run);
                self.part.open.extend(open);
            }
            forks.push(planned);
        }
        let known = states.iter().map(KeptState::of).collect();
        self.steps_of(
            run,
            &scene,
            &taken(situation, &forks),
            asked,
            end.is_some(),
            &mut Before {
                steps: &mut Vec::new().into_iter(),
                left: 0,
                touched: |_: &Stand<'_>| true,
            },
        );
        let state = if end.is_some() {
            SituationState::Ended
        } else {
            SituationState::Active
        };
        let why = trigger_why(outer, run);
        let ended = end.as_ref().map(|end| end.at);
        self.push_situation(run, state, why, forks, end);
        (ended, known)
    }

    /// The run's own steps and those of the forks taken, each replaced, cancelled or kept as the forks say.
    fn steps_of(
        &mut self,
        run: &Run<'_>,
        scene: &Scene<'_>,
        taken: &[Taken<'_>],
        asked: Vec<Asked<'_>>,
        ended: bool,
        before: &mut Before<'_, impl Fn(&Stand<'_>) -> bool>,
    ) {
        let mut asked = asked.into_iter().peekable();
        let first = self.steps.len();
        for (by, step) in all_steps(run.situation, taken) {
            let key = &step.of.step;
            let known = asked.next_if(|asked| by.is_none() && asked.key() == key);
            if step.own && run.twin {
                continue;
            }
            if by.is_some() && self.steps[first..].iter().any(|known| known.step == *key) {
                continue;
            }
            let stand = Stand::of(by, step, taken, ended);
            if before.stays(&stand, &mut self.steps) {
                continue;
            }
            // No fork has touched it: it stands as the forks found it.
            match known.filter(|_| stand.is_untouched()) {
                Some(known) => self.steps.extend(known.steps),
                None => plan_step(stand.step, &stand.place(run, scene), &mut self.steps),
            }
        }
    }

    /// A trigger that does not hold, or may. A time held for it before is given back.
    fn not_started(&mut self, outer: &Scene<'_>, run: &Run<'_>, state: SituationState) {
        let scene = run.scene(outer);
        let outside = run.asked(outer);
        let conditions = match run.situation.triggers.get(run.trigger) {
            Some(trigger) => trigger.when.as_slice(),
            None => &[],
        };
        let judged = judge(conditions, &outside);
        if state == SituationState::Unknown {
            let missing = missing(conditions, judged.truth, &judged.why, &outside, true);
            if !missing.is_empty() {
                self.part.open.push(Undecided {
                    missing,
                    settles: Vec::new(),
                    run: self.place(),
                    fork: None,
                    begins: Some(run.situation.key.clone()),
                });
            }
            if marker::other_unit(&outside) {
                self.part.rejected.push(Rejected {
                    fact: run.event.fact.id.clone(),
                    reason: OTHER_UNIT.words(),
                });
            }
        }
        let why = judged.why;
        let mut steps = Vec::new();
        // Only what was said of a step, or what shows it done, keeps it.
        let told = |step: &&Step| {
            step.done.is_some() || scene.outcomes(step.of.step.as_str()).next().is_some()
        };
        for step in run.situation.steps.iter().filter(told) {
            plan_step(
                step,
                &Place {
                    run,
                    scene: &scene,
                    fork: None,
                    since: None,
                    cancelled: Some(&why),
                },
                &mut steps,
            );
        }
        self.steps.extend(steps.into_iter().filter(|step| {
            step.visit.is_some() || matches!(step.state, StepState::Done | StepState::Declined)
        }));
        self.push_situation(run, state, why, Vec::new(), None);
    }

    fn push_situation(
        &mut self,
        run: &Run<'_>,
        state: SituationState,
        why: Vec<Criterion>,
        forks: Vec<PlannedFork>,
        end: Option<run::End>,
    ) {
        let (ended_by, ended_at) = end.map_or((None, None), |end| (end.by, Some(end.at)));
        self.situations.push(PlannedSituation {
            id: run.id.clone(),
            subject: run.event.fact.subject.clone(),
            state,
            anchor: Anchor {
                code: run.situation.anchor_code.clone(),
                at: run.anchor,
            },
            started_by: run.event.fact.id.clone(),
            why,
            forks,
            ended_by,
            ended_at,
            of: run.situation.of.clone(),
        });
    }
}

/// A step that forks ask about, with all its occurrences.
struct Asked<'a> {
    step: &'a Step,
    steps: Vec<PlannedStep>,
    /// Of a step that came again after it was done, the last one is asked about.
    first: usize,
}

impl<'a> Asked<'a> {
    /// As it stands before any fork but the one that ended the run.
    fn of(step: &'a Step, scene: &Scene<'_>, run: &Run<'_>, ended: bool) -> Self {
        let key = &step.of.step;
        let kept = || {
            let mut forks = run.situation.forks.iter();
            forks.any(|fork| {
                fork.ends && fork.keeps.contains(key) && holds(&fork.when, scene) == Truth::Yes
            })
        };
        let place = Place {
            run,
            scene,
            fork: None,
            since: None,
            cancelled: (ended && !kept()).then_some(&[]),
        };
        let mut steps = Vec::with_capacity(1);
        plan_step(step, &place, &mut steps);
        let first = match step.repeat {
            Some(_) => 0,
            None => steps.len().saturating_sub(1),
        };
        Self { step, steps, first }
    }

    fn key(&self) -> &'a StepKey {
        &self.step.of.step
    }

    fn states<'s>(&'s self, scene: &'s Scene<'a>) -> impl Iterator<Item = KnownStep<'a>> + 's {
        let asked = self.steps[self.first..].iter();
        asked.map(|step| step::known(self.key(), step, scene))
    }
}

/// The steps that forks ask about, in the order of the situation.
fn asked_steps<'a>(scene: &Scene<'_>, run: &Run<'a>, ended: bool) -> Vec<Asked<'a>> {
    let own = run.situation.steps.iter();
    let own = own.filter(|step| step.asked);
    own.map(|step| Asked::of(step, scene, run, ended)).collect()
}

/// The steps of a situation, and those that the forks taken add.
fn all_steps<'a>(
    situation: &'a Situation,
    taken: &'a [Taken<'a>],
) -> impl Iterator<Item = (Option<&'a Taken<'a>>, &'a Step)> {
    let own = situation.steps.iter().map(|step| (None, step));
    let added = taken
        .iter()
        .flat_map(|taken| taken.fork.adds.iter().map(move |step| (Some(taken), step)));
    own.chain(added)
}

/// What the forks taken, and the end of the run, make of a step.
struct Stand<'a> {
    /// The step as it goes on.
    step: &'a Step,
    /// The fork that brought or replaced it.
    by: Option<&'a Taken<'a>>,
    is_added: bool,
    replaced: bool,
    cancelled_by: Option<&'a Taken<'a>>,
    ended: bool,
}

impl<'a> Stand<'a> {
    fn of(by: Option<&'a Taken<'a>>, step: &'a Step, taken: &'a [Taken<'a>], ended: bool) -> Self {
        let key = &step.of.step;
        let other = |one: &&Taken<'_>| by.is_none_or(|by| by.fork.of.fork != one.fork.of.fork);
        let cancels = |one: &&Taken<'_>| {
            one.fork.cancels_all && by.is_none() || one.fork.cancels.contains(key)
        };
        let kept = taken
            .iter()
            .any(|one| one.fork.ends && (!other(&one) || one.fork.keeps.contains(key)));
        let cancelled_by = taken.iter().filter(other).find(cancels).filter(|_| !kept);
        let replaced = taken.iter().rev().find_map(|one| {
            let with = one.fork.replaces.iter().find(|with| with.of.step == *key)?;
            Some((one, with))
        });
        let is_added = by.is_some();
        let (by, step) = replaced.map_or((by, step), |(one, with)| (by.or(Some(one)), with));
        Self {
            step,
            by,
            is_added,
            replaced: replaced.is_some(),
            cancelled_by,
            ended: ended && !kept,
        }
    }

    fn is_untouched(&self) -> bool {
        !self.replaced && self.cancelled_by.is_none()
    }

    fn place<'p>(&self, run: &'p Run<'p>, scene: &'p Scene<'p>) -> Place<'p>
    where
        'a: 'p,
    {
        let ended: Option<&'a [Criterion]> = self.ended.then_some(&[]);
        Place {
            run,
            scene,
            fork: self.by.map(|by| by.fork),
            since: self.by.and_then(|by| by.since),
            cancelled: self.cancelled_by.map(|one| one.why).or(ended),
        }
    }
}

/// Whether a fork is taken, why, and since when.
fn judge_fork(fork: &Fork, scene: &Scene<'_>, ended: bool) -> PlannedFork {
    let judged = judge(&fork.when, scene);
    let began = (judged.truth == Truth::Yes).then(|| began(&fork.when, scene));
    PlannedFork {
        taken: judged.truth,
        prospect: prospect(fork, judged.truth, scene, ended),
        since: began.flatten().map(|began| began.moment),
        why: judged.why,
        of: fork.of.clone(),
    }
}

fn settled_by(run: &Run<'_>, fork: &Fork) -> Vec<StepId> {
    let ids = fork
        .adds
        .iter()
        .map(|step| StepId::of(&run.id, &step.of.step));
    ids.collect()
}

fn trigger_why(outer: &Scene<'_>, run: &Run<'_>) -> Vec<Criterion> {
    if run.forced {
        return Vec::new();
    }
    let scene = run.asked(outer);
    let judged = run
        .situation
        .triggers
        .get(run.trigger)
        .map(|trigger| judge(&trigger.when, &scene));
    judged.map_or_else(Vec::new, |judged| judged.why)
}
