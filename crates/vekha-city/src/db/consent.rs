use super::Tx;
use crate::Fault;
use sqlx::SqliteExecutor;
use vekha_model::ResidentId;
use vekha_protocol::{Consent, Record};

/// Each consent with its version.
///
/// # Errors
/// The database cannot be read.
pub async fn consents_of(
    db: impl SqliteExecutor<'_>,
    subject: &ResidentId,
) -> Result<Vec<(Consent, i64)>, Fault> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT body, version FROM consents WHERE subject = ? ORDER BY rowid")
            .bind(subject.as_str())
            .fetch_all(db)
            .await?;
    rows.into_iter()
        .map(|(body, version)| Ok((serde_json::from_str(&body)?, version)))
        .collect()
}

/// # Errors
/// The database cannot be written.
pub async fn save_consent(tx: &mut Tx, it: &Consent) -> Result<(), Fault> {
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    sqlx::query(
        "INSERT INTO consents (id, subject, domain, class, given, reach, body) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET given = excluded.given, reach = excluded.reach,
             version = consents.version + 1, body = excluded.body",
    )
    .bind(it.id.as_str())
    .bind(it.subject.as_str())
    .bind(name(serde_json::to_value(it.domain)?))
    .bind(name(serde_json::to_value(it.class)?))
    .bind(it.given)
    .bind(name(serde_json::to_value(it.reach)?))
    .bind(serde_json::to_string(it)?)
    .execute(&mut **tx)
    .await?;
    super::put(tx, &it.subject, &Record::Consent(it.clone())).await
}
