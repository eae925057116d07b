//! The answer to «что если»: what would change, in words and on the path. The tact of both sides holds: what nobody has
//! told yet is told by no pretended fact either.
use super::compose;
use crate::{
    scene::Scene,
    tact,
    view::{PathRun, WhatIf, WhatIfRun, WhatIfStep, WhatIfTurn},
};
use std::collections::{HashMap, HashSet};
use vekha_model::{
    Action, Difference, ForkChange, ForkKey, InstanceId, Moment, Plan, PlannedStep,
    SituationChange, SituationState, StepId, StepState, Text, Truth,
};

pub fn would(is: &Scene, plan: Plan, difference: Difference) -> WhatIf {
    let sides = Sides::of(is, plan);
    let is_on = |state: Option<SituationState>| state == Some(SituationState::Active);
    let (begins, ends) = difference
        .situations
        .into_iter()
        .filter(|run| is_on(run.from) != is_on(run.to))
        .partition::<Vec<_>, _>(|run| is_on(run.to));
    let begins: Vec<WhatIfRun> = begins.into_iter().map(named).collect();
    let turns: Vec<ForkChange> = difference
        .forks
        .into_iter()
        .filter(|fork| fork.to == Truth::Yes && !fork.feared && sides.speak_of(&fork.run))
        .collect();
    let appears = difference.appears.iter().filter(|step| {
        sides.speak(step) && !matches!(step.state, StepState::Unknown | StepState::Cancelled)
    });
    let appears: Vec<WhatIfStep> = appears.map(|it| sides.step(it, None, None)).collect();
    let moves = difference.moves.iter().filter(|it| sides.speak(&it.step));
    let moves: Vec<WhatIfStep> = moves
        .map(|it| sides.step(&it.step, it.opened, it.was_due))
        .collect();
    let stops = difference.stops.iter().filter(|it| sides.speak(&it.step));
    WhatIf {
        now: difference.now,
        runs: sides.runs(&begins, &turns, appears.iter().chain(&moves)),
        begins,
        ends: ends.into_iter().map(named).collect(),
        turns: turns
            .into_iter()
            .map(|fork| WhatIfTurn {
                text: fork.text,
                does: fork.does,
            })
            .collect(),
        appears,
        moves,
        stops: stops.map(|it| sides.step(&it.step, None, None)).collect(),
        unused: difference
            .rejected
            .into_iter()
            .map(|it| it.reason)
            .collect(),
    }
}

fn named(run: SituationChange) -> WhatIfRun {
    WhatIfRun {
        id: run.id,
        title: run.title,
    }
}

/// What is, and what would be.
struct Sides<'a> {
    is: &'a Scene,
    would: Scene,
}

impl<'a> Sides<'a> {
    fn of(is: &'a Scene, plan: Plan) -> Self {
        let would = is.planned(plan);
        Self { is, would }
    }

    fn both(&self) -> [&Scene; 2] {
        [self.is, &self.would]
    }

    fn speak(&self, step: &PlannedStep) -> bool {
        step.action != Action::Suppress
            && step.state != StepState::NotApplicable
            && self.both().iter().all(|side| !tact::unspoken(side, step))
    }

    /// Whether the turns of a run may be named.
    fn speak_of(&self, run: &InstanceId) -> bool {
        let named = |side: &&Scene| {
            side.run(run)
                .is_none_or(|run| run.forks.is_empty() || !tact::turns(side, run).is_empty())
        };
        self.both().iter().all(named)
    }

    fn title(&self, step: &PlannedStep) -> Text {
        let [is, would] = self.both();
        let side = if tact::hidden(is, step) { is } else { would };
        tact::name(side, step)
    }

    fn step(
        &self,
        step: &PlannedStep,
        opened: Option<Moment>,
        was_due: Option<Moment>,
    ) -> WhatIfStep {
        WhatIfStep {
            id: step.id.clone(),
            title: self.title(step),
            state: step.state,
            opens: step.opens,
            due: step.due,
            opened,
            was_due,
        }
    }

    /// The runs that would be, with nothing in them but what is otherwise.
    fn runs<'b>(
        &self,
        begins: &[WhatIfRun],
        turns: &[ForkChange],
        steps: impl Iterator<Item = &'b WhatIfStep>,
    ) -> Vec<PathRun> {
        let begins: HashSet<&InstanceId> = begins.iter().map(|run| &run.id).collect();
        let titles: HashMap<&StepId, &Text> = steps.map(|it| (&it.id, &it.title)).collect();
        let of_steps: HashSet<InstanceId> = titles.keys().map(|id| id.instance()).collect();
        let otherwise = |id: &InstanceId| {
            begins.contains(id) || of_steps.contains(id) || turns.iter().any(|turn| turn.run == *id)
        };
        let mut runs = compose::runs(&self.would, &self.would.plans[0], otherwise);
        for run in &mut runs {
            let whole = begins.contains(&run.id) && self.speak_of(&run.id);
            let feared: Vec<ForkKey> = run
                .forks
                .iter()
                .filter(|fork| fork.feared)
                .map(|fork| fork.fork.clone())
                .collect();
            let id = run.id.clone();
            run.forks.retain(|fork| {
                let turned = |turn: &ForkChange| turn.run == id && turn.fork == fork.fork;
                let comes = whole && fork.taken == Truth::Yes && !fork.feared;
                comes || turns.iter().any(turned)
            });
            run.steps.retain_mut(|step| {
                let title = titles.get(&step.id);
                step.title = title.map_or_else(|| step.title.clone(), |it| (*it).clone());
                step.fork = step.fork.take().filter(|fork| !feared.contains(fork));
                title.is_some()
            });
        }
        runs.retain(|run| {
            begins.contains(&run.id) || !run.steps.is_empty() || !run.forks.is_empty()
        });
        runs
    }
}
