use super::{Tx, seconds};
use crate::Fault;
use jiff::Timestamp;
use sqlx::SqliteExecutor;
use vekha_model::{AppointmentId, Relation, Resident, ResidentId, Sex};
use vekha_protocol::{Appointment, AppointmentStatus, Consent, Document, Record};

/// An appointment and how its hold ended, where it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAppointment {
    pub appointment: Appointment,
    pub held_until: Option<i64>,
    pub ended: Option<String>,
    pub changed: i64,
}

type AppointmentRow = (String, Option<i64>, Option<String>, i64);

fn read_appointment(row: AppointmentRow) -> Result<StoredAppointment, Fault> {
    Ok(StoredAppointment {
        appointment: serde_json::from_str(&row.0)?,
        held_until: row.1,
        ended: row.2,
        changed: row.3,
    })
}

/// # Errors
/// The database cannot be read.
pub async fn appointment(
    db: impl SqliteExecutor<'_>,
    id: &AppointmentId,
) -> Result<Option<StoredAppointment>, Fault> {
    let row: Option<AppointmentRow> =
        sqlx::query_as("SELECT body, held_until, ended, changed FROM appointments WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(db)
            .await?;
    row.map(read_appointment).transpose()
}

/// # Errors
/// The database cannot be read.
pub async fn appointments_of(
    db: impl SqliteExecutor<'_>,
    subject: &ResidentId,
) -> Result<Vec<StoredAppointment>, Fault> {
    let rows: Vec<AppointmentRow> = sqlx::query_as(
        "SELECT body, held_until, ended, changed FROM appointments WHERE subject = ? ORDER BY starts, id",
    )
    .bind(subject.as_str())
    .fetch_all(db)
    .await?;
    rows.into_iter().map(read_appointment).collect()
}

/// Writes the appointment as it now is and tells the feed. `ended` says how a hold ended.
///
/// # Errors
/// `slot-taken` when another visit has the slot; otherwise the database cannot be written.
pub async fn save_appointment(
    tx: &mut Tx,
    it: &Appointment,
    ended: Option<&str>,
    now: Timestamp,
) -> Result<(), Fault> {
    let done = sqlx::query(
        "INSERT INTO appointments
             (id, subject, step, slot, service, status, starts, held_until, ended, version, changed, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, status = excluded.status,
             starts = excluded.starts, held_until = excluded.held_until, ended = excluded.ended,
             version = excluded.version, changed = excluded.changed, body = excluded.body",
    )
    .bind(it.id.as_str())
    .bind(it.subject.as_str())
    .bind(it.step.as_ref().map(|step| step.as_str()))
    .bind(it.slot.as_ref().map(|slot| slot.as_str()))
    .bind(it.service.as_ref().map(|service| service.as_str()))
    .bind(status_name(it.status))
    .bind(seconds(&it.start))
    .bind(it.held_until.as_ref().map(seconds))
    .bind(ended)
    .bind(it.version)
    .bind(now.as_second())
    .bind(serde_json::to_string(it)?)
    .execute(&mut **tx)
    .await;
    match done {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            return Err(Fault::slot_taken());
        }
        other => other?,
    };
    super::put(tx, &it.subject, &Record::Appointment(it.clone())).await
}

/// # Errors
/// The database cannot be read.
pub async fn documents_of(
    db: impl SqliteExecutor<'_>,
    subject: &ResidentId,
) -> Result<Vec<Document>, Fault> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT body FROM documents WHERE subject = ? ORDER BY rowid")
            .bind(subject.as_str())
            .fetch_all(db)
            .await?;
    rows.iter()
        .map(|body| Ok(serde_json::from_str(body)?))
        .collect()
}

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

/// The resident as somebody in `relation` to them sees them.
///
/// # Errors
/// The database cannot be read.
pub async fn resident(
    db: impl SqliteExecutor<'_>,
    id: &ResidentId,
    relation: Relation,
) -> Result<Option<Resident>, Fault> {
    let row: Option<(String, Option<String>, Option<String>)> =
        sqlx::query_as("SELECT name, birth_date, sex FROM residents WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(name, birth_date, sex)| Resident {
        id: id.clone(),
        name,
        birth_date: birth_date.and_then(|date| date.parse().ok()),
        sex: match sex.as_deref() {
            Some("female") => Some(Sex::Female),
            Some("male") => Some(Sex::Male),
            _ => None,
        },
        relation,
    }))
}

/// Those the resident cares for, and what they are to them.
///
/// # Errors
/// The database cannot be read.
pub async fn wards(
    db: impl SqliteExecutor<'_>,
    guardian: &ResidentId,
) -> Result<Vec<(ResidentId, Relation)>, Fault> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT ward, relation FROM wards WHERE guardian = ? ORDER BY ward")
            .bind(guardian.as_str())
            .fetch_all(db)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(ward, relation)| {
            let relation = match relation.as_str() {
                "child" => Relation::Child,
                "parent" => Relation::Parent,
                _ => Relation::Ward,
            };
            (ResidentId::new(ward), relation)
        })
        .collect())
}

/// Those who care for the resident.
///
/// # Errors
/// The database cannot be read.
pub async fn guardians(
    db: impl SqliteExecutor<'_>,
    ward: &ResidentId,
) -> Result<Vec<ResidentId>, Fault> {
    let rows: Vec<String> = sqlx::query_scalar("SELECT guardian FROM wards WHERE ward = ?")
        .bind(ward.as_str())
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(ResidentId::new).collect())
}

fn status_name(status: AppointmentStatus) -> &'static str {
    match status {
        AppointmentStatus::Proposed => "proposed",
        AppointmentStatus::Pending => "pending",
        AppointmentStatus::Booked => "booked",
        AppointmentStatus::Arrived => "arrived",
        AppointmentStatus::Fulfilled => "fulfilled",
        AppointmentStatus::Cancelled => "cancelled",
        AppointmentStatus::Noshow => "noshow",
        AppointmentStatus::EnteredInError => "entered-in-error",
        AppointmentStatus::Waitlist => "waitlist",
    }
}
