use crate::{City, Fault, access, db::Tx, vocabulary};
use jiff::Timestamp;
use std::collections::HashSet;
use vekha_model::{Fact, ResidentId, Text};

const READER: &str = "city/planner";

/// The planner reads health facts: each is told to the resident once.
pub(super) async fn record(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    facts: &[Fact],
    now: Timestamp,
) -> Result<(), Fault> {
    // One question for all of them: asked fact by fact, a long life made every new fact slow.
    let untold: HashSet<String> = sqlx::query_scalar(
        "SELECT id FROM facts WHERE subject = ? AND NOT EXISTS
             (SELECT 1 FROM access_records WHERE fact = facts.id AND reader = ?)",
    )
    .bind(subject.as_str())
    .bind(READER)
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .collect();
    for fact in facts {
        if vocabulary::is_health(city, &fact.kind) && untold.contains(fact.id.as_str()) {
            let who = Text::new("Городской помощник", "City assistant");
            let purpose = Text::new("подготовка записи", "preparing a visit");
            access::record(tx, subject, Some(&fact.id), READER, who, purpose, now).await?;
        }
    }
    Ok(())
}
