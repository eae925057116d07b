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
use crate::catalogue::{Condition, Fork, Situation, Step};
use crate::facts::{Facts, reason::OTHER_UNIT};
use criteria::{Judged, began, holds, judge, missing};
use forks_ahead::prospect;
use planning::Part;
use run::Run;
use scene::{KnownStep, Scene};
use silence::Silence;
use spell::Spell;
use start::{Candidate, starts};
use step::{Place, plan_step};
use vekha_model::{
    Anchor, Criterion, Missing, Moment, Plan, PlannedFork, PlannedSituation, PlannedStep, Rejected,
    SituationKey, SituationState, StepId, StepKey, StepState, Text, Truth,
};

pub use planning::Planning;
pub use screening::{CheckUpTable, Verdict};

/// What the catalogue and the facts give at `now`. Pure: the same in, the same out, whatever the order of facts.
pub fn plan(catalogue: &Catalogue, facts: &Facts, now: Moment) -> Plan {
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

pub(crate) fn plan_by(catalogue: &Catalogue, facts: &Facts, now: Moment, rules: Rules) -> Plan {
    Planning::by(catalogue, facts, now, rules).into_plan()
}

/// Something undecided: what is missing, for which steps, in which run of its situation.
pub(crate) struct Undecided {
    pub missing: Vec<Missing>,
    pub settles: Vec<StepId>,
    pub run: usize,
    /// The situation that hangs on it: the run's own, or one that a fork would start.
    pub begins: Option<SituationKey>,
}

/// Situations that forks start, with the place of the fact that did it.
type Started<'c> = Vec<(&'c SituationKey, (usize, usize))>;

