use crate::{Fault, access, db::Tx};
use jiff::Timestamp;
use std::collections::HashSet;
use vekha_model::{Fact, ResidentId};

const READER: &str = "city/planner";

/// The planner reads every fact it is given, of whatever domain: each is told to the resident once. It looks again
/// whenever anything changes, at the same facts for the same end, which would tell nobody anything.
pub(super) async fn record(
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
    for fact in facts.iter().filter(|it| untold.contains(it.id.as_str())) {
        let entry = access::Entry {
            subject,
            what: fact.id.as_str(),
            fact: Some(&fact.id),
            reader: READER,
            who: vekha_words::text("reader-assistant"),
            purpose: vekha_words::text("look-preparing"),
        };
        access::record(tx, entry, now).await?;
    }
    Ok(())
}
