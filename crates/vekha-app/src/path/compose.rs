use crate::{
    scene::Scene,
    view::{Path, PathFork, PathRun, PathStep},
};
use vekha_lifepath::source::SituationSource;
use vekha_model::{
    Action, InstanceId, Moment, Plan, PlannedFork, PlannedSituation, PlannedStep, ResidentId,
    SituationState, StepState, Truth,
};

/// The whole way of one resident; what never began stays out of the picture.
pub fn path(scene: &Scene, resident: &ResidentId) -> Path {
    let plan = scene
        .records
        .residents
        .iter()
        .zip(&*scene.plans)
        .find(|(it, _)| it.id == *resident)
        .map(|(_, plan)| plan);
    let resident = scene.records.resident(resident);
    Path {
        born: resident.birth_date.map(Moment::Day),
        now: scene.moment(),
        runs: plan.map_or_else(Vec::new, |plan| runs(scene, plan, |_| true)),
        resident,
    }
}

pub fn runs(scene: &Scene, plan: &Plan, wanted: impl Fn(&InstanceId) -> bool) -> Vec<PathRun> {
    let mut runs: Vec<PathRun> = plan
        .situations
        .iter()
        .filter(|run| matches!(run.state, SituationState::Active | SituationState::Ended))
        .filter(|run| wanted(&run.id))
        .map(|run| of_run(scene, plan, run))
        .collect();
    runs.sort_by_key(|run| run.from.start_in(scene.zone()));
    runs
}

fn of_run(scene: &Scene, plan: &Plan, run: &PlannedSituation) -> PathRun {
    let lost = ended_hard(run);
    let shown = |step: &&PlannedStep| {
        step.instance == run.id
            && step.action != Action::Suppress
            && step.state != StepState::NotApplicable
            && !(lost && step.state == StepState::Cancelled)
            && !crate::tact::unspoken(scene, step)
    };
    let steps: Vec<PathStep> = plan
        .steps
        .iter()
        .filter(shown)
        .map(|step| PathStep {
            id: step.id.clone(),
            title: crate::tact::name(scene, step),
            state: step.state,
            opens: step.opens,
            due: step.due,
            when: step.visit.as_ref().map(|visit| visit.start),
            pending: crate::card::pending(scene, step),
            fork: step.fork.clone(),
            deadline: step.deadline,
        })
        .collect();
    let last = steps
        .iter()
        .filter_map(|step| step.when.or(step.due).or(step.opens));
    PathRun {
        id: run.id.clone(),
        situation: run.situation.clone(),
        title: run.title.clone(),
        state: run.state,
        from: run.anchor.at,
        to: last.max_by_key(|at| at.end_in(scene.zone())),
        ended_at: run.ended_at,
        steps,
        forks: if lost { Vec::new() } else { forks(scene, run) },
    }
}

/// Of what ended as nobody wishes there is its name and its day: no turns, and no count of what it was not needed for any more.
fn ended_hard(run: &PlannedSituation) -> bool {
    let came = |fork: &PlannedFork| fork.feared && fork.taken == Truth::Yes;
    run.state == SituationState::Ended && run.forks.iter().any(came)
}

/// Turns that never came would crowd a picture that starts anew every year.
fn forks(scene: &Scene, run: &PlannedSituation) -> Vec<PathFork> {
    let source = situation(scene, run);
    let yearly = source.is_some_and(|it| {
        it.trigger
            .iter()
            .chain(&it.triggers)
            .any(|it| it.dates.is_some())
    });
    let shown = crate::tact::turns(scene, run)
        .iter()
        .filter(|fork| !yearly || fork.taken == Truth::Yes);
    shown.map(|fork| of_fork(scene, run, fork)).collect()
}

pub fn of_fork(scene: &Scene, run: &PlannedSituation, fork: &PlannedFork) -> PathFork {
    let source = situation(scene, run);
    let source = source.and_then(|it| it.forks.iter().find(|it| it.id == fork.fork.as_str()));
    let brings = source.iter().flat_map(|it| &it.adds);
    PathFork {
        fork: fork.fork.clone(),
        text: fork.text.clone(),
        does: fork.does.clone(),
        taken: fork.taken,
        feared: fork.feared,
        human: fork.human,
        confidence: fork.confidence,
        brings: brings.filter_map(|step| step.title.clone()).collect(),
    }
}

fn situation<'a>(scene: &'a Scene, run: &PlannedSituation) -> Option<&'a SituationSource> {
    let mut all = scene.catalogue.source().situations.iter();
    all.find(|it| it.id == run.situation.as_str())
}
