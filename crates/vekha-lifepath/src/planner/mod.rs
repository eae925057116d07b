mod criteria;
mod forks_ahead;
mod marker;
mod occurrence;
mod period;
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
use crate::catalogue::{Condition, Fork};
use crate::facts::{Facts, Index, reason::OTHER_UNIT};
use criteria::{Judged, began, holds, judge, missing};
use forks_ahead::prospect;
use run::Run;
use scene::{KnownStep, Scene};
use silence::Silence;
use spell::Spell;
use start::{Candidate, starts};
use std::collections::HashMap;
use step::{Place, plan_step};
use vekha_model::{
    Anchor, Criterion, Missing, Moment, Plan, PlannedFork, PlannedSituation, PlannedStep, Rejected,
    SituationKey, SituationState, StepId, StepKey, StepState, Text, Truth,
};

/// What the catalogue and the facts give at `now`. Pure: the same in, the same out, whatever the order of facts.
pub fn plan(catalogue: &Catalogue, facts: &Facts, now: Moment) -> Plan {
    plan_by(catalogue, facts, now, Rules::OfTheirDay)
}

/// Which situations count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Those in force on the day they are about.
    OfTheirDay,
    /// All of them, whenever: a picture of a life reaches further than any order does.
    Any,
}

pub(crate) fn plan_by(catalogue: &Catalogue, facts: &Facts, now: Moment, rules: Rules) -> Plan {
    let index = Index::new(catalogue, facts, now);
    let mut planner = Planner {
        catalogue,
        now,
        rules,
        situations: Vec::with_capacity(catalogue.situations.len()),
        steps: Vec::with_capacity(catalogue.steps),
        open: Vec::new(),
        rejected: Vec::new(),
        silences: Vec::new(),
    };
    planner.all(&index);
    planner.suppress();
    let questions = question::questions(
        catalogue,
        &facts.resident,
        now.wall_start(catalogue.zone()),
        &planner.situations,
        &planner.steps,
        planner.open,
    );
    let mut rejected = index.rejected;
    rejected.append(&mut planner.rejected);
    rejected.dedup_by(|a, b| a.fact == b.fact);
    Plan {
        now,
        catalogue: catalogue.version(),
        situations: planner.situations,
        steps: planner.steps,
        questions,
        rejected,
    }
}

/// Something undecided: what is missing, for which steps, in which run.
pub(crate) struct Undecided {
    pub missing: Vec<Missing>,
    pub settles: Vec<StepId>,
    pub situation: usize,
    /// The situation that a fork would start.
    pub starts: Option<SituationKey>,
    /// Whether the run itself hangs on it.
    pub trigger: bool,
}

/// Situations that forks start, with the place of the fact that did it.
type Started = Vec<(String, (usize, usize))>;

/// A fork that was taken, why, and when.
struct Taken<'a> {
    fork: &'a Fork,
    why: Vec<Criterion>,
    since: Option<Moment>,
}

struct Planner<'c> {
    catalogue: &'c Catalogue,
    now: Moment,
    rules: Rules,
    situations: Vec<PlannedSituation>,
    steps: Vec<PlannedStep>,
    open: Vec<Undecided>,
    rejected: Vec<Rejected>,
    silences: Vec<Silence<'c>>,
}

impl<'c> Planner<'c> {
    fn all(&mut self, index: &Index<'_>) {
        let zone = self.catalogue.zone();
        let mut spells: Vec<Spell> = Vec::new();
        let mut forced: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for situation in &self.catalogue.situations {
            let scene = Scene {
                catalogue: self.catalogue,
                index,
                now: self.now,
                wall: self.now.wall_start(zone),
                until: self.now.end_in(zone),
                event: None,
                frame: None,
                spells: &spells,
                states: &[],
            };
            let pushed = forced.remove(situation.key.as_str()).unwrap_or_default();
            let mut next: Started = Vec::new();
            let mut lived: Vec<Spell> = Vec::new();
            for candidate in starts(&scene, situation, &pushed, self.rules) {
                match candidate {
                    Candidate::Run(run) => {
                        self.silences.extend(Silence::of(
                            situation,
                            &scene,
                            &run,
                            self.situations.len(),
                        ));
                        let end = self.run(&scene, &run, &mut next);
                        lived.push(Spell {
                            situation: situation.key.to_string(),
                            from: run.begins(zone),
                            to: end.map(|at| at.start_in(zone)),
                        });
                    }
                    Candidate::Not(run, state) => self.not_started(&scene, &run, state),
                }
            }
            for (target, event) in next {
                forced.entry(target).or_default().push(event);
            }
            spells.append(&mut lived);
        }
    }

