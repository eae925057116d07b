use super::{Tx, read_all};
use crate::Fault;
use jiff::Timestamp;
use sqlx::SqliteExecutor;
use vekha_model::{Fact, FactId, ResidentId};

/// A stored fact and who told it.
#[derive(Debug, Clone, PartialEq)]
pub struct FactRow {
    pub fact: Fact,
    pub told_by: String,
}

/// Every fact of the resident, in the order they were told.
///
/// # Errors
/// The database cannot be read.
pub async fn facts_of(
    db: impl SqliteExecutor<'_>,
    subject: &ResidentId,
) -> Result<Vec<Fact>, Fault> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT body FROM facts WHERE subject = ? ORDER BY rowid")
            .bind(subject.as_str())
            .fetch_all(db)
            .await?;
    read_all(&rows)
}

/// # Errors
/// The database cannot be read.
pub async fn find_fact(db: impl SqliteExecutor<'_>, id: &FactId) -> Result<Option<FactRow>, Fault> {
    let row: Option<(String, String)> =
        sqlx::query_as("SELECT body, told_by FROM facts WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(db)
            .await?;
    row.map(|(body, told_by)| {
        Ok(FactRow {
            fact: serde_json::from_str(&body)?,
            told_by,
        })
    })
    .transpose()
}

/// Whether another fact has taken this one's place.
///
/// # Errors
/// The database cannot be read.
pub async fn is_superseded(db: impl SqliteExecutor<'_>, id: &FactId) -> Result<bool, Fault> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM facts WHERE supersedes = ?")
        .bind(id.as_str())
        .fetch_one(db)
        .await?;
    Ok(count > 0)
}

/// Appends the fact, dated as learnt now, and tells the feed.
///
/// # Errors
/// The database cannot be written.
pub async fn insert_fact(
    tx: &mut Tx,
    fact: &Fact,
    told_by: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut fact = fact.clone();
    fact.recorded = Some(Timestamp::from_second(now.as_second()).unwrap_or(now));
    sqlx::query(
        "INSERT INTO facts (id, subject, kind, supersedes, told_by, recorded, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(fact.id.as_str())
    .bind(fact.subject.as_str())
    .bind(&fact.kind)
    .bind(fact.supersedes.as_ref().map(FactId::as_str))
    .bind(told_by)
    .bind(now.as_second())
    .bind(serde_json::to_string(&fact)?)
    .execute(&mut **tx)
    .await?;
    let subject = fact.subject.clone();
    super::put(tx, &subject, &vekha_protocol::Record::Fact(fact)).await
}
