//! Why a step stands where it stands: its window, and every condition with the facts behind it.
mod reckoning;

pub(crate) use reckoning::anchor_in_words;
pub use reckoning::{Anchored, Moved, Reckoning};

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use vekha_lifepath::source::{ForkSource, OneOrMany, SituationSource};
use vekha_lifepath::{Catalogue, Facts, plan};
use vekha_model::{
    Anchor, Criterion, FactId, ForkKey, InstanceId, Missing, Moment, Plan, PlannedFork,
    PlannedSituation, PlannedStep, SituationKey, SituationState, Source, StepId, StepState, Text,
    Truth,
};

/// A step asked about, in every run that knows it.
#[derive(Debug, Serialize)]
pub struct Explanation {
    pub step: String,
    pub now: Moment,
    pub runs: Vec<Run>,
    /// Situations with this step that nothing has begun.
    pub not_begun: Vec<NotBegun>,
}

/// One run of the situation, also one that did not start.
#[derive(Debug, Serialize)]
pub struct Run {
    pub id: InstanceId,
    pub title: Text,
    pub state: SituationState,
    pub anchor: Anchor,
    /// What started it, or did not.
    pub trigger: Vec<Reason>,
    /// None where the run did not start, or only a fork not taken would bring the step.
    pub steps: Vec<Step>,
    pub forks: Vec<Fork>,
}

#[derive(Debug, Serialize)]
pub struct Step {
    pub id: StepId,
    pub title: Text,
    pub state: StepState,
    pub opens: Option<Moment>,
    pub due: Option<Moment>,
    /// How the window came about; none while the day it counts from is not known.
    pub window: Option<Reckoning>,
    /// The fork that brought or replaced it.
    pub fork: Option<ForkKey>,
    pub why: Vec<Reason>,
    pub missing: Vec<Missing>,
}

/// A fork that touches the step.
#[derive(Debug, Serialize)]
pub struct Fork {
    pub fork: ForkKey,
    pub text: Text,
    pub touch: Vec<Touch>,
    pub taken: Truth,
    pub since: Option<Moment>,
    pub why: Vec<Reason>,
}

/// What a fork does to the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Touch {
    Adds,
    Replaces,
    Cancels,
    Keeps,
    /// It ends the run, and the step with it.
    Ends,
}

/// One condition in words, its truth, and the facts behind it.
#[derive(Debug, Serialize)]
pub struct Reason {
    pub truth: Truth,
    pub text: Text,
    pub expression: String,
    pub facts: Vec<Behind>,
}

/// A fact behind a condition, with the fields that the condition reads.
#[derive(Debug, Serialize)]
pub struct Behind {
    pub id: FactId,
    pub kind: String,
    pub at: Moment,
    pub source: Source,
    pub fields: BTreeMap<String, Value>,
}

/// A situation that no fact has begun, and what would.
#[derive(Debug, Serialize)]
pub struct NotBegun {
    pub situation: SituationKey,
    pub title: Text,
    /// Kinds of facts, or the day it counts from.
    pub begins_with: Vec<String>,
    /// Forks of others that start it, as `<situation>/<fork>`.
    pub started_by: Vec<String>,
}

/// The catalogue has no such step.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the catalogue has no step “{0}”; ask for <situation>/<step>, or for a step alone")]
pub struct UnknownStep(pub String);

/// Explains `asked` (`<situation>/<step>`, `<run>/<step>`, or a step alone) for a resident at a moment.
pub fn explain(
    catalogue: &Catalogue,
    facts: &Facts,
    now: Moment,
    asked: &str,
) -> Result<Explanation, UnknownStep> {
    let (within, step) = match asked.rsplit_once('/') {
        Some((within, step)) => (Some(within), step),
        None => (None, asked),
    };
    let step = step.split_once('@').map_or(step, |(step, _)| step);
    let situation = within.map(|it| it.split_once(':').map_or(it, |(situation, _)| situation));
    let of: Vec<&SituationSource> = catalogue
        .source()
        .situations
        .iter()
        .filter(|one| situation.is_none_or(|named| named == one.id))
        .filter(|one| has(catalogue, one, step))
        .collect();
    if of.is_empty() {
        return Err(UnknownStep(asked.to_owned()));
    }
    let look = Look {
        plan: &plan(catalogue, facts, now),
        catalogue,
        facts,
        step,
    };
    let mut explanation = Explanation {
        step: asked.to_owned(),
        now,
        runs: Vec::new(),
        not_begun: Vec::new(),
    };
    for source in of {
        let runs = look.plan.situations.iter();
        let mut runs = runs
            .filter(|run| run.situation.as_str() == source.id)
            .filter(|run| within.is_none_or(|it| !it.contains(':') || it == run.id.as_str()))
            .peekable();
        if runs.peek().is_none() {
            explanation.not_begun.push(look.not_begun(source));
        }
        explanation
            .runs
            .extend(runs.map(|run| look.run(run, source)));
    }
    Ok(explanation)
}

