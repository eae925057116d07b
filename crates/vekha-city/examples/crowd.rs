//! `crowd DATA RESIDENT COUNT` tells a running city many old results of one resident in one transaction, without planning
//! after each: what a bench of a crowded store begins with.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::{collections::BTreeMap, env, error::Error, path::Path, time::Duration};
use vekha_city::db;
use vekha_model::{Fact, FactId, FactStatus, Moment, ResidentId, Source, SourceKind, Text};

/// Potassium, glucose, creatinine, haemoglobin: what is measured again and again, and starts nothing.
const TESTS: [(&str, f64, &str); 4] = [
    ("2823-3", 4.2, "mmol/L"),
    ("14749-6", 5.0, "mmol/L"),
    ("14682-9", 80.0, "umol/L"),
    ("718-7", 130.0, "g/L"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [data, resident, count] = args.as_slice() else {
        return Err("crowd DATA RESIDENT COUNT".into());
    };
    let file = SqliteConnectOptions::new()
        .filename(Path::new(data).join("city.sqlite"))
        .busy_timeout(Duration::from_secs(30));
    let pool = SqlitePool::connect_with(file).await?;
    let now = Timestamp::now();
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    for place in 0..count.parse::<u32>()? {
        let fact = result(&ResidentId::new(resident.as_str()), place);
        db::insert_fact(&mut tx, &fact, "system/crowd", now).await?;
    }
    tx.commit().await?;
    // A process that ends while a thread still closes its database may crash.
    pool.close().await;
    Ok(())
}

/// One result a day, back from the spring of 2026.
fn result(subject: &ResidentId, place: u32) -> Fact {
    let (code, value, unit) = TESTS[place as usize % TESTS.len()];
    let last = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(20_550 * 24 + 9);
    let at = last - SignedDuration::from_hours(i64::from(place / 4) * 24);
    let off = f64::from(place % 7) / 10.0;
    let value = json!({"value": value + off, "unit": unit});
    Fact {
        id: FactId::new(format!("crowd-{place}")),
        subject: subject.clone(),
        kind: "lab.result".to_owned(),
        at: Moment::at(at, &jiff::tz::TimeZone::UTC),
        recorded: None,
        status: FactStatus::Final,
        supersedes: None,
        source: Source {
            kind: SourceKind::Laboratory,
            name: Text::new("Лаборатория №1", "Laboratory No. 1"),
            reference: None,
        },
        fields: BTreeMap::from([
            ("code".to_owned(), code.into()),
            ("value".to_owned(), value),
        ]),
        private: false,
    }
}
