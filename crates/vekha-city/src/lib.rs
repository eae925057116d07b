//! The reference city of Vekha: sign-in, FHIR R4, the city API, and the planner that acts for its residents.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod access;
mod acting;
mod address;
mod api;
mod calendar;
mod catalogue;
mod changes;
mod clock;
mod consents;
mod date;
pub mod db;
mod demo;
mod events;
mod facts;
mod fault;
pub mod fhir;
mod html;
pub mod ingest;
mod inquiries;
mod manifest;
pub mod offers;
mod operator;
mod refused;
mod serve;
pub mod sign_in;
mod state;
mod steps;
mod turn;
mod vocabulary;

pub use address::AddressError;
pub use catalogue::{ContentError, roll_over};
pub use clock::Clock;
pub use fault::Fault;
pub use ingest::{Ingested, Teller, ingest_fact, ingest_in};
pub use serve::{Config, Running, Shutdown, StartError, serve};
pub use sign_in::SignIn;
pub use state::{City, Writing};
