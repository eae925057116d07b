use super::Tx;
use crate::Fault;
use vekha_protocol::{Document, Record};

/// # Errors
/// The database cannot be written.
pub async fn save_document(tx: &mut Tx, it: &Document) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO documents (id, subject, step, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body",
    )
    .bind(it.id.as_str())
    .bind(it.subject.as_str())
    .bind(it.step.as_ref().map(|step| step.as_str()))
    .bind(serde_json::to_string(it)?)
    .execute(&mut **tx)
    .await?;
    super::put(tx, &it.subject, &Record::Document(it.clone())).await
}
