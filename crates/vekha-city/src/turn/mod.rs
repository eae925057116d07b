//! Time passes: holds lapse, and at day's turn everybody's plan is looked at again.

use crate::{City, Fault, acting, db, demo};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use std::time::Duration;
use vekha_model::{AppointmentId, ResidentId};
use vekha_protocol::AppointmentStatus;

const NAME: &str = "turned";
const BEAT: Duration = Duration::from_secs(2);

/// Looks at the clock for as long as the city runs.
pub(crate) async fn keep(city: City) {
    let mut stopping = city.stopping.clone();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(BEAT) => {}
        }
        if let Err(error) = catch_up(&city).await {
            tracing::error!(%error, "the day could not be turned");
        }
    }
}

/// Does what the time until now brings, day by day where the city was away for long.
pub(crate) async fn catch_up(city: &City) -> Result<(), Fault> {
    let _turning = city.turning.lock().await;
    pass(city).await
}

/// Moves the clock, and the days with it: nothing is ever done at a time before one the city has already shown.
pub(crate) async fn advance(city: &City, to: Timestamp) -> Result<(), Fault> {
    let _turning = city.turning.lock().await;
    loop {
        let day = city.zone().to_datetime(city.now()).date();
        let morning = morning_of(city, day.saturating_add(1.day()))?;
        if morning >= to {
            break;
        }
        city.clock.set(&city.pool, morning).await?;
        pass(city).await?;
    }
    city.clock.set(&city.pool, to).await?;
    pass(city).await
}

async fn pass(city: &City) -> Result<(), Fault> {
    let now = city.now();
    let today = city.zone().to_datetime(now).date();
    let turned = db::setting(&city.pool, NAME).await?;
    let mut day: Date = match turned.and_then(|it| it.parse().ok()) {
        Some(day) => day,
        None => {
            db::set_setting(&city.pool, NAME, &today.to_string()).await?;
            today
        }
    };
    while day < today {
        day = day.saturating_add(1.day());
        let morning = morning_of(city, day)?;
        lapse(city, morning).await?;
        turn(city, morning).await?;
        db::set_setting(&city.pool, NAME, &day.to_string()).await?;
    }
    lapse(city, now).await
}

fn morning_of(city: &City, day: Date) -> Result<Timestamp, Fault> {
    let midnight = day
        .to_zoned(city.zone().clone())
        .map_err(Fault::internal)?
        .timestamp();
    Ok(midnight + SignedDuration::from_mins(1))
}

async fn turn(city: &City, now: Timestamp) -> Result<(), Fault> {
    let residents: Vec<String> = sqlx::query_scalar("SELECT id FROM residents ORDER BY rowid")
        .fetch_all(&city.pool)
        .await?;
    if city.demo {
        let mut writing = city.write().await?;
        demo::open_times(city, &mut writing.tx, now).await?;
        writing.commit().await?;
    }
    for resident in residents.into_iter().map(ResidentId::new) {
        // One whose records cannot be used is no reason to leave the others alone; the next turn tries again.
        if let Err(error) = turn_of(city, &resident, now).await {
            tracing::error!(%error, "the day did not turn for one resident");
        }
    }
    Ok(())
}

async fn turn_of(city: &City, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    let mut writing = city.write().await?;
    let before = last_change(&mut writing.tx).await?;
    acting::act(city, &mut writing.tx, resident, now).await?;
    let changed = last_change(&mut writing.tx).await? > before;
    writing.commit().await?;
    if changed {
        city.wake(resident).await;
    }
    Ok(())
}

async fn last_change(tx: &mut db::Tx) -> Result<i64, Fault> {
    Ok(
        sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM changes")
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// Holds nobody answered end by themselves, without penalty: the step is open again.
async fn lapse(city: &City, now: Timestamp) -> Result<(), Fault> {
    let held = "SELECT id FROM appointments WHERE status = 'pending' AND held_until < ?";
    let due: Vec<String> = sqlx::query_scalar(held)
        .bind(now.as_second())
        .fetch_all(&city.pool)
        .await?;
    for id in due.into_iter().map(AppointmentId::new) {
        if let Err(error) = let_go(city, &id, now).await {
            tracing::error!(%error, "a hold that ran out could not be let go");
        }
    }
    Ok(())
}

async fn let_go(city: &City, id: &AppointmentId, now: Timestamp) -> Result<(), Fault> {
    let mut writing = city.write().await?;
    let Some(stored) = db::appointment(&mut *writing.tx, id).await? else {
        return Ok(());
    };
    let late = stored
        .held_until
        .is_some_and(|until| until < now.as_second());
    if stored.appointment.status != AppointmentStatus::Pending || !late {
        return Ok(());
    }
    let visit = stored.appointment;
    // Without a reason to be told: an offer that passes is no cancellation, the next one speaks for itself.
    let visit = acting::end(&mut writing.tx, visit, "lapsed", None, now).await?;
    if let Some(step) = &visit.step {
        acting::withdraw(city, &mut writing.tx, &visit.subject, step, now).await?;
    }
    writing.commit().await?;
    city.wake(&visit.subject).await;
    Ok(())
}
