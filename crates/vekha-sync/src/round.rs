use crate::{Clock, Progress, pull::pull, push::push, value};
use std::collections::BTreeSet;
use vekha_protocol::{City, CityError};
use vekha_store::{Store, StoreError, Tag};

/// What one round did.
#[derive(Debug, Default)]
pub struct SyncReport {
    pub pushed: u64,
    pub pulled: u64,
    /// Actions the city refused in this round; their rows say why.
    pub refused: u64,
    /// Records set apart because they could not be read.
    pub unreadable: u64,
    /// Why the city did not take what is queued, though the rest of the round went on: all of it stays queued.
    pub not_taken: Option<CityError>,
    pub tags: BTreeSet<Tag>,
}

/// Why a round did not go through. Everything up to there is kept, everything unsent stays queued.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    City(#[from] CityError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One round: push, then pull. What was done is in `report` even where the round ends early. A city that is there but
/// does not take actions now is read all the same: one slow service holds up no other.
///
/// # Errors
/// See [`SyncError`].
pub async fn sync(
    store: &Store,
    city: &dyn City,
    clock: &dyn Clock,
    progress: &(dyn Fn(Progress) + Send + Sync),
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    match push(store, city, clock, report).await {
        Err(SyncError::City(error @ (CityError::Busy { .. } | CityError::Malformed(_)))) => {
            report.not_taken = Some(error);
        }
        other => other?,
    }
    pull(store, city, progress, report).await?;
    let ((), tags) = store.write::<_, StoreError>(|tx| tx.set_value(value::AS_OF, &clock.now()))?;
    report.tags.extend(tags);
    Ok(())
}
