use super::{Outcome, resource::Resource};
use crate::{
    City,
    access::{Reader, Shown, looked},
    sign_in::Bearer,
};

/// Records what the caller is about to be shown.
pub(super) async fn record(city: &City, who: &Bearer, read: &[Resource]) -> Result<(), Outcome> {
    match who {
        Bearer::Resident(caller) => {
            looked(city, Reader::Resident(&caller.resident), shown(read)).await?;
        }
        Bearer::System {
            client_id, name, ..
        } => {
            let id = &format!("system/{client_id}");
            looked(city, Reader::System { id, name }, shown(read)).await?;
        }
    }
    Ok(())
}

/// Visits, schedules and free times hold no facts.
pub(super) fn shown(read: &[Resource]) -> Vec<Shown> {
    read.iter()
        .filter_map(|it| {
            let subject = it.subject.clone()?;
            match (&it.fact, it.kind) {
                (Some(fact), _) => Some(Shown::fact(subject, fact.clone())),
                (None, "Observation" | "Condition") => {
                    let address = format!("{}/{}", it.kind, it.id);
                    Some(Shown::resource(subject, address))
                }
                (None, _) => None,
            }
        })
        .collect()
}
