//! What a domain may do with which facts; given, changed and withdrawn by the resident at any time.

mod http;

pub(crate) use http::router;

use crate::{City, Fault, db, db::Tx};
use jiff::Timestamp;
use vekha_model::{ConsentClass, ConsentId, Domain, ResidentId};
use vekha_protocol::{Consent, Reach};

/// The consents every resident can give; health starts as said, the rest lets the city prepare and ask.
pub(crate) async fn give_first(
    city: &City,
    tx: &mut Tx,
    subject: &ResidentId,
    health: Option<Reach>,
    now: Timestamp,
) -> Result<(), Fault> {
    let all = [
        (
            Domain::Health,
            ConsentClass::C2,
            vekha_words::text("consent-health-to"),
            vekha_words::text("consent-health-for"),
            health,
        ),
        (
            Domain::Legal,
            ConsentClass::C1,
            vekha_words::text("consent-legal-to"),
            vekha_words::text("consent-legal-for"),
            Some(Reach::Arrange),
        ),
        (
            Domain::Social,
            ConsentClass::C1,
            vekha_words::text("consent-social-to"),
            vekha_words::text("consent-social-for"),
            Some(Reach::Arrange),
        ),
    ];
    for (domain, class, recipient, purpose, reach) in all {
        let name = serde_json::to_value(domain)?;
        let consent = Consent {
            id: ConsentId::new(format!("{subject}-{}", name.as_str().unwrap_or_default())),
            subject: subject.clone(),
            domain,
            class,
            recipient,
            purpose,
            given: reach.is_some(),
            reach: reach.unwrap_or(Reach::Off),
            at: reach.map(|_| city.moment(now)),
        };
        db::save_consent(tx, &consent).await?;
    }
    Ok(())
}
