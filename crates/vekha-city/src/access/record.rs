use crate::{Fault, db, db::Tx};
use jiff::Timestamp;
use vekha_model::{Fact, FactId, ResidentId, Text};
use vekha_protocol::{AccessRecord, Record};

/// A look to be written down.
pub(crate) struct Entry<'a> {
    pub(crate) subject: &'a ResidentId,
    /// What was looked at: a fact's id, or the address of a resource that gave none.
    pub(crate) what: &'a str,
    pub(crate) fact: Option<&'a FactId>,
    /// A stable id such as `system/demo-laboratory`.
    pub(crate) reader: &'a str,
    pub(crate) who: Text,
    pub(crate) purpose: Text,
}

/// Writes that somebody read the fact.
///
/// # Errors
/// The database cannot be written.
pub(crate) async fn record(tx: &mut Tx, entry: Entry<'_>, now: Timestamp) -> Result<(), Fault> {
    let record = AccessRecord {
        id: uuid::Uuid::now_v7().to_string(),
        subject: entry.subject.clone(),
        who: entry.who,
        fact: entry.fact.cloned(),
        purpose: entry.purpose,
        at: whole(now),
    };
    sqlx::query(
        "INSERT INTO access_records (id, subject, fact, reader, at, first, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&record.id)
    .bind(entry.subject.as_str())
    .bind(entry.what)
    .bind(entry.reader)
    .bind(now.as_second())
    .bind(now.as_second())
    .bind(serde_json::to_string(&record)?)
    .execute(&mut **tx)
    .await?;
    db::put(tx, entry.subject, &Record::Access(record)).await
}

/// Writes it unless this reader is already recorded for this fact.
pub(crate) async fn record_once(
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
    let entry = Entry {
        subject: &fact.subject,
        what: fact.id.as_str(),
        fact: Some(&fact.id),
        reader,
        who,
        purpose,
    };
    record(tx, entry, now).await
}

/// Whole seconds: what is compared in the database is what is shown.
pub(super) fn whole(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
