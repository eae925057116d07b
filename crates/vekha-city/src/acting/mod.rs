//! What the city does for a resident on its own: holds times, issues documents, takes back what fell away.

mod allow;
mod book;
mod hold;
mod issue;
mod outcome;
mod reason;
mod release;
mod slot;
mod view;
mod wanted;

use crate::{City, Fault, db::Tx};
use jiff::Timestamp;
use vekha_lifepath::Facts;
use vekha_model::{Plan, ResidentId};

pub(crate) use book::book;
pub(crate) use outcome::{Visited, tell, withdraw};
pub(crate) use release::end;
pub(crate) use slot::{Times, free_times, next_free, set_slot};

/// Acting changes facts (a held time is one), and facts change the plan; it settles in two or three rounds.
const ROUNDS: usize = 6;

/// Plans for the resident and does what the plan and their consents allow, until nothing is left to do.
pub(crate) async fn act(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    now: Timestamp,
) -> Result<(), Fault> {
    for _ in 0..ROUNDS {
        let consents = allow::Consents::of(tx, subject).await?;
        let plan = plan_in(city, tx, subject, &consents, now).await?;
        let released = release::release(city, tx, subject, &plan, &consents, now).await?;
        let held = hold::hold(city, tx, subject, &plan, &consents, now).await?;
        let issued = issue::issue(city, tx, subject, &plan, &consents, now).await?;
        if !(released || held || issued) {
            return Ok(());
        }
    }
    tracing::warn!("acting did not settle");
    Ok(())
}

async fn plan_in(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    consents: &allow::Consents,
    now: Timestamp,
) -> Result<Plan, Fault> {
    let mut facts = city.facts(tx, subject).await?;
    if !consents.health() {
        // Without consent health facts start nothing in the city; the device still plans on its own.
        facts.retain(|fact| !crate::vocabulary::is_health(city, &fact.kind));
    }
    view::record(tx, subject, &facts, now).await?;
    Ok(vekha_lifepath::plan(
        &city.catalogue,
        &Facts {
            resident: subject.clone(),
            facts,
        },
        city.instant(now),
    ))
}
