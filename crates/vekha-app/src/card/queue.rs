use crate::{App, CommandError};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use vekha_protocol::Action;
use vekha_store::{Queued, StoreError, Waiting, Write};

/// How long an answer stays on the device and can be taken back.
const UNDO: SignedDuration = SignedDuration::from_secs(10);

/// Puts an action into the outbox, for good: it survives the end of the app. A refused one about the same thing goes.
pub fn queue(app: &App, action: &Action, hold: Option<SignedDuration>) -> Result<(), CommandError> {
    queue_after(app, action, hold, |_, _| Ok(()))
}

/// The same for what can be taken back for a while. A second thought about the same thing takes the place of the first, as long as that
/// has not left.
pub fn queue_to_undo(app: &App, action: &Action) -> Result<(), CommandError> {
    let thing = action.thing();
    queue_after(app, action, Some(UNDO), |write, now| {
        for row in write.read().outbox().all()? {
            if row.thing == thing && row.not_before > now && row.attempts == 0 {
                write.unqueue(row.seq)?;
            }
        }
        Ok(())
    })
}

/// The same, and something else before it: both or neither.
pub fn queue_after(
    app: &App,
    action: &Action,
    hold: Option<SignedDuration>,
    first: impl FnOnce(&Write<'_>, Timestamp) -> Result<(), StoreError>,
) -> Result<(), CommandError> {
    let store = app.store()?;
    let now = app.host.now();
    let queued = Queued {
        key: Uuid::new_v4(),
        thing: action.thing(),
        action: serde_json::to_string(action).map_err(|error| CommandError::inside(&error))?,
        not_before: hold.map(|hold| now.saturating_add(hold).unwrap_or(now)),
    };
    let ((), tags) = store.write::<_, StoreError>(|write| {
        first(write, now)?;
        let answered = |row: &Waiting| row.refused.is_some() && row.thing == queued.thing;
        for row in write
            .read()
            .outbox()
            .all()?
            .iter()
            .filter(|row| answered(row))
        {
            write.unqueue(row.seq)?;
        }
        write.queue(&queued, now).map(drop)
    })?;
    app.stale(tags);
    app.stale([vekha_store::Tag::Me]);
    app.runner.nudge();
    Ok(())
}
