use super::{Tx, seconds};
use crate::Fault;
use jiff::Timestamp;
use sqlx::SqliteExecutor;
use vekha_model::{AppointmentId, ResidentId};
use vekha_protocol::{Appointment, AppointmentStatus, Record};

/// An appointment, how its hold ended, where it did, and whether the resident took the time by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAppointment {
    pub appointment: Appointment,
    pub held_until: Option<i64>,
    pub ended: Option<String>,
    pub changed: i64,
    pub chosen: bool,
}

type AppointmentRow = (String, Option<i64>, Option<String>, i64, bool);

fn read_appointment(row: AppointmentRow) -> Result<StoredAppointment, Fault> {
    Ok(StoredAppointment {
        appointment: serde_json::from_str(&row.0)?,
        held_until: row.1,
        ended: row.2,
        changed: row.3,
        chosen: row.4,
    })
}

/// # Errors
/// The database cannot be read.
pub async fn appointment(
    db: impl SqliteExecutor<'_>,
    id: &AppointmentId,
) -> Result<Option<StoredAppointment>, Fault> {
    let row: Option<AppointmentRow> = sqlx::query_as(
        "SELECT body, held_until, ended, changed, chosen FROM appointments WHERE id = ?",
    )
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
        "SELECT body, held_until, ended, changed, chosen FROM appointments WHERE subject = ? ORDER BY starts, id",
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

/// The resident took this time by themselves.
///
/// # Errors
/// The database cannot be written.
pub async fn mark_chosen(tx: &mut Tx, id: &AppointmentId) -> Result<(), Fault> {
    sqlx::query("UPDATE appointments SET chosen = 1 WHERE id = ?")
        .bind(id.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
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
