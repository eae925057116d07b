//! Everything one screen is composed from: what the store holds, with the resident's own unsent wishes applied, and the plans it gives.

mod load;
mod outcome;
mod reading;
mod records;
mod shelf;

pub use reading::{Reading, Turns};
pub use records::{Records, Unsent};
pub use shelf::{LifeOf, Shelf, lock};

use crate::view::HardNews;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
use std::sync::{Arc, Mutex, OnceLock};
use vekha_lifepath::{Catalogue, Facts, plan};
use vekha_model::{
    Fact, InstanceId, Moment, Plan, PlannedSituation, PlannedStep, Resident, ResidentId, StepId,
    StepState,
};
use vekha_protocol::Appointment;

pub struct Scene {
    pub records: Records,
    /// One plan for each resident, the signed-in one first.
    pub plans: Arc<[Plan]>,
    pub now: Timestamp,
    pub catalogue: Arc<Catalogue>,
    /// How the signed-in resident wants to hear hard news.
    pub news: HardNews,
    /// Where what was made of this may be put for the next time.
    pub shelf: Arc<Mutex<Shelf>>,
    told: OnceLock<Vec<(ResidentId, Timestamp)>>,
}

impl Scene {
    pub fn of(
        records: Records,
        catalogue: Arc<Catalogue>,
        now: Timestamp,
        news: HardNews,
        shelf: Arc<Mutex<Shelf>>,
    ) -> Self {
        let now = not_before_what_is_known(&records, now);
        let known = lock(&shelf).plans(records.edition, now, &catalogue);
        let plans = known.unwrap_or_else(|| {
            let plans = plans(&records, &catalogue, now);
            lock(&shelf).keep_plans(records.edition, now, &catalogue, &plans);
            plans
        });
        Self {
            records,
            plans,
            now,
            catalogue,
            news,
            shelf,
            told: OnceLock::new(),
        }
    }

    /// The same with another plan, and no other.
    pub fn planned(&self, plan: Plan) -> Self {
        Self {
            records: self.records.clone(),
            plans: Arc::from([plan]),
            now: self.now,
            catalogue: Arc::clone(&self.catalogue),
            news: self.news,
            shelf: Arc::clone(&self.shelf),
            told: self.told.clone(),
        }
    }

    pub fn zone(&self) -> &TimeZone {
        self.catalogue.zone()
    }

    pub fn moment(&self) -> Moment {
        Moment::at(self.now, self.zone())
    }

    /// What stands beside the facts of the records, to plan with.
    pub fn beside(&self) -> Vec<Fact> {
        outcome::beside(&self.records, self.moment())
    }

    /// What is planned with.
    pub fn facts_of<'a>(&'a self, resident: &ResidentId, beside: &'a [Fact]) -> Facts<&'a Fact> {
        Facts {
            resident: resident.clone(),
            facts: self.records.facts.iter().chain(beside).collect(),
        }
    }

    pub fn steps(&self) -> impl Iterator<Item = &PlannedStep> {
        self.plans.iter().flat_map(|plan| &plan.steps)
    }

    pub fn step(&self, id: &StepId) -> Option<&PlannedStep> {
        self.steps().find(|step| step.id == *id)
    }

    pub fn run(&self, id: &InstanceId) -> Option<&PlannedSituation> {
        let mut runs = self.plans.iter().flat_map(|plan| &plan.situations);
        runs.find(|run| run.id == *id)
    }

    /// Who was told something in person, by a record of it, and when at the latest. Asked of many steps, looked up once.
    pub fn told(&self) -> &[(ResidentId, Timestamp)] {
        let in_person = |it: &&Fact| it.fields.get("told_in_person") == Some(&Value::Bool(true));
        self.told.get_or_init(|| {
            let said = self.records.facts.iter().filter(in_person);
            said.map(|it| (it.subject.clone(), it.at.end_in(self.zone())))
                .collect()
        })
    }

    /// Whom a step is about: the child in a plan of the mother's, where the child is known here.
    pub fn whose(&self, step: &PlannedStep) -> Resident {
        let known = |id: &&ResidentId| self.records.residents.iter().any(|it| it.id == **id);
        let about = step.about.as_ref().filter(known);
        self.records.resident(about.unwrap_or(&step.subject))
    }

    /// Whether the step a visit serves is no longer to be done, though the city has not freed its time yet.
    pub fn fell_away(&self, visit: &Appointment) -> bool {
        let step = visit.step.as_ref().and_then(|id| self.step(id));
        step.is_some_and(|step| {
            matches!(
                step.state,
                StepState::Cancelled | StepState::NotApplicable | StepState::Declined
            )
        })
    }

    /// The visit that stands for a step now: a live one before a finished one, the newest first.
    pub fn visit(&self, step: &StepId) -> Option<&Appointment> {
        outcome::visit_of(&self.records.appointments, step)
    }
}

fn plans(records: &Records, catalogue: &Catalogue, now: Timestamp) -> Arc<[Plan]> {
    let moment = Moment::at(now, catalogue.zone());
    let beside = outcome::beside(records, moment);
    let residents = records.residents.iter();
    residents
        .map(|resident| {
            let facts = Facts {
                resident: resident.id.clone(),
                facts: records.facts.iter().chain(&beside).collect(),
            };
            plan(catalogue, &facts, moment)
        })
        .collect()
}

/// A clock is right to a second or two only; what the city has recorded a moment ago has happened.
fn not_before_what_is_known(records: &Records, now: Timestamp) -> Timestamp {
    let soon = now
        .saturating_add(jiff::SignedDuration::from_mins(5))
        .unwrap_or(now);
    let happened = records.facts.iter().filter_map(happened);
    let ahead = happened.filter(|at| *at > now && *at < soon).max();
    ahead.unwrap_or(now)
}

/// When the fact was there at the latest. A city may record to the second what happened within it.
fn happened(fact: &Fact) -> Option<Timestamp> {
    let recorded = fact.recorded?;
    let within = recorded
        .saturating_add(jiff::SignedDuration::from_secs(1))
        .unwrap_or(recorded);
    match fact.at {
        // A little later, so that what the resident wants since then comes after it.
        Moment::Time { at, .. } if at > recorded && at <= within => {
            at.saturating_add(jiff::SignedDuration::from_millis(1)).ok()
        }
        _ => Some(recorded),
    }
}
