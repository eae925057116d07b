use crate::{App, CommandError};
use jiff::SignedDuration;
use uuid::Uuid;
use vekha_protocol::Action;
use vekha_store::{Queued, StoreError, Waiting};

/// How long an answer stays on the device and can be taken back.
pub const UNDO: SignedDuration = SignedDuration::from_secs(10);

/// Puts an action into the outbox, for good: it survives the end of the app. A refused one about the same thing goes.
pub fn queue(app: &App, action: &Action, hold: Option<SignedDuration>) -> Result<(), CommandError> {
    let store = app.store()?;
    let now = app.host.now();
    let queued = Queued {
        key: Uuid::new_v4(),
        thing: action.thing(),
        action: serde_json::to_string(action).map_err(|error| CommandError::inside(&error))?,
        not_before: hold.map(|hold| now.saturating_add(hold).unwrap_or(now)),
    };
    let ((), tags) = store.write::<_, StoreError>(|write| {
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
