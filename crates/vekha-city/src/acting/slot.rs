use crate::{City, Fault, db::Tx};
use jiff::{SignedDuration, Timestamp};
use vekha_model::{AppointmentId, ResidentId, ServiceKey, SlotId, Text};
use vekha_protocol::{Place, Slot};

/// The nearest free time of the service between `from` and `to` that does not meet another visit of the resident than
/// the one it is looked for.
pub(crate) async fn next_free(
    tx: &mut Tx,
    subject: &ResidentId,
    service: &ServiceKey,
    from: i64,
    to: i64,
    moved: Option<&AppointmentId>,
) -> Result<Option<SlotId>, Fault> {
    let id: Option<String> = sqlx::query_scalar(
        "SELECT id FROM slots
         WHERE service = ? AND status = 'free' AND starts >= ? AND ends <= ?
             AND NOT EXISTS (SELECT 1 FROM meetings WHERE slot = slots.id AND subject = ? AND visit <> ?)
         ORDER BY starts, id LIMIT 1",
    )
    .bind(service.as_str())
    .bind(from)
    .bind(to)
    .bind(subject.as_str())
    .bind(moved.map_or("", AppointmentId::as_str))
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(SlotId::new))
}

/// So far ahead a time can be chosen; who needs a later one asks a person.
const AHEAD: SignedDuration = SignedDuration::from_hours(21 * 24);
const TIMES: i64 = 1000;

/// Every free time of the service in the next weeks that does not meet another visit of the resident than the one it is
/// looked for.
pub(crate) async fn free_times(
    city: &City,
    subject: &ResidentId,
    service: &ServiceKey,
    moved: Option<&AppointmentId>,
) -> Result<Vec<Slot>, Fault> {
    let now = city.now();
    let rows: Vec<(String, i64, i64, String, Option<String>)> = sqlx::query_as(
        "SELECT slots.id, starts, ends, place, practitioner FROM slots
         JOIN schedules ON schedules.id = slots.schedule
         WHERE slots.service = ? AND status = 'free' AND starts > ? AND starts < ?
             AND NOT EXISTS (SELECT 1 FROM meetings WHERE slot = slots.id AND subject = ? AND visit <> ?)
         ORDER BY starts, slots.id LIMIT ?",
    )
    .bind(service.as_str())
    .bind(now.as_second())
    .bind((now + AHEAD).as_second())
    .bind(subject.as_str())
    .bind(moved.map_or("", AppointmentId::as_str))
    .bind(TIMES)
    .fetch_all(city.pool())
    .await?;
    let moment = |seconds| {
        Timestamp::from_second(seconds)
            .map(|at| city.moment(at))
            .map_err(Fault::internal)
    };
    let slot = |(id, starts, ends, place, practitioner): (String, _, _, String, Option<String>)| {
        Ok(Slot {
            id: SlotId::new(id),
            start: moment(starts)?,
            end: moment(ends)?,
            place: Some(serde_json::from_str::<Place>(&place)?),
            practitioner: practitioner
                .map(|it| serde_json::from_str(&it))
                .transpose()?,
        })
    };
    rows.into_iter().map(slot).collect()
}

/// Whether the resident has another visit around that time than the one that is moved there.
async fn meets_another(
    tx: &mut Tx,
    subject: &ResidentId,
    moved: Option<&AppointmentId>,
    slot: &SlotId,
) -> Result<bool, Fault> {
    let met: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM meetings WHERE slot = ? AND subject = ? AND visit <> ?",
    )
    .bind(slot.as_str())
    .bind(subject.as_str())
    .bind(moved.map_or("", AppointmentId::as_str))
    .fetch_one(&mut **tx)
    .await?;
    Ok(met > 0)
}

/// When and where a slot is.
pub(crate) struct Times {
    pub(crate) starts: Timestamp,
    pub(crate) ends: Timestamp,
    pub(crate) place: Place,
    pub(crate) practitioner: Option<Text>,
    pub(crate) service: String,
    pub(crate) status: String,
}

impl Times {
    pub(crate) async fn of(tx: &mut Tx, slot: &SlotId) -> Result<Self, Fault> {
        Self::find(tx, slot).await?.ok_or_else(Fault::slot_taken)
    }

    /// A time that a resident chose, if it can still be theirs.
    ///
    /// # Errors
    /// It is another service's, taken or past, or meets another visit of theirs than the one that is moved there.
    pub(crate) async fn to_take(
        city: &City,
        tx: &mut Tx,
        (subject, moved): (&ResidentId, Option<&AppointmentId>),
        service: &ServiceKey,
        slot: &SlotId,
    ) -> Result<Self, Fault> {
        let times = Self::of(tx, slot).await?;
        let same = times.service == service.as_str();
        if !same || times.status != "free" || times.starts <= city.now() {
            return Err(Fault::slot_taken());
        }
        if meets_another(tx, subject, moved, slot).await? {
            return Err(Fault::two_at_once());
        }
        Ok(times)
    }

    pub(crate) async fn find(tx: &mut Tx, slot: &SlotId) -> Result<Option<Self>, Fault> {
        let row: Option<(i64, i64, String, Option<String>, String, String)> = sqlx::query_as(
            "SELECT starts, ends, place, practitioner, slots.service, slots.status
             FROM slots JOIN schedules ON schedules.id = slots.schedule WHERE slots.id = ?",
        )
        .bind(slot.as_str())
        .fetch_optional(&mut **tx)
        .await?;
        row.map(|(starts, ends, place, practitioner, service, status)| {
            Ok(Self {
                starts: Timestamp::from_second(starts).map_err(Fault::internal)?,
                ends: Timestamp::from_second(ends).map_err(Fault::internal)?,
                place: serde_json::from_str(&place)?,
                practitioner: practitioner
                    .map(|it| serde_json::from_str(&it))
                    .transpose()?,
                service,
                status,
            })
        })
        .transpose()
    }
}

pub(crate) async fn set_slot(
    tx: &mut Tx,
    slot: &SlotId,
    status: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    sqlx::query("UPDATE slots SET status = ?, version = version + 1, changed = ? WHERE id = ?")
        .bind(status)
        .bind(now.as_second())
        .bind(slot.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
