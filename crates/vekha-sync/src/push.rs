use crate::{Clock, SyncError, SyncReport, backoff::pause};
use jiff::SignedDuration;
use std::time::Duration;
use vekha_protocol::{Action, City, CityError, IdempotencyKey, Problem, Receipt};
use vekha_store::{Store, StoreError, Waiting};

/// Sends what is due. A refusal stays with its row; a city out of reach ends the round and keeps everything.
pub(crate) async fn push(
    store: &Store,
    city: &dyn City,
    clock: &dyn Clock,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    while let Some(row) = store.read(|tx| tx.outbox().next(clock.now()))? {
        let action: Action = match serde_json::from_str(&row.action) {
            Ok(action) => action,
            Err(error) => {
                refuse(store, &row, &unreadable(&error), report)?;
                continue;
            }
        };
        match city.push(IdempotencyKey(row.key), &action).await {
            Ok(receipt) => confirm(store, &row, &receipt, report)?,
            Err(CityError::Refused(problem) | CityError::Conflict(problem)) => {
                refuse(store, &row, &problem, report)?
            }
            Err(CityError::NotOffered) => refuse(store, &row, &not_offered(), report)?,
            Err(error) => {
                let pause = pause_after(&error, row.attempts);
                let later = clock.now()
                    + SignedDuration::try_from(pause).unwrap_or(SignedDuration::from_secs(300));
                store.write::<_, StoreError>(|tx| tx.try_later(row.seq, later))?;
                return Err(error.into());
            }
        }
    }
    Ok(())
}

fn pause_after(error: &CityError, attempts: u32) -> Duration {
    match error {
        CityError::Busy {
            retry_after: Some(asked),
        } => (*asked).clamp(Duration::from_millis(500), Duration::from_secs(3600)),
        _ => pause(attempts),
    }
}

fn confirm(
    store: &Store,
    row: &Waiting,
    receipt: &Receipt,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let ((), tags) = store.write::<_, StoreError>(|tx| {
        if let Some(appointment) = &receipt.appointment
            && let Ok(body) = serde_json::to_string(appointment)
        {
            let generation = tx
                .read()
                .values()
                .get(crate::value::GENERATION)?
                .unwrap_or(1);
            tx.put_record("appointment", appointment.id.as_str(), &body, generation)?;
        }
        tx.confirm(row.seq)
    })?;
    report.pushed += 1;
    report.tags.extend(tags);
    Ok(())
}

fn refuse(
    store: &Store,
    row: &Waiting,
    problem: &Problem,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let body = serde_json::to_string(problem).unwrap_or_else(|_| "{}".to_owned());
    let ((), tags) = store.write::<_, StoreError>(|tx| tx.refuse(row.seq, &body))?;
    report.refused += 1;
    report.tags.extend(tags);
    Ok(())
}

fn unreadable(error: &serde_json::Error) -> Problem {
    Problem {
        code: "unreadable".into(),
        title: "The queued action cannot be read".into(),
        status: 0,
        detail: Some(error.to_string()),
        words: Some(vekha_words::text("answer-unreadable")),
    }
}

fn not_offered() -> Problem {
    Problem {
        code: "not-offered".into(),
        title: "The city does not offer this".into(),
        status: 0,
        detail: None,
        words: Some(vekha_words::text("answer-not-taken")),
    }
}
