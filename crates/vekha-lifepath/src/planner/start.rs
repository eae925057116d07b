use super::criteria::holds;
use super::run::Run;
use super::scene::Scene;
use crate::catalogue::Situation;
use crate::facts::Entry;
use vekha_model::{SituationState, Truth};

pub enum Candidate<'a> {
    Run(Run<'a>),
    Not(Run<'a>, SituationState),
}

/// Where a fact lies in the index, so that it outlives the scene that found it.
pub fn place_of(scene: &Scene<'_>, event: &Entry<'_>) -> (usize, usize) {
    let kind = event.kind;
    let at = scene.index.kinds[kind]
        .iter()
        .position(|entry| entry.fact.id == event.fact.id);
    (kind, at.unwrap_or_default())
}

/// The runs of a situation in the order in which they began; an event while one is active joins it.
pub fn starts<'a>(
    scene: &Scene<'a>,
    situation: &'a Situation,
    forced: &[(usize, usize)],
) -> Vec<Candidate<'a>> {
    let mut events: Vec<(&'a Entry<'a>, usize, bool)> = Vec::new();
    for (place, trigger) in situation.triggers.iter().enumerate() {
        for kind in &trigger.kinds {
            let entries = &scene.index.kinds[*kind];
            let from = if trigger.yearly {
                entries.len().saturating_sub(1)
            } else {
                0
            };
            events.extend(entries[from..].iter().map(|entry| (entry, place, false)));
        }
    }
    events.extend(
        forced
            .iter()
            .filter_map(|(kind, at)| Some((scene.index.kinds.get(*kind)?.get(*at)?, 0, true))),
    );
    events.sort_by(|(a, _, x), (b, _, y)| (a.at, &a.fact.id, y).cmp(&(b.at, &b.fact.id, x)));
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut unknown: Vec<Run<'a>> = Vec::new();
    let mut refused: Option<Run<'a>> = None;
    for (event, place, forced) in events {
        let when = &situation
            .triggers
            .get(place)
            .map(|t| t.when.as_slice())
            .unwrap_or_default();
        let truth = if forced {
            Truth::Yes
        } else {
            holds(
                when,
                &Scene {
                    event: Some(event),
                    ..*scene
                },
            )
        };
        if truth != Truth::No
            && let Some(current) = runs.last_mut()
        {
            let seen = Scene {
                until: event.at,
                now: event.fact.at,
                ..*scene
            };
            if current.end(&seen).is_none() {
                continue;
            }
            if truth == Truth::Yes {
                current.upper = Some(event.at);
            }
        }
        let run = Run::new(scene, situation, event, place, forced);
        match truth {
            Truth::Yes if !valid(scene, situation, &run) => {}
            Truth::Yes if runs.iter().any(|other| other.id == run.id) => {}
            Truth::Yes => runs.push(run),
            Truth::Unknown => unknown.push(run),
            Truth::No => refused = Some(run),
        }
    }
    let started: Vec<_> = runs.iter().map(|run| run.id.clone()).collect();
    let mut all: Vec<Candidate<'a>> = runs.into_iter().map(Candidate::Run).collect();
    unknown.retain(|run| !started.contains(&run.id));
    unknown.dedup_by(|a, b| a.id == b.id);
    let refused = refused
        .filter(|run| !started.contains(&run.id) && unknown.iter().all(|other| other.id != run.id));
    all.extend(
        unknown
            .into_iter()
            .map(|run| Candidate::Not(run, SituationState::Unknown)),
    );
    all.extend(
        refused
            .into_iter()
            .map(|run| Candidate::Not(run, SituationState::NotStarted)),
    );
    all
}

fn valid(scene: &Scene<'_>, situation: &Situation, run: &Run<'_>) -> bool {
    let validity = &scene.catalogue.source.situations[situation.source].valid;
    let day = run
        .event
        .date
        .max(run.anchor.date_in(scene.catalogue.zone()));
    validity.from.is_none_or(|from| from <= day) && validity.to.is_none_or(|to| day <= to)
}