/// A fork that was taken, why, and when.
struct Taken<'a> {
    fork: &'a Fork,
    why: Vec<Criterion>,
    since: Option<Moment>,
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
                    let end = self.run(scene, situation, &run);
                    lived.push(Spell {
                        situation: &situation.key,
                        from: run.begins(zone),
                        to: end.map(|at| at.start_in(zone)),
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

    /// Plans one run and says when it ended.
    fn run<'a>(
        &mut self,
        outer: &Scene<'a>,
        situation: &'c Situation,
        run: &'a Run<'a>,
    ) -> Option<Moment> {
        let end = run.end(outer);
        let base = run.scene(outer);
        let asked = asked_steps(&base, run, end.is_some());
        let states: Vec<KnownStep<'_>> = asked
            .iter()
            .flat_map(|asked| {
                let known = |step| step::known(asked.key(), step, &base);
                asked.steps[asked.first..].iter().map(known)
            })
            .collect();
        let scene = Scene {
            states: &states,
            ..base
        };
        let mut taken: Vec<Taken<'_>> = Vec::new();
        let mut forks = Vec::with_capacity(situation.forks.len());
        for fork in &situation.forks {
            let judged = judge(&fork.when, &scene);
            let mut since = None;
            if judged.truth == Truth::Yes {
                let began = began(&fork.when, &scene);
                since = began.map(|began| began.moment);
                taken.push(Taken {
                    fork,
                    why: judged.why.clone(),
                    since,
                });
                if let Some(target) = &fork.of.starts {
                    let event = began.and_then(|began| began.entry).unwrap_or(run.event);
                    let place = start::place_of(outer, event);
                    self.part.started.push((target, place));
                }
            } else if judged.truth == Truth::Unknown && end.is_none() {
                let begins = fork.of.starts.clone();
                self.undecided(&fork.when, &judged, &scene, begins, || {
                    settled_by(run, fork)
                });
            }
            forks.push(PlannedFork {
                taken: judged.truth,
                prospect: prospect(fork, judged.truth, &scene, end.is_some()),
                since,
                why: judged.why,
                of: fork.of.clone(),
            });
        }
        self.steps_of(run, &scene, &taken, asked, end.is_some());
        let state = if end.is_some() {
            SituationState::Ended
        } else {
            SituationState::Active
        };
        let why = trigger_why(outer, run);
        let ended = end.as_ref().map(|end| end.at);
        self.push_situation(run, state, why, forks, end);
        ended
    }

    /// The run's own steps and those of the forks taken, each replaced, cancelled or kept as the forks say.
    fn steps_of<'a>(
        &mut self,
        run: &'a Run<'a>,
        scene: &Scene<'a>,
        taken: &[Taken<'a>],
        asked: Vec<Asked<'_>>,
        ended: bool,
    ) {
        let mut asked = asked.into_iter().peekable();
        let first = self.steps.len();
        let own = run.situation.steps.iter().map(|step| (None, step));
        let added = taken
            .iter()
            .flat_map(|taken| taken.fork.adds.iter().map(move |step| (Some(taken), step)));
        for (by, step) in own.chain(added) {
            let key = &step.of.step;
            let known = asked.next_if(|asked| by.is_none() && asked.key() == key);
            if step.own && run.twin {
                continue;
            }
            if by.is_some() && self.steps[first..].iter().any(|known| known.step == *key) {
                continue;
            }
            let other = |one: &&Taken<'_>| by.is_none_or(|by| by.fork.of.fork != one.fork.of.fork);
            let cancels = |one: &&Taken<'_>| {
                one.fork.cancels_all && by.is_none() || one.fork.cancels.contains(key)
            };
            let kept = taken
                .iter()
                .any(|one| one.fork.ends && (!other(&one) || one.fork.keeps.contains(key)));
            let by_fork = taken.iter().filter(other).find(cancels).filter(|_| !kept);
            let cancelled = match by_fork {
                Some(one) => Some(one.why.clone()),
                None => (ended && !kept).then(Vec::new),
            };
            let replaced = taken.iter().rev().find_map(|one| {
                let with = one.fork.replaces.iter().find(|with| with.of.step == *key)?;
                Some((one, with))
            });
            // No fork has touched it: it stands as the forks found it.
            if let Some(known) = known
                && replaced.is_none()
                && by_fork.is_none()
            {
                self.steps.extend(known.steps);
                continue;
            }
            let (by, step) = replaced.map_or((by, step), |(one, with)| (by.or(Some(one)), with));
            let place = Place {
                run,
                scene: *scene,
                fork: by.map(|by| by.fork),
                since: by.and_then(|by| by.since),
                cancelled,
            };
            plan_step(step, &place, &mut self.steps);
        }
    }

    /// Keeps what the resident could say about something unknown.
    fn undecided(
        &mut self,
        conditions: &[Condition],
        judged: &Judged,
        scene: &Scene<'_>,
        begins: Option<SituationKey>,
        settles: impl FnOnce() -> Vec<StepId>,
    ) {
        let missing = missing(conditions, judged, scene, true);
        if !missing.is_empty() {
            self.part.open.push(Undecided {
                missing,
                settles: settles(),
                run: self.place(),
                begins,
            });
        }
    }

    /// A trigger that does not hold, or may. A time held for it before is given back.
    fn not_started<'a>(&mut self, outer: &Scene<'a>, run: &'a Run<'a>, state: SituationState) {
        let scene = run.scene(outer);
        let outside = run.asked(outer);
        let conditions = match run.situation.triggers.get(run.trigger) {
            Some(trigger) => trigger.when.as_slice(),
            None => &[],
        };
        let judged = judge(conditions, &outside);
        if state == SituationState::Unknown {
            let begins = Some(run.situation.key.clone());
            self.undecided(conditions, &judged, &outside, begins, Vec::new);
            if marker::other_unit(&outside) {
                let (ru, en) = OTHER_UNIT;
                self.part.rejected.push(Rejected {
                    fact: run.event.fact.id.clone(),
                    reason: Text::new(ru, en),
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
                    scene,
                    fork: None,
                    since: None,
                    cancelled: Some(why.clone()),
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
    fn key(&self) -> &'a StepKey {
        &self.step.of.step
    }
}

/// The steps that forks ask about, as they stand before any fork but the one that ended the run; in the order of the
/// situation.
fn asked_steps<'a>(scene: &Scene<'a>, run: &'a Run<'a>, ended: bool) -> Vec<Asked<'a>> {
    let asked = &run.situation.asked;
    let kept = |key: &StepKey| {
        let mut forks = run.situation.forks.iter();
        forks.any(|fork| {
            fork.ends && fork.keeps.contains(key) && holds(&fork.when, scene) == Truth::Yes
        })
    };
    let own = run.situation.steps.iter();
    let own = own.filter(|step| asked.contains(&step.of.step));
    let plan = |step: &'a Step| {
        let place = Place {
            run,
            scene: *scene,
            fork: None,
            since: None,
            cancelled: (ended && !kept(&step.of.step)).then(Vec::new),
        };
        let mut steps = Vec::with_capacity(1);
        plan_step(step, &place, &mut steps);
        let first = match step.repeat {
            Some(_) => 0,
            None => steps.len().saturating_sub(1),
        };
        Asked { step, steps, first }
    };
    own.map(plan).collect()
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
