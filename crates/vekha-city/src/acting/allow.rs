use crate::{Fault, db, db::Tx};
use vekha_model::{ConsentClass, Domain, PlannedStep, ResidentId};
use vekha_protocol::{Consent, Reach};

/// What the resident has allowed.
pub(crate) struct Consents(Vec<Consent>);

impl Consents {
    pub(crate) async fn of(tx: &mut Tx, subject: &ResidentId) -> Result<Self, Fault> {
        Ok(Self(
            db::consents_of(&mut **tx, subject)
                .await?
                .into_iter()
                .map(|(consent, _)| consent)
                .collect(),
        ))
    }

    /// Whether the city may read health facts at all (C2: 152-ФЗ ст. 10, 323-ФЗ ст. 13).
    pub(crate) fn health(&self) -> bool {
        reach_of(&self.0, Domain::Health, ConsentClass::C2) > Reach::Off
    }

    /// How far the city may go with this step.
    pub(crate) fn reach(&self, step: &PlannedStep) -> Reach {
        if step.domain == Domain::Health {
            return reach_of(&self.0, Domain::Health, ConsentClass::C2);
        }
        let own = reach_of(&self.0, step.domain, ConsentClass::C1);
        if step.consents.contains(&ConsentClass::C2) {
            own.min(reach_of(&self.0, Domain::Health, ConsentClass::C2))
        } else {
            own
        }
    }
}

/// The reach of the consent of this domain and class; off where it is not given.
pub(crate) fn reach_of(consents: &[Consent], domain: Domain, class: ConsentClass) -> Reach {
    consents
        .iter()
        .filter(|it| it.given && it.domain == domain && it.class == class)
        .map(|it| it.reach)
        .max()
        .unwrap_or(Reach::Off)
}
