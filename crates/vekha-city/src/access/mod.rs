//! Who looked at which fact, when and why; the resident reads it.

mod http;

pub(crate) use http::{__path_list, router};

use crate::{City, Fault, db, db::Tx};
use jiff::Timestamp;
use vekha_model::{Fact, FactId, ResidentId, Text};
use vekha_protocol::{AccessRecord, Record};

/// Writes that somebody read the fact. `reader` is a stable id such as `system/demo-laboratory`.
///
/// # Errors
/// The database cannot be written.
pub async fn record(
    tx: &mut Tx,
    subject: &ResidentId,
    fact: Option<&FactId>,
    reader: &str,
    who: Text,
    purpose: Text,
    now: Timestamp,
) -> Result<(), Fault> {
    let record = AccessRecord {
        id: uuid::Uuid::now_v7().to_string(),
        subject: subject.clone(),
        who,
        fact: fact.cloned(),
        purpose,
        at: Timestamp::from_second(now.as_second()).unwrap_or(now),
    };
    sqlx::query(
        "INSERT INTO access_records (id, subject, fact, reader, at, body) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&record.id)
    .bind(subject.as_str())
    .bind(fact.map(FactId::as_str))
    .bind(reader)
    .bind(now.as_second())
    .bind(serde_json::to_string(&record)?)
    .execute(&mut **tx)
    .await?;
    db::put(tx, subject, &Record::Access(record)).await
}

/// Writes it unless this reader is already recorded for this fact.
pub(crate) async fn record_once(
    _city: &City,
    tx: &mut Tx,
    fact: &Fact,
    reader: &str,
    who: Text,
    purpose: Text,
    now: Timestamp,
) -> Result<(), Fault> {
    let known: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM access_records WHERE fact = ? AND reader = ?")
            .bind(fact.id.as_str())
            .bind(reader)
            .fetch_one(&mut **tx)
            .await?;
    if known > 0 {
        return Ok(());
    }
    record(tx, &fact.subject, Some(&fact.id), reader, who, purpose, now).await
}
