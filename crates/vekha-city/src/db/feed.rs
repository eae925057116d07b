use super::Tx;
use crate::Fault;
use vekha_model::ResidentId;
use vekha_protocol::{Change, Record, RecordKind};

/// The record as it now is goes to the end of the feed of its subject.
///
/// # Errors
/// The database cannot be written.
pub async fn put(tx: &mut Tx, subject: &ResidentId, record: &Record) -> Result<(), Fault> {
    write(tx, subject, Change::put(record)?).await
}

/// A tombstone takes the record's place.
///
/// # Errors
/// The database cannot be written.
pub async fn remove(
    tx: &mut Tx,
    subject: &ResidentId,
    kind: RecordKind,
    id: &str,
) -> Result<(), Fault> {
    write(tx, subject, Change::tombstone(kind, id)).await
}

async fn write(tx: &mut Tx, subject: &ResidentId, change: Change) -> Result<(), Fault> {
    let body = (!change.deleted).then(|| change.body.as_str().to_owned());
    // REPLACE gives a new sequence number, so a device that has read the old state reads the new one.
    sqlx::query(
        "INSERT OR REPLACE INTO changes (subject, kind, id, deleted, body) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(subject.as_str())
    .bind(change.kind.as_str())
    .bind(&change.id)
    .bind(change.deleted)
    .bind(body)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
