use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;
use ts_rs::TS;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS, utoipa::ToSchema, schemars::JsonSchema)]
        #[serde(transparent)]
        #[ts(as = "String")]
        #[schema(value_type = String)]
        pub struct $name(#[schemars(with = "String")] SmolStr);

        impl $name {
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(SmolStr::new(id))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }
    };
}

id!(/// A person the plan is for (FHIR Patient id).
    ResidentId);
id!(/// One fact; a FHIR resource id, a registry record id or a device-made UUID.
    FactId);
id!(/// A situation in the catalogue, such as `pregnancy`.
    SituationKey);
id!(/// A step inside its situation, such as `gp`.
    StepKey);
id!(/// A fork inside its situation, such as `benign`.
    ForkKey);
id!(/// Who performs a step, such as `adult_clinic`.
    ServiceKey);
id!(/// A FHIR Appointment id: an offer while it is held, a visit once it is booked.
    AppointmentId);
id!(/// A FHIR Slot id.
    SlotId);
id!(/// A FHIR Consent id.
    ConsentId);
id!(/// A document or material a resident can read.
    DocumentId);
id!(/// One run of a situation: `<situation>:<anchor fact>`, with `@<period>` where the calendar started it; the same on both sides without exchanging plans.
    InstanceId);
id!(/// One step of one run: `<situation>:<anchor fact>/<step>`, with `@<period>` for a recurring one.
    StepId);

impl InstanceId {
    pub fn of(situation: &SituationKey, anchor: &FactId) -> Self {
        Self(joined(&[situation.as_str(), ":", anchor.as_str()]))
    }

    /// A run that the calendar started names its day: a year (`2027`) or an age (`14y`).
    pub fn in_period(situation: &SituationKey, anchor: &FactId, period: &str) -> Self {
        Self(joined(&[
            situation.as_str(),
            ":",
            anchor.as_str(),
            "@",
            period,
        ]))
    }

    /// The catalogue key before the first colon.
    pub fn situation(&self) -> SituationKey {
        SituationKey::new(self.0.split(':').next().unwrap_or_default())
    }

    /// The fact it started from, without the period.
    pub fn anchor(&self) -> Option<FactId> {
        let (_, anchor) = self.0.split_once(':')?;
        let anchor = anchor.rsplit_once('@').map_or(anchor, |(fact, _)| fact);
        Some(FactId::new(anchor))
    }
}

impl StepId {
    pub fn of(instance: &InstanceId, step: &StepKey) -> Self {
        Self(joined(&[instance.as_str(), "/", step.as_str()]))
    }

    /// A recurring step carries its period: a year (`2027`), a month (`2027-03`) or an ordinal (`2`).
    pub fn recurring(instance: &InstanceId, step: &StepKey, period: &str) -> Self {
        Self(joined(&[
            instance.as_str(),
            "/",
            step.as_str(),
            "@",
            period,
        ]))
    }

    pub fn instance(&self) -> InstanceId {
        InstanceId::new(self.0.rsplit_once('/').map_or("", |(instance, _)| instance))
    }

    pub fn step(&self) -> StepKey {
        let tail = self
            .0
            .rsplit_once('/')
            .map_or(self.0.as_str(), |(_, step)| step);
        StepKey::new(tail.split('@').next().unwrap_or_default())
    }
}

/// Ids are made for every step of every plan: the common length needs no heap but the one it is kept in.
fn joined(parts: &[&str]) -> SmolStr {
    let mut room = [0_u8; 160];
    let mut length = 0;
    for part in parts {
        match room.get_mut(length..length + part.len()) {
            Some(place) => place.copy_from_slice(part.as_bytes()),
            None => return SmolStr::from(parts.concat()),
        }
        length += part.len();
    }
    match std::str::from_utf8(&room[..length]) {
        Ok(whole) => SmolStr::new(whole),
        Err(_) => SmolStr::from(parts.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_id_tells_its_run_and_its_step() {
        let run = InstanceId::of(&"pregnancy".into(), &"f-1".into());
        let id = StepId::recurring(&run, &"monthly".into(), "3");
        assert_eq!(id.as_str(), "pregnancy:f-1/monthly@3");
        assert_eq!(id.instance(), run);
        assert_eq!(id.step(), StepKey::from("monthly"));
        assert_eq!(run.situation(), SituationKey::from("pregnancy"));
        assert_eq!(run.anchor(), Some("f-1".into()));
    }

    #[test]
    fn a_run_of_the_calendar_names_its_day_and_still_its_fact() {
        let run = InstanceId::in_period(&"passport_ages".into(), &"f-1".into(), "14y");
        assert_eq!(run.as_str(), "passport_ages:f-1@14y");
        assert_eq!(run.anchor(), Some("f-1".into()));
        let id = StepId::of(&run, &"apply".into());
        assert_eq!((id.instance(), id.step()), (run, "apply".into()));
    }
}
