//! A city known by its FHIR R4 server alone, whoever made it: facts and visits come from there, the plan is made here.
//!
//! A FHIR search tells neither deletions nor a cursor. So each round asks every kind of record for what changed since
//! the newest `lastUpdated` seen, by the server's clock, with an overlap: several records share one instant, and a
//! cluster's clocks differ. What is known already inside the overlap is dropped again.

mod answer;
mod appointment;
mod change;
mod city;
mod condition;
mod decide;
mod observation;
mod patient;
mod progress;
mod read;

pub use city::FhirCity;
