use super::{Outcome, resource::Resource};
use crate::City;
use jiff::Timestamp;
use serde_json::{Value, json};
use vekha_model::Text;
use vekha_protocol::Place;

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

/// Who sees residents, and where; the times they have say how far a schedule reaches.
pub(super) async fn schedules(city: &City) -> Result<Vec<Resource>, Outcome> {
    type Row = (String, String, Option<String>, String, i64, i64);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT c.id, c.service, c.practitioner, c.place, MIN(s.starts), MAX(s.ends)
         FROM schedules c JOIN slots s ON s.schedule = c.id GROUP BY c.id ORDER BY c.id",
    )
    .fetch_all(city.pool())
    .await?;
    rows.into_iter()
        .map(|(id, service, practitioner, place, from, until)| {
            let place: Place = serde_json::from_str(&place)?;
            let mut actors = vec![json!({
                "reference": format!("Location/{id}"), "type": "Location", "display": place.name.ru,
            })];
            if let Some(practitioner) = practitioner {
                let name: Text = serde_json::from_str(&practitioner)?;
                actors.push(json!({"type": "Practitioner", "display": name.ru}));
            }
            let body = json!({
                "active": true,
                "serviceType": [service_type(&service)],
                "actor": actors,
                "planningHorizon": {"start": time(city, from), "end": time(city, until)},
            });
            // It grows as days turn: the horizon itself is its version.
            Ok(Resource::made(
                "Schedule",
                &id,
                until,
                second(from),
                None,
                body,
            ))
        })
        .collect()
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
