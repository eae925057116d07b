mod criteria;
mod marker;
mod question;
mod run;
mod scene;
mod start;
mod step;

use crate::Catalogue;
use crate::catalogue::{Fork, Step};
use crate::facts::{Facts, Index};
use criteria::judge;
use run::Run;
use scene::Scene;
use start::{Candidate, starts};
use std::collections::HashMap;
use step::{Place, plan_step};
use vekha_model::{
    Anchor, Criterion, Missing, Moment, Plan, PlannedFork, PlannedSituation, PlannedStep,
    SituationState, StepId, StepState, Truth,
};

/// What the catalogue and the facts give at `now`. Pure: the same in, the same out, whatever the order of facts.
pub fn plan(catalogue: &Catalogue, facts: &Facts, now: Moment) -> Plan {
    let index = Index::new(catalogue, facts, now);
    let mut planner = Planner {
        catalogue,
        now,
        situations: Vec::new(),
        steps: Vec::new(),
        open: Vec::new(),
    };
    planner.all(&index);
    planner.suppress(catalogue);
    let questions = question::questions(catalogue, &facts.resident, &planner.steps, planner.open);
    let Index { rejected, .. } = index;
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
}

/// Situations that forks start, with the place of the fact that did it.
type Started = Vec<(String, (usize, usize))>;

struct Planner<'c> {
    catalogue: &'c Catalogue,
    now: Moment,
    situations: Vec<PlannedSituation>,
    steps: Vec<PlannedStep>,
    open: Vec<Undecided>,
}

