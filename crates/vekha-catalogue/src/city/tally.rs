use super::{Capacity, Month, ServiceLoad, SituationCount, StepCount, Summary};
use jiff::{ToSpan, civil::Date};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use vekha_lifepath::Catalogue;
use vekha_model::{
    Action, Moment, Plan, PlannedStep, ServiceKey, SituationKey, SituationState, StepKey, StepState,
};

/// What is counted while plans go by.
pub struct Tally<'c> {
    catalogue: &'c Catalogue,
    now: Moment,
    today: Date,
    residents: u64,
    facts: u64,
    questions: u64,
    situations: FxHashMap<SituationKey, SituationCount>,
    steps: FxHashMap<(SituationKey, StepKey), StepCount>,
    weeks: BTreeMap<Date, u64>,
    months: BTreeMap<Date, u64>,
    visits: FxHashMap<ServiceKey, BTreeMap<Date, u64>>,
}

impl<'c> Tally<'c> {
    pub fn new(catalogue: &'c Catalogue, now: Moment) -> Self {
        Self {
            catalogue,
            now,
            today: now.date_in(catalogue.zone()),
            residents: 0,
            facts: 0,
            questions: 0,
            situations: FxHashMap::default(),
            steps: FxHashMap::default(),
            weeks: BTreeMap::new(),
            months: BTreeMap::new(),
            visits: FxHashMap::default(),
        }
    }

    pub fn count(&mut self, plan: &Plan, facts: usize) {
        self.residents += 1;
        self.facts += facts as u64;
        self.questions += plan.questions.len() as u64;
        for run in &plan.situations {
            let count = self.situations.entry(run.situation.clone()).or_default();
            match run.state {
                SituationState::Active => count.active += 1,
                SituationState::Ended => count.ended += 1,
                SituationState::Suppressed => count.suppressed += 1,
                SituationState::Unknown => count.unknown += 1,
                SituationState::NotStarted => {}
            }
        }
        plan.steps.iter().for_each(|step| self.step(step));
    }

    fn step(&mut self, step: &PlannedStep) {
        let key = (step.situation.clone(), step.step.clone());
        let count = self.steps.entry(key).or_default();
        *count.states.entry(step.state).or_default() += 1;
        let is_ahead = matches!(
            step.state,
            StepState::Upcoming
                | StepState::Open
                | StepState::DueSoon
                | StepState::Overdue
                | StepState::Held
                | StepState::Booked
        );
        let (true, Some(due)) = (is_ahead, step.due) else {
            return;
        };
        // What is late is still to be done: now.
        let due = due.date_in(self.catalogue.zone()).max(self.today);
        let month = due.first_of_month();
        let since_monday = i64::from(due.weekday().to_monday_zero_offset());
        let week = due.saturating_sub(since_monday.days());
        *self.weeks.entry(week).or_default() += 1;
        *self.months.entry(month).or_default() += 1;
        if matches!(step.action, Action::Book | Action::Visit) {
            let visits = self.visits.entry(step.service.clone()).or_default();
            *visits.entry(month).or_default() += 1;
        }
    }

    pub fn add(&mut self, other: Self) {
        self.residents += other.residents;
        self.facts += other.facts;
        self.questions += other.questions;
        for (key, count) in other.situations {
            let own = self.situations.entry(key).or_default();
            own.active += count.active;
            own.ended += count.ended;
            own.suppressed += count.suppressed;
            own.unknown += count.unknown;
        }
        for (key, count) in other.steps {
            let own = self.steps.entry(key).or_default();
            sum(&mut own.states, count.states);
        }
        sum(&mut self.weeks, other.weeks);
        sum(&mut self.months, other.months);
        for (service, months) in other.visits {
            sum(self.visits.entry(service).or_default(), months);
        }
    }

    pub fn summary(self, capacity: &Capacity) -> Summary {
        let services = self.visits.into_iter().map(|(service, months)| {
            let load = ServiceLoad::new(months, capacity.of(service.as_str()), self.today);
            (service, load)
        });
        let mut steps: BTreeMap<SituationKey, BTreeMap<StepKey, StepCount>> = BTreeMap::new();
        for ((situation, step), count) in self.steps {
            steps.entry(situation).or_default().insert(step, count);
        }
        Summary {
            catalogue: self.catalogue.version(),
            now: self.now,
            month: Month(self.today.first_of_month()),
            residents: self.residents,
            facts: self.facts,
            questions: self.questions,
            situations: self.situations.into_iter().collect(),
            steps,
            due_by_week: self.weeks,
            due_by_month: self
                .months
                .into_iter()
                .map(|(m, n)| (Month(m), n))
                .collect(),
            services: services.collect(),
        }
    }
}

fn sum<K: Ord>(into: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}