fn has(catalogue: &Catalogue, of: &SituationSource, step: &str) -> bool {
    let added = of.forks.iter().flat_map(|fork| &fork.adds);
    let own = catalogue.source().steps_of(of);
    own.iter().chain(added).any(|one| one.id == step)
}

struct Look<'a> {
    plan: &'a Plan,
    catalogue: &'a Catalogue,
    facts: &'a Facts,
    step: &'a str,
}

impl Look<'_> {
    fn run(&self, run: &PlannedSituation, source: &SituationSource) -> Run {
        let mine = |step: &&PlannedStep| step.instance == run.id && step.step.as_str() == self.step;
        let steps: Vec<&PlannedStep> = self.plan.steps.iter().filter(mine).collect();
        let forks = run.forks.iter().filter_map(|fork| {
            let written = source
                .forks
                .iter()
                .find(|one| one.id == fork.fork.as_str())?;
            let own = self.catalogue.source().steps_of(source);
            let own = own.iter().any(|one| one.id == self.step);
            let mut touch = touch(written, self.step, own);
            touch.retain(|one| *one != Touch::Ends || !steps.is_empty());
            (!touch.is_empty()).then(|| self.fork(fork, touch))
        });
        Run {
            id: run.id.clone(),
            title: run.title.clone(),
            state: run.state,
            anchor: run.anchor.clone(),
            trigger: self.reasons(&run.why),
            steps: steps.iter().map(|step| self.step(step)).collect(),
            forks: forks.collect(),
        }
    }

    fn step(&self, step: &PlannedStep) -> Step {
        Step {
            id: step.id.clone(),
            title: step.title.clone(),
            state: step.state,
            opens: step.opens,
            due: step.due,
            window: reckoning::reckon(self.catalogue, step),
            fork: step.fork.clone(),
            why: self.reasons(&step.why),
            missing: step.missing.clone(),
        }
    }

    fn fork(&self, fork: &PlannedFork, touch: Vec<Touch>) -> Fork {
        Fork {
            fork: fork.fork.clone(),
            text: fork.text.clone(),
            touch,
            taken: fork.taken,
            since: fork.since,
            why: self.reasons(&fork.why),
        }
    }

    fn reasons(&self, why: &[Criterion]) -> Vec<Reason> {
        why.iter()
            .map(|one| Reason {
                truth: one.truth,
                text: one.text.clone(),
                expression: one.expression.clone(),
                facts: one
                    .facts
                    .iter()
                    .filter_map(|id| self.behind(id, &one.expression))
                    .collect(),
            })
            .collect()
    }

    fn behind(&self, id: &FactId, expression: &str) -> Option<Behind> {
        let fact = self.facts.facts.iter().find(|fact| fact.id == *id)?;
        let read = |name: &String| {
            expression
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == name)
        };
        let named: BTreeMap<String, Value> = fact
            .fields
            .iter()
            .filter(|(name, _)| read(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Some(Behind {
            id: fact.id.clone(),
            kind: fact.kind.clone(),
            at: fact.at,
            source: fact.source.clone(),
            // An age or a marker reads fields that it does not name.
            fields: if named.is_empty() {
                fact.fields.clone()
            } else {
                named
            },
        })
    }

    fn not_begun(&self, of: &SituationSource) -> NotBegun {
        let triggers = of.trigger.iter().chain(&of.triggers);
        let begins_with = triggers.flat_map(|trigger| {
            let dates = trigger
                .dates
                .iter()
                .filter_map(|dates| dates.of.clone().or(dates.on.clone()));
            trigger.event.as_slice().iter().cloned().chain(dates)
        });
        let starts = self.catalogue.source().situations.iter().flat_map(|other| {
            let forks = other.forks.iter();
            forks
                .filter(|fork| fork.starts.as_ref() == Some(&of.id))
                .map(move |fork| format!("{}/{}", other.id, fork.id))
        });
        NotBegun {
            situation: SituationKey::new(&of.id),
            title: of.title.clone(),
            begins_with: begins_with.collect(),
            started_by: starts.collect(),
        }
    }
}

/// What a fork does to a step; `own` where the step is there without any fork.
fn touch(fork: &ForkSource, step: &str, own: bool) -> Vec<Touch> {
    let names = |of: &Option<OneOrMany>| {
        let named = of.as_ref().map(OneOrMany::as_slice).unwrap_or_default();
        named.iter().any(|one| one == step || one == "*" && own)
    };
    let touches = [
        (Touch::Adds, fork.adds.iter().any(|one| one.id == step)),
        (Touch::Replaces, fork.replaces.contains_key(step)),
        (Touch::Cancels, names(&fork.cancels)),
        (Touch::Keeps, names(&fork.keeps)),
        (Touch::Ends, fork.ends),
    ];
    let touches = touches.into_iter().filter(|(_, does)| *does);
    touches.map(|(touch, _)| touch).collect()
}
