use super::{Outcome, resource::Resource};
use crate::{City, db};
use jiff::Timestamp;
use vekha_model::{FactId, ResidentId, Text};

/// Tells the resident that somebody else has read facts about them: once a day for each reader and fact.
pub(super) async fn record(
    city: &City,
    reader: &ResidentId,
    read: &[Resource],
) -> Result<(), Outcome> {
    let facts: Vec<(&ResidentId, &FactId)> = read
        .iter()
        .filter_map(|it| Some((it.subject.as_ref()?, it.fact.as_ref()?)))
        .filter(|(subject, _)| *subject != reader)
        .collect();
    if facts.is_empty() {
        return Ok(());
    }
    let name: String = sqlx::query_scalar("SELECT name FROM residents WHERE id = ?")
        .bind(reader.as_str())
        .fetch_one(city.pool())
        .await?;
    let who = Text::new(
        format!("{name} · заботится о вас"),
        format!("{name} · cares for you"),
    );
    let now = city.now();
    let mut writing = city.write().await?;
    for (subject, fact) in facts {
        told(&mut writing.tx, reader, &who, subject, fact, now).await?;
    }
    writing.commit().await?;
    Ok(())
}

async fn told(
    tx: &mut db::Tx,
    reader: &ResidentId,
    who: &Text,
    subject: &ResidentId,
    fact: &FactId,
    now: Timestamp,
) -> Result<(), Outcome> {
    let reader = format!("resident/{reader}");
    let before: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM access_records WHERE fact = ? AND reader = ? AND at > ?",
    )
    .bind(fact.as_str())
    .bind(&reader)
    .bind(now.as_second() - 24 * 3600)
    .fetch_one(&mut **tx)
    .await?;
    if before > 0 {
        return Ok(());
    }
    let purpose = Text::new("чтение записи", "reading the record");
    crate::access::record(tx, subject, Some(fact), &reader, who.clone(), purpose, now).await?;
    Ok(())
}
