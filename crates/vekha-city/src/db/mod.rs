//! The city's database: SQLite, one file in the data folder.

use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

mod appointment;
mod consent;
mod document;
mod fact;
mod feed;
mod inquiry;
mod resident;
mod shelf;

pub use appointment::{
    StoredAppointment, appointment, appointments_of, mark_chosen, save_appointment,
};
pub use consent::{consents_of, save_consent};
pub use document::save_document;
pub use fact::{FactRow, facts_of, find_fact, insert_fact, is_superseded};
pub use feed::{put, remove};
pub use inquiry::{inquiries, inquiry, save_inquiry};
pub use resident::{guardians, relation_of, resident, wards, word_of};
pub(crate) use shelf::Shelf;

/// Stored records, as they travel.
fn read_all<T: serde::de::DeserializeOwned>(bodies: &[String]) -> Result<Vec<T>, crate::Fault> {
    let read = bodies.iter().map(|body| serde_json::from_str(body));
    Ok(read.collect::<Result<_, _>>()?)
}

/// What is compared in the database: whole seconds since 1970.
fn seconds(moment: &vekha_model::Moment) -> i64 {
    moment.start_in(&jiff::tz::TimeZone::UTC).as_second()
}

pub type Tx = Transaction<'static, Sqlite>;

pub(crate) async fn open(folder: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("city.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What a resident was told is done is on the disk: a power cut takes nothing back.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10));
    let pool = SqlitePoolOptions::new()
        .max_connections(8)
        .connect_with(options)
        .await?;
    sqlx::migrate!("./migrations").run(&pool).await?;
    Ok(pool)
}

pub(crate) async fn setting(pool: &SqlitePool, name: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT value FROM settings WHERE name = ?")
        .bind(name)
        .fetch_optional(pool)
        .await
}

pub(crate) async fn set_setting(
    pool: &SqlitePool,
    name: &str,
    value: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO settings (name, value) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(pool)
    .await?;
    Ok(())
}
