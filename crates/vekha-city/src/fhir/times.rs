use super::{Outcome, resource::Resource};
use crate::City;
use jiff::Timestamp;
use serde_json::{Value, json};

/// The services a schedule or a free time is for.
const SERVICE: &str = "urn:vekha:service";

type SlotRow = (String, String, String, i64, i64, String, i64, i64);

const SLOTS: &str =
    "SELECT id, service, schedule, starts, ends, status, version, changed FROM slots ";

fn slot(city: &City, row: SlotRow) -> Resource {
    let (id, service, schedule, starts, ends, status, version, changed) = row;
    let body = json!({
        "serviceType": [service_type(&service)],
        "schedule": {"reference": format!("Schedule/{schedule}")},
        "status": status,
        "start": time(city, starts),
        "end": time(city, ends),
    });
    Resource::made("Slot", &id, version, second(changed), None, body)
}

pub(super) async fn find_slot(city: &City, id: &str) -> Result<Option<Resource>, Outcome> {
    let row: Option<SlotRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!("{SLOTS} WHERE id = ?")))
        .bind(id)
        .fetch_optional(city.pool())
        .await?;
    Ok(row.map(|row| slot(city, row)))
}

/// Every time that has not passed, of these schedules where the search names them.
pub(super) async fn slots(city: &City, schedules: &[String]) -> Result<Vec<Resource>, Outcome> {
    let wanted = serde_json::to_string(schedules)?;
    let rows: Vec<SlotRow> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{SLOTS} WHERE ends >= ? AND (? = '[]' OR schedule IN (SELECT value FROM json_each(?)))"
    )))
    .bind(city.now().as_second())
    .bind(&wanted)
    .bind(&wanted)
    .fetch_all(city.pool())
    .await?;
    Ok(rows.into_iter().map(|row| slot(city, row)).collect())
}

/// A schedule is known by its times: whose they are, and how far they reach.
pub(super) async fn schedules(city: &City) -> Result<Vec<Resource>, Outcome> {
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT schedule, service, MIN(starts), MAX(ends) FROM slots GROUP BY schedule, service ORDER BY schedule",
    )
    .fetch_all(city.pool())
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, service, from, until)| {
            let body = json!({
                "active": true,
                "serviceType": [service_type(&service)],
                "actor": [{"reference": format!("Location/{id}"), "type": "Location", "display": service}],
                "planningHorizon": {"start": time(city, from), "end": time(city, until)},
            });
            // It grows as days turn: the horizon itself is its version.
            Resource::made("Schedule", &id, until, second(from), None, body)
        })
        .collect())
}

pub(super) fn service_type(service: &str) -> Value {
    json!({"coding": [{"system": SERVICE, "code": service}]})
}

fn time(city: &City, seconds: i64) -> Value {
    json!(city.moment(second(seconds)))
}

pub(super) fn second(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