impl Planner<'_> {
    fn all(&mut self, index: &Index<'_>) {
        let zone = self.catalogue.zone();
        let mut active: Vec<String> = Vec::new();
        let mut forced: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for situation in &self.catalogue.situations {
            let scene = Scene {
                catalogue: self.catalogue,
                index,
                now: self.now,
                until: self.now.end_in(zone),
                event: None,
                frame: None,
                active: &active,
                states: &[],
            };
            let pushed = forced.remove(situation.key.as_str()).unwrap_or_default();
            let mut any_active = false;
            let mut next: Started = Vec::new();
            for candidate in starts(&scene, situation, &pushed) {
                match candidate {
                    Candidate::Run(run) => {
                        any_active |= self.run(&scene, &run, &mut next) == SituationState::Active;
                    }
                    Candidate::Not(run, state) => self.not_started(&scene, &run, state),
                }
            }
            for (target, event) in next {
                forced.entry(target).or_default().push(event);
            }
            if any_active {
                active.push(situation.key.to_string());
            }
        }
    }

    /// Plans one run; events for the situations its forks start go to `next`.
    fn run<'a>(
        &mut self,
        outer: &Scene<'a>,
        run: &'a Run<'a>,
        next: &mut Started,
    ) -> SituationState {
        let situation = run.situation;
        let end = run.end(outer);
        let base = run.scene(outer);
        let states = if situation.reads_states {
            self.base_states(&base, run)
        } else {
            Vec::new()
        };
        let scene = Scene {
            states: &states,
            ..base
        };
        let mut taken: Vec<(&Fork, Vec<Criterion>)> = Vec::new();
        let mut forks = Vec::with_capacity(situation.forks.len());
        for fork in &situation.forks {
            let judged = judge(&fork.when, &scene);
            if judged.truth == Truth::Yes {
                taken.push((fork, judged.why.clone()));
                if let Some(target) = &fork.of.starts {
                    let event = run::latest_fact(&fork.when, &scene).unwrap_or(run.event);
                    next.push((target.to_string(), start::place_of(outer, event)));
                }
            } else if judged.truth == Truth::Unknown && end.is_none() {
                let settles = fork
                    .adds
                    .iter()
                    .map(|step| StepId::of(&run.id, &step.of.step))
                    .collect();
                self.open.push(Undecided {
                    missing: judged.missing,
                    settles,
                    situation: self.situations.len(),
                });
            }
            forks.push(planned_fork(fork, judged.truth, judged.why));
        }
        let ended: Option<Vec<Criterion>> = end.as_ref().map(|_| Vec::new());
        for step in &situation.steps {
            let key = &step.of.step;
            let by_fork = taken
                .iter()
                .find(|(fork, _)| fork.cancels_all || fork.cancels.contains(key));
            let cancelled = by_fork
                .map(|(_, why)| why.clone())
                .or_else(|| ended.clone());
            let replaced = taken.iter().rev().find_map(|(fork, _)| {
                fork.replaces
                    .iter()
                    .find(|other| other.of.step == *key)
                    .map(|other| (*fork, other))
            });
            let (fork, step): (Option<&Fork>, &Step) =
                replaced.map_or((None, step), |(fork, other)| (Some(fork), other));
            plan_step(
                step,
                &Place {
                    run,
                    scene,
                    fork,
                    cancelled,
                },
                &mut self.steps,
            );
        }
        for (fork, _) in &taken {
            for step in &fork.adds {
                let already = StepId::of(&run.id, &step.of.step);
                if self
                    .steps
                    .iter()
                    .rev()
                    .take_while(|s| s.instance == run.id)
                    .any(|s| s.step == step.of.step && s.id.as_str().starts_with(already.as_str()))
                {
                    continue;
                }
                let by_fork = taken.iter().find(|(other, _)| {
                    other.of.fork != fork.of.fork && other.cancels.contains(&step.of.step)
                });
                let cancelled = by_fork
                    .map(|(_, why)| why.clone())
                    .or_else(|| ended.clone().filter(|_| !fork.ends));
                plan_step(
                    step,
                    &Place {
                        run,
                        scene,
                        fork: Some(fork),
                        cancelled,
                    },
                    &mut self.steps,
                );
            }
        }
        let state = if end.is_some() {
            SituationState::Ended
        } else {
            SituationState::Active
        };
        let why = trigger_why(outer, run);
        self.push_situation(run, state, why, forks, end);
        state
    }

    /// The states before any fork, for forks that ask about them.
    fn base_states<'a>(
        &self,
        scene: &Scene<'a>,
        run: &'a Run<'a>,
    ) -> Vec<(vekha_model::StepKey, StepState)> {
        let mut steps = Vec::new();
        for step in &run.situation.steps {
            plan_step(
                step,
                &Place {
                    run,
                    scene: *scene,
                    fork: None,
                    cancelled: None,
                },
                &mut steps,
            );
        }
        steps
            .into_iter()
            .map(|step| (step.of.step.clone(), step.state))
            .collect()
    }

    /// A trigger that does not hold, or may. A time held for it before is given back.
    fn not_started<'a>(&mut self, outer: &Scene<'a>, run: &'a Run<'a>, state: SituationState) {
        let scene = run.scene(outer);
        let judged = run.situation.triggers.get(run.trigger).map(|trigger| {
            judge(
                &trigger.when,
                &Scene {
                    frame: None,
                    ..scene
                },
            )
        });
        let (why, missing) = judged.map_or((Vec::new(), Vec::new()), |judged| {
            (judged.why, judged.missing)
        });
        let mut steps = Vec::new();
        for step in &run.situation.steps {
            plan_step(
                step,
                &Place {
                    run,
                    scene,
                    fork: None,
                    cancelled: Some(why.clone()),
                },
                &mut steps,
            );
        }
        self.steps.extend(steps.into_iter().filter(|step| {
            step.visit.is_some() || matches!(step.state, StepState::Done | StepState::Declined)
        }));
        if state == SituationState::Unknown {
            self.open.push(Undecided {
                missing,
                settles: Vec::new(),
                situation: self.situations.len(),
            });
        }
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

    /// Silences for good every run that is not newer than the situation which silences it.
    fn suppress(&mut self, catalogue: &Catalogue) {
        let zone = catalogue.zone();
        let mut silenced = Vec::new();
        for (place, run) in self.situations.iter().enumerate() {
            if !matches!(run.state, SituationState::Active | SituationState::Unknown) {
                continue;
            }
            let by = self.situations.iter().find(|other| {
                let started = matches!(other.state, SituationState::Active | SituationState::Ended);
                let names = catalogue
                    .situations
                    .iter()
                    .find(|s| s.key == other.situation);
                started
                    && other.id != run.id
                    && names.is_some_and(|s| {
                        s.suppresses
                            .iter()
                            .any(|name| name == run.situation.as_str())
                    })
                    && run.anchor.at.date_in(zone) <= other.anchor.at.date_in(zone)
            });
            if let Some(by) = by {
                silenced.push((place, by.started_by.clone(), by.anchor.at));
            }
        }
        for (place, by, at) in silenced {
            let run = &mut self.situations[place];
            run.state = SituationState::Suppressed;
            run.ended_by = Some(by);
            run.ended_at = Some(at);
            for step in self.steps.iter_mut().filter(|step| step.instance == run.id) {
                if !matches!(step.state, StepState::Done | StepState::Declined) {
                    step.state = StepState::Cancelled;
                    step.missing.clear();
                }
            }
            self.open.retain(|undecided| undecided.situation != place);
        }
    }
}

fn planned_fork(fork: &Fork, taken: Truth, why: Vec<Criterion>) -> PlannedFork {
    PlannedFork {
        taken,
        since: None,
        why,
        of: fork.of.clone(),
    }
}

fn trigger_why(outer: &Scene<'_>, run: &Run<'_>) -> Vec<Criterion> {
    if run.forced {
        return Vec::new();
    }
    let scene = Scene {
        event: Some(run.event),
        ..*outer
    };
    let judged = run
        .situation
        .triggers
        .get(run.trigger)
        .map(|trigger| judge(&trigger.when, &scene));
    judged.map_or_else(Vec::new, |judged| judged.why)
}
