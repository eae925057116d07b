use crate::{Catalogue, Facts, plan};
use std::{
    borrow::Borrow,
    collections::{HashMap, HashSet},
};
use vekha_model::{
    Difference, Fact, FactId, ForkChange, InstanceId, Moment, MovedStep, Plan, PlannedSituation,
    PlannedStep, SituationChange, SituationState, StepId, StepState, StoppedStep,
};

/// What would appear, move and stop if these facts were so. Pure, and nothing is kept of it.
///
/// A pretended fact with the id of a real one stands in its place. Where a pretended fact lies ahead, both plans are made
/// for its day, so that what only time would bring is no difference.
pub fn what_if<F: Borrow<Fact>>(
    catalogue: &Catalogue,
    facts: &Facts<F>,
    pretended: &[Fact],
    now: Moment,
) -> Difference {
    suppose(catalogue, facts, pretended, now).0
}

/// The same with the plan that would be.
pub fn suppose<F: Borrow<Fact>>(
    catalogue: &Catalogue,
    facts: &Facts<F>,
    pretended: &[Fact],
    now: Moment,
) -> (Difference, Plan) {
    let zone = catalogue.zone();
    let days = pretended.iter().map(|fact| fact.at);
    let then = days.fold(now, |latest, at| {
        if at.end_in(zone) > latest.end_in(zone) {
            at
        } else {
            latest
        }
    });
    let ids: HashSet<&FactId> = pretended.iter().map(|fact| &fact.id).collect();
    let kept = facts.all().filter(|fact| !ids.contains(&fact.id));
    let with = Facts {
        resident: facts.resident.clone(),
        facts: kept.chain(pretended).collect(),
    };
    let (is, would) = (plan(catalogue, facts, then), plan(catalogue, &with, then));
    let mut difference = difference(&is, &would);
    difference.pretended = pretended.iter().map(|fact| fact.id.clone()).collect();
    difference.rejected.clone_from(&would.rejected);
    difference.rejected.retain(|one| ids.contains(&one.fact));
    (difference, would)
}

/// What appears, moves and stops from one plan to another.
pub fn difference(is: &Plan, would: &Plan) -> Difference {
    let mut difference = Difference {
        now: would.now,
        pretended: Vec::new(),
        situations: Vec::new(),
        forks: Vec::new(),
        appears: Vec::new(),
        moves: Vec::new(),
        stops: Vec::new(),
        rejected: Vec::new(),
    };
    runs(is, would, &mut difference);
    steps(is, would, &mut difference);
    difference
}

fn runs(is: &Plan, would: &Plan, into: &mut Difference) {
    let known: HashMap<&InstanceId, &PlannedSituation> =
        would.situations.iter().map(|run| (&run.id, run)).collect();
    let before: HashSet<&InstanceId> = is.situations.iter().map(|run| &run.id).collect();
    for run in &is.situations {
        let other = known.get(&run.id).copied();
        change(Some(run), other, into);
        let forks = other.map_or(&[][..], |other| &other.forks);
        for (fork, other) in run.forks.iter().zip(forks) {
            if fork.taken != other.taken {
                into.forks.push(ForkChange {
                    run: run.id.clone(),
                    fork: fork.fork.clone(),
                    text: fork.text.clone(),
                    does: fork.does.clone(),
                    feared: fork.feared,
                    from: fork.taken,
                    to: other.taken,
                });
            }
        }
    }
    for run in would
        .situations
        .iter()
        .filter(|run| !before.contains(&run.id))
    {
        change(None, Some(run), into);
    }
}

/// One that was only looked at is as good as none.
fn change(is: Option<&PlannedSituation>, would: Option<&PlannedSituation>, into: &mut Difference) {
    let state = |run: Option<&PlannedSituation>| {
        let state = run.map(|run| run.state);
        state.filter(|state| *state != SituationState::NotStarted)
    };
    let (from, to) = (state(is), state(would));
    if let Some(run) = would.or(is)
        && from != to
    {
        into.situations.push(SituationChange {
            id: run.id.clone(),
            situation: run.situation.clone(),
            title: run.title.clone(),
            from,
            to,
        });
    }
}

fn steps(is: &Plan, would: &Plan, into: &mut Difference) {
    let before: HashMap<&StepId, &PlannedStep> =
        is.steps.iter().map(|step| (&step.id, step)).collect();
    let after: HashMap<&StepId, &PlannedStep> =
        would.steps.iter().map(|step| (&step.id, step)).collect();
    for step in &would.steps {
        let old = before.get(&step.id).copied();
        let (was, will) = (Certainty::of(old), Certainty::of(Some(step)));
        match old {
            _ if will > was => into.appears.push(step.clone()),
            Some(old)
                if will == was
                    && will != Certainty::Gone
                    && (old.opens, old.due) != (step.opens, step.due) =>
            {
                into.moves.push(MovedStep {
                    step: step.clone(),
                    opened: old.opens,
                    was_due: old.due,
                });
            }
            _ => {}
        }
    }
    for step in &is.steps {
        let new = after.get(&step.id).copied();
        if Certainty::of(new) < Certainty::of(Some(step)) {
            into.stops.push(StoppedStep {
                step: step.clone(),
                becomes: new.map(|new| new.state),
            });
        }
    }
}

/// How much of a step there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    Gone,
    Possible,
    There,
}

impl Certainty {
    fn of(step: Option<&PlannedStep>) -> Self {
        match step.map(|step| step.state) {
            None
            | Some(
                StepState::Done
                | StepState::Declined
                | StepState::Cancelled
                | StepState::NotApplicable,
            ) => Self::Gone,
            Some(StepState::Unknown) => Self::Possible,
            Some(_) => Self::There,
        }
    }
}
