//! Everything one screen is composed from: what the store holds, with the resident's own unsent wishes applied, and the plans it gives.

mod load;
mod outcome;
mod records;

pub use load::load;
pub use records::{Records, Unsent};

use jiff::{Timestamp, tz::TimeZone};
use std::sync::Arc;
use vekha_lifepath::{Catalogue, Facts, plan};
use vekha_model::{Moment, Plan, PlannedStep, Relation, Resident, ResidentId, StepId};
use vekha_protocol::Appointment;

pub struct Scene {
    pub records: Records,
    /// One plan for each resident, the signed-in one first.
    pub plans: Vec<Plan>,
    pub now: Timestamp,
    pub catalogue: Arc<Catalogue>,
}

impl Scene {
    pub fn of(records: Records, catalogue: Arc<Catalogue>, now: Timestamp) -> Self {
        let moment = Moment::at(now, catalogue.zone());
        let facts = outcome::facts(&records, moment);
        let plans = records
            .residents
            .iter()
            .map(|resident| {
                let facts = Facts {
                    resident: resident.id.clone(),
                    facts: facts.clone(),
                };
                plan(&catalogue, &facts, moment)
            })
            .collect();
        Self {
            records,
            plans,
            now,
            catalogue,
        }
    }

    pub fn zone(&self) -> &TimeZone {
        self.catalogue.zone()
    }

    pub fn moment(&self) -> Moment {
        Moment::at(self.now, self.zone())
    }

    pub fn steps(&self) -> impl Iterator<Item = &PlannedStep> {
        self.plans.iter().flat_map(|plan| &plan.steps)
    }

    pub fn step(&self, id: &StepId) -> Option<&PlannedStep> {
        self.steps().find(|step| step.id == *id)
    }

    pub fn resident(&self, id: &ResidentId) -> Resident {
        let known = self.records.residents.iter().find(|it| it.id == *id);
        known.cloned().unwrap_or_else(|| Resident {
            id: id.clone(),
            name: id.to_string(),
            birth_date: None,
            sex: None,
            relation: Relation::Ward,
        })
    }

    /// The visit that stands for a step now: a live one before a finished one, the newest first.
    pub fn visit(&self, step: &StepId) -> Option<&Appointment> {
        outcome::visit_of(&self.records.appointments, step)
    }
}
