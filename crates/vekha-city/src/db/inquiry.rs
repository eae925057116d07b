use super::{Tx, read_all, seconds};
use crate::Fault;
use sqlx::SqliteExecutor;
use vekha_protocol::{Inquiry, InquiryKind, Record};

/// Writes the inquiry as it now is and tells the feed.
///
/// # Errors
/// The database cannot be written.
pub async fn save_inquiry(tx: &mut Tx, it: &Inquiry) -> Result<(), Fault> {
    let kind = match it.kind {
        InquiryKind::Question => "question",
        InquiryKind::Dispute => "dispute",
    };
    sqlx::query(
        "INSERT INTO inquiries (id, subject, kind, asked, answered, body) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET answered = excluded.answered, body = excluded.body",
    )
    .bind(&it.id)
    .bind(it.subject.as_str())
    .bind(kind)
    .bind(seconds(&it.asked))
    .bind(it.answer.as_ref().map(|answer| seconds(&answer.at)))
    .bind(serde_json::to_string(it)?)
    .execute(&mut **tx)
    .await?;
    super::put(tx, &it.subject, &Record::Inquiry(it.clone())).await
}

/// # Errors
/// The database cannot be read.
pub async fn inquiry(db: impl SqliteExecutor<'_>, id: &str) -> Result<Option<Inquiry>, Fault> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM inquiries WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await?;
    Ok(body.as_deref().map(serde_json::from_str).transpose()?)
}

/// Every inquiry of the town, the unanswered first, then the newest first.
///
/// # Errors
/// The database cannot be read.
pub async fn inquiries(db: impl SqliteExecutor<'_>) -> Result<Vec<Inquiry>, Fault> {
    let bodies: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM inquiries ORDER BY answered IS NOT NULL, asked DESC, id DESC",
    )
    .fetch_all(db)
    .await?;
    read_all(&bodies)
}
