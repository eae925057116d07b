//! A planned step as the catalogue's author wrote it.
use super::Catalogue;
use super::step::merged;
use crate::source::{SituationSource, Source, StepSource};
use vekha_model::{ForkKey, PlannedStep, SituationKey, StepId, StepKey};

impl Source {
    pub fn situation(&self, key: &SituationKey) -> Option<&SituationSource> {
        self.situations.iter().find(|one| one.id == key.as_str())
    }

    /// The step an id names, with what a fork adds among them.
    pub fn step(&self, id: &StepId) -> Option<StepSource> {
        let situation = self.situation(&id.instance().situation())?;
        let key = id.step();
        let added = situation.forks.iter().flat_map(|fork| &fork.adds);
        let mut all = self.steps_of(situation).into_iter().chain(added.cloned());
        all.find(|step| step.id == key.as_str())
    }

    /// Whether it is a test of the check-up table: those are done at its visit and have no times of their own.
    pub fn is_test(&self, situation: &SituationKey, step: &StepKey) -> bool {
        let table = self.screening.as_ref();
        table.is_some_and(|table| {
            let mut tests = table.tests.iter();
            table.situation == situation.as_str() && tests.any(|test| test.step.id == step.as_str())
        })
    }

    /// The steps of a situation outside its forks, those of the check-up table with them.
    pub fn steps_of(&self, situation: &SituationSource) -> Vec<StepSource> {
        let table = self.screening.iter();
        let rows = table
            .filter(|table| table.situation == situation.id)
            .flat_map(|table| table.tests.iter().map(move |row| (table, row)))
            .map(|(table, row)| StepSource {
                window: row.step.window.clone().or_else(|| table.window.clone()),
                ..row.step.clone()
            });
        situation.steps.iter().cloned().chain(rows).collect()
    }
}

impl Catalogue {
    /// The step in its author's words, with what a fork put in place of its own.
    pub fn written(&self, planned: &PlannedStep) -> Option<StepSource> {
        let situation = self.source.situation(&planned.situation)?;
        let key = planned.step.as_str();
        let is = |step: &&StepSource| step.id == key;
        let named = |fork: &ForkKey| situation.forks.iter().find(|one| one.id == fork.as_str());
        let by = planned.fork.as_ref().and_then(named);
        let steps = self.source.steps_of(situation);
        let added = situation.forks.iter().flat_map(|fork| &fork.adds);
        let base = by
            .and_then(|fork| fork.adds.iter().find(is))
            .or_else(|| steps.iter().chain(added).find(is))?;
        Some(match by.and_then(|fork| fork.replaces.get(key)) {
            Some(over) => merged(base, over),
            None => base.clone(),
        })
    }
}
