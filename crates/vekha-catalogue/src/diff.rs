//! What a new catalogue changes in the plans of residents.
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use vekha_lifepath::{Catalogue, Facts, difference, plan};
use vekha_model::{Moment, PlannedStep, ResidentId, StepId, StepState, Text};

/// One resident whose plan changes.
#[derive(Debug, Serialize)]
pub struct Changed {
    pub resident: ResidentId,
    pub changes: Vec<Change>,
}

/// One step that changes.
#[derive(Debug, Serialize)]
pub struct Change {
    pub what: What,
    pub step: StepId,
    pub title: Text,
    pub state: StepState,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
    /// The window it had, where it moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Window>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
}

/// How a step changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It was not there, or taken away, and now stands.
    Appears,
    /// Its window is another one.
    Moves,
    /// It stood, and is no longer there or taken away.
    Stops,
}

/// How many residents a step changes for, by `<situation>/<step>`.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub residents: usize,
    pub changed: usize,
    pub steps: BTreeMap<String, Counts>,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub appears: usize,
    pub moves: usize,
    pub stops: usize,
}

/// What changes for one resident on a day; none where the plan stays as it is.
pub fn diff(old: &Catalogue, new: &Catalogue, facts: &Facts, now: Moment) -> Option<Changed> {
    let between = difference(&plan(old, facts, now), &plan(new, facts, now));
    let appears = between.appears.iter();
    let moves = between.moves.iter().map(|moved| {
        let was = Window {
            opens: moved.opened,
            due: moved.was_due,
        };
        change(What::Moves, &moved.step, Some(was))
    });
    let stops = between.stops.iter();
    let changes: Vec<Change> = appears
        .map(|step| change(What::Appears, step, None))
        .chain(moves)
        .chain(stops.map(|stopped| change(What::Stops, &stopped.step, None)))
        .collect();
    (!changes.is_empty()).then(|| Changed {
        resident: facts.resident.clone(),
        changes,
    })
}

fn change(what: What, step: &PlannedStep, was: Option<Window>) -> Change {
    Change {
        what,
        step: step.id.clone(),
        title: step.title.clone(),
        state: step.state,
        opens: step.opens,
        due: step.due,
        was,
    }
}

impl Summary {
    /// Counts one more resident.
    pub fn add(&mut self, changed: Option<&Changed>) {
        self.residents += 1;
        let Some(changed) = changed else { return };
        self.changed += 1;
        // A recurring step that changes ten times changes for one resident.
        let seen: BTreeSet<(String, What)> = changed
            .changes
            .iter()
            .map(|one| (name(&one.step), one.what))
            .collect();
        for (step, what) in seen {
            let counts = self.steps.entry(step).or_default();
            match what {
                What::Appears => counts.appears += 1,
                What::Moves => counts.moves += 1,
                What::Stops => counts.stops += 1,
            }
        }
    }
}

/// `pregnancy:f2/screen1@3` as `pregnancy/screen1`.
fn name(step: &StepId) -> String {
    let id = step.as_str();
    let (run, step) = id.rsplit_once('/').unwrap_or((id, ""));
    let situation = run.split(':').next().unwrap_or(run);
    let step = step.split('@').next().unwrap_or(step);
    format!("{situation}/{step}")
}
