use super::{Outcome, resource::Resource};
use crate::db::Tx;
use jiff::Timestamp;
use serde_json::json;
use sqlx::SqliteExecutor;
use vekha_model::{Fact, FactId, FactStatus, ResidentId};

/// A resource somebody sent, and who.
pub(super) struct Kept {
    pub(super) resource: Resource,
    pub(super) told_by: String,
}

type Row = (String, i64, i64, String, Option<String>, String, String);

const COLUMNS: &str =
    "SELECT id, version, updated, subject, fact, told_by, body FROM fhir_resources ";

fn read(kind: &'static str, row: Row) -> Result<Kept, Outcome> {
    let (id, version, updated, subject, fact, told_by, text) = row;
    Ok(Kept {
        resource: Resource {
            kind,
            id,
            version,
            updated: Timestamp::from_millisecond(updated).unwrap_or(Timestamp::UNIX_EPOCH),
            subject: Some(ResidentId::new(subject)),
            fact: fact.map(FactId::new),
            json: serde_json::from_str(&text)?,
            text,
        },
        told_by,
    })
}

pub(super) async fn find(
    db: impl SqliteExecutor<'_>,
    kind: &'static str,
    id: &str,
) -> Result<Option<Kept>, Outcome> {
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE kind = ? AND id = ?"
    )))
    .bind(kind)
    .bind(id)
    .fetch_optional(db)
    .await?;
    row.map(|row| read(kind, row)).transpose()
}

pub(super) async fn sent_by(
    db: impl SqliteExecutor<'_>,
    kind: &'static str,
    told_by: &str,
) -> Result<Vec<Kept>, Outcome> {
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE kind = ? AND told_by = ?"
    )))
    .bind(kind)
    .bind(told_by)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| read(kind, row)).collect()
}

pub(super) async fn of_resident(
    db: impl SqliteExecutor<'_>,
    kind: &'static str,
    subject: &ResidentId,
    told_by: Option<&str>,
) -> Result<Vec<Resource>, Outcome> {
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE kind = ? AND subject = ? AND told_by = COALESCE(?, told_by)"
    )))
    .bind(kind)
    .bind(subject.as_str())
    .bind(told_by)
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok(read(kind, row)?.resource))
        .collect()
}

pub(super) async fn keep(tx: &mut Tx, it: &Resource, told_by: &str) -> Result<(), Outcome> {
    sqlx::query(
        "INSERT INTO fhir_resources (kind, id, version, updated, subject, fact, told_by, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, updated = excluded.updated,
             fact = excluded.fact, body = excluded.body",
    )
    .bind(it.kind)
    .bind(&it.id)
    .bind(it.version)
    .bind(it.updated.as_millisecond())
    .bind(it.subject.as_ref().map(ResidentId::as_str))
    .bind(it.fact.as_ref().map(FactId::as_str))
    .bind(told_by)
    .bind(&it.text)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Facts the city learnt another way, as the Observations they would have been.
pub(super) async fn made_from_facts(
    db: impl SqliteExecutor<'_>,
    subject: &ResidentId,
) -> Result<Vec<Resource>, Outcome> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT body, recorded FROM facts f WHERE subject = ? AND kind = 'lab.result' AND told_by NOT LIKE 'system/%'
         AND NOT EXISTS (SELECT 1 FROM facts later WHERE later.supersedes = f.id)",
    )
    .bind(subject.as_str())
    .fetch_all(db)
    .await?;
    let mut made = Vec::new();
    for (body, recorded) in rows {
        let fact: Fact = serde_json::from_str(&body)?;
        let id = fact.id.to_string();
        let id_fits = id.len() <= 64
            && id
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it));
        if id_fits {
            made.push(from_fact(fact, recorded)?);
        }
    }
    Ok(made)
}

fn from_fact(fact: Fact, recorded: i64) -> Result<Resource, Outcome> {
    let status = if fact.status == FactStatus::EnteredInError {
        json!("entered-in-error")
    } else {
        serde_json::to_value(fact.status)?
    };
    let quantity = |name: &str| {
        let read = fact.fields.get(name)?;
        let mut made = json!({"value": read.get("value")?});
        if let Some(unit) = read.get("unit").and_then(|unit| unit.as_str()) {
            made["unit"] = json!(unit);
            made["system"] = json!("http://unitsofmeasure.org");
            made["code"] = json!(unit);
        }
        Some(made)
    };
    let code = fact.fields.get("code").and_then(|code| code.as_str());
    let mut body = json!({
        "status": status,
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
        "code": code.map_or_else(
            || json!({"text": vekha_words::text("result-unnamed").ru}),
            |code| json!({"coding": [{"system": "http://loinc.org", "code": code}]}),
        ),
        "subject": {"reference": format!("Patient/{}", fact.subject)},
        "effectiveDateTime": fact.at,
    });
    if !fact.source.name.ru.is_empty() {
        body["performer"] = json!([{"display": fact.source.name.ru}]);
    }
    if let Some(value) = quantity("value") {
        body["valueQuantity"] = value;
    } else if let Some(text) = fact.fields.get("text") {
        body["valueString"] = text.clone();
    }
    let mut range = json!({});
    for side in ["low", "high"] {
        if let Some(value) = quantity(side) {
            range[side] = value;
        }
    }
    if range.as_object().is_some_and(|it| !it.is_empty()) {
        body["referenceRange"] = json!([range]);
    }
    let at = Timestamp::from_second(recorded).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut made = Resource::made(
        "Observation",
        fact.id.as_str(),
        1,
        at,
        Some(fact.subject),
        body,
    );
    made.fact = Some(fact.id);
    Ok(made)
}