    /// Plans one run and says when it ended; events for the situations its forks start go to `next`.
    fn run<'a>(
        &mut self,
        outer: &Scene<'a>,
        run: &'a Run<'a>,
        next: &mut Started,
    ) -> Option<Moment> {
        let situation = run.situation;
        let end = run.end(outer);
        let base = run.scene(outer);
        let known = asked_steps(&base, run, end.is_some());
        let states: Vec<KnownStep<'_>> =
            known.iter().map(|step| step::known(step, &base)).collect();
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
                    next.push((target.to_string(), start::place_of(outer, event)));
                }
            } else if judged.truth == Truth::Unknown && end.is_none() {
                self.undecided(&fork.when, &judged, &scene, Some((run, fork)));
            }
            forks.push(PlannedFork {
                taken: judged.truth,
                prospect: prospect(fork, judged.truth, &scene, end.is_some()),
                since,
                why: judged.why,
                of: fork.of.clone(),
            });
        }
        self.steps_of(run, &scene, &taken, end.is_some());
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
        ended: bool,
    ) {
        let first = self.steps.len();
        let own = run.situation.steps.iter().map(|step| (None, step));
        let added = taken
            .iter()
            .flat_map(|taken| taken.fork.adds.iter().map(move |step| (Some(taken), step)));
        for (by, step) in own.chain(added) {
            if step.own && run.twin {
                continue;
            }
            let key = &step.of.step;
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
            let cancelled = match taken.iter().filter(other).find(cancels) {
                Some(one) if !kept => Some(one.why.clone()),
                _ => (ended && !kept).then(Vec::new),
            };
            let replaced = taken.iter().rev().find_map(|one| {
                let with = one.fork.replaces.iter().find(|with| with.of.step == *key)?;
                Some((one, with))
            });
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
        fork: Option<(&Run<'_>, &Fork)>,
    ) {
        let missing = missing(conditions, judged, scene, true);
        if !missing.is_empty() {
            self.open.push(Undecided {
                missing,
                settles: fork.map_or_else(Vec::new, |(run, fork)| settled_by(run, fork)),
                situation: self.situations.len(),
                starts: fork.and_then(|(_, fork)| fork.of.starts.clone()),
                trigger: fork.is_none(),
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
            self.undecided(conditions, &judged, &outside, None);
            if marker::other_unit(&outside) {
                let (ru, en) = OTHER_UNIT;
                self.rejected.push(Rejected {
                    fact: run.event.fact.id.clone(),
                    reason: Text::new(ru, en),
                });
            }
        }
        let why = judged.why;
        let mut steps = Vec::new();
        for step in &run.situation.steps {
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
            situation: run.situation.key.clone(),
            subject: run.event.fact.subject.clone(),
            title: run.situation.title.clone(),
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
        });
    }
}

/// The steps that forks ask about, as they stand before any fork but the one that ended the run.
fn asked_steps<'a>(scene: &Scene<'a>, run: &'a Run<'a>, ended: bool) -> Vec<PlannedStep> {
    let asked = &run.situation.asked;
    let mut steps = Vec::with_capacity(asked.len());
    let kept = |key: &StepKey| {
        let mut forks = run.situation.forks.iter();
        forks.any(|fork| {
            fork.ends && fork.keeps.contains(key) && holds(&fork.when, scene) == Truth::Yes
        })
    };
    let own = run.situation.steps.iter();
    for step in own.filter(|step| asked.contains(&step.of.step)) {
        let place = Place {
            run,
            scene: *scene,
            fork: None,
            since: None,
            cancelled: (ended && !kept(&step.of.step)).then(Vec::new),
        };
        let before = steps.len();
        plan_step(step, &place, &mut steps);
        // Of a step that came again after it was done, the last one is asked about.
        if step.repeat.is_none() && steps.len() > before {
            steps.drain(before..steps.len() - 1);
        }
    }
    steps
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
