use super::{Outcome, resource::Resource, subject::IDENTIFIER};
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqlitePool;
use vekha_model::{FactId, ResidentId};

pub(super) async fn find(pool: &SqlitePool, id: &ResidentId) -> Result<Option<Resource>, Outcome> {
    type Row = (
        String,
        Option<String>,
        Option<String>,
        Option<i64>,
        Option<String>,
    );
    // What is known of a person came with the fact `person`; nothing else changes it.
    let row: Option<Row> = sqlx::query_as(
        "SELECT name, birth_date, sex, told.recorded, told.id FROM residents r LEFT JOIN facts told ON told.rowid =
             (SELECT MAX(rowid) FROM facts WHERE subject = r.id AND kind = 'person')
         WHERE r.id = ?",
    )
    .bind(id.as_str())
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|(name, born, sex, told, fact)| {
        let mut body = json!({
            "identifier": [{"use": "official", "system": IDENTIFIER, "value": id}],
            "active": true,
            "name": [{"use": "usual", "text": name, "given": [name]}],
            "gender": sex.as_deref().unwrap_or("unknown"),
            "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "ru"}]}, "preferred": true}],
        });
        if let Some(born) = born {
            body["birthDate"] = json!(born);
        }
        let at = told
            .and_then(|told| Timestamp::from_second(told).ok())
            .unwrap_or(Timestamp::UNIX_EPOCH);
        let mut made = Resource::made("Patient", id.as_str(), 1, at, Some(id.clone()), body);
        made.fact = fact.map(FactId::new);
        made
    }))
}
