use crate::{City, Fault, access, db::Tx, vocabulary};
use jiff::Timestamp;
use vekha_model::{Fact, Text};

/// The planner reads health facts: each is told to the resident once.
pub(super) async fn record(
    city: &City,
    tx: &mut Tx,
    facts: &[Fact],
    now: Timestamp,
) -> Result<(), Fault> {
    for fact in facts {
        if vocabulary::is_health(city, &fact.kind) {
            access::record_once(
                city,
                tx,
                fact,
                "city/planner",
                Text::new("Городской помощник", "City assistant"),
                Text::new("подготовка записи", "preparing a visit"),
                now,
            )
            .await?;
        }
    }
    Ok(())
}
