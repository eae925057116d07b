//! What the city does for a resident on its own: holds times, issues documents, takes back what fell away.

use crate::{City, Fault, db::Tx};
use jiff::Timestamp;
use vekha_model::ResidentId;

pub(crate) async fn act(
    _city: &City,
    _tx: &mut Tx,
    _subject: &ResidentId,
    _now: Timestamp,
) -> Result<(), Fault> {
    Ok(())
}
