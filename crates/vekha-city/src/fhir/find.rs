use super::{
    Outcome, access, kept, patient,
    resource::Resource,
    search::{Query, bundle, relative},
    times, visit,
};
use crate::{
    City,
    sign_in::{Bearer, Caller, Right},
};
use vekha_model::ResidentId;

/// One resource, where the caller may see it; otherwise it is as if it were not there.
pub(super) async fn read(
    city: &City,
    who: &Bearer,
    kind: &'static str,
    id: &str,
) -> Result<Resource, Outcome> {
    if !who.allows(kind, Right::Read) {
        return Err(Outcome::forbidden());
    }
    let found = match kind {
        "Patient" => patient::find(city.pool(), &ResidentId::new(id)).await?,
        "Slot" => times::find_slot(city, id).await?,
        "Schedule" => times::schedules(city)
            .await?
            .into_iter()
            .find(|it| it.id == id),
        "Appointment" => visit::find(city, id).await?,
        _ => match kept::find(city.pool(), kind, id).await? {
            Some(kept) if sent_it(who, &kept.told_by) => {
                access::record(city, who, std::slice::from_ref(&kept.resource)).await?;
                return Ok(kept.resource);
            }
            Some(kept) => Some(kept.resource),
            None => made(city, who, kind, id).await?,
        },
    };
    let found = found.ok_or_else(Outcome::not_found)?;
    let Bearer::Resident(caller) = who else {
        return if found.subject.is_none() {
            Ok(found)
        } else {
            Err(Outcome::not_found())
        };
    };
    if let Some(subject) = &found.subject
        && !caller.may_read(subject)
    {
        return Err(Outcome::not_found());
    }
    access::record(city, who, std::slice::from_ref(&found)).await?;
    Ok(found)
}

async fn made(
    city: &City,
    who: &Bearer,
    kind: &str,
    id: &str,
) -> Result<Option<Resource>, Outcome> {
    let Bearer::Resident(caller) = who else {
        return Ok(None);
    };
    if kind == "Observation" {
        for subject in caller.subjects() {
            let all = kept::made_from_facts(city.pool(), subject).await?;
            if let Some(found) = all.into_iter().find(|it| it.id == id) {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

/// A page of what the caller may see and asked for, as a Bundle.
pub(super) async fn search(
    city: &City,
    who: &Bearer,
    kind: &'static str,
    text: &str,
    strict: bool,
) -> Result<String, Outcome> {
    if !who.allows(kind, Right::Search) {
        return Err(Outcome::forbidden());
    }
    let base = format!("{}/fhir", city.base());
    let query = Query::read(kind, text, strict)?;
    let all = match (kind, who) {
        ("Schedule", _) => times::schedules(city).await?,
        ("Slot", _) => {
            let schedules: Vec<String> = query
                .asked("schedule")
                .map(|it| relative(it, "Schedule", &base).replacen("Schedule/", "", 1))
                .collect();
            times::slots(city, &schedules).await?
        }
        (_, Bearer::Resident(caller)) => {
            own_only(caller, &query, &base)?;
            of_caller(city, caller, kind).await?
        }
        ("Observation" | "Condition", Bearer::System { client_id, .. }) => {
            let sender = format!("system/{client_id}");
            let kept = kept::sent_by(city.pool(), kind, &sender).await?;
            kept.into_iter().map(|it| it.resource).collect()
        }
        _ => Vec::new(),
    };
    let picked = query.pick(all, &base, city.zone())?;
    let (bundle, page) = bundle(kind, &query, picked, &base, city.zone())?;
    access::record(city, who, &page).await?;
    Ok(bundle)
}

async fn of_caller(
    city: &City,
    caller: &Caller,
    kind: &'static str,
) -> Result<Vec<Resource>, Outcome> {
    let mut all = Vec::new();
    for subject in caller.subjects() {
        match kind {
            "Patient" => all.extend(patient::find(city.pool(), subject).await?),
            "Appointment" => all.extend(visit::of_resident(city, subject).await?),
            _ => {
                all.extend(kept::of_resident(city.pool(), kind, subject, None).await?);
                if kind == "Observation" {
                    all.extend(kept::made_from_facts(city.pool(), subject).await?);
                }
            }
        }
    }
    Ok(all)
}

/// Asking for somebody else is refused the same way whether they exist or not.
fn own_only(caller: &Caller, query: &Query, base: &str) -> Result<(), Outcome> {
    for name in ["patient", "subject"] {
        for asked in query.asked(name) {
            let relative = relative(asked, "Patient", base);
            let own = relative
                .strip_prefix("Patient/")
                .is_some_and(|id| caller.may_read(&ResidentId::new(id)));
            if !own {
                return Err(Outcome::forbidden());
            }
        }
    }
    Ok(())
}

fn sent_it(who: &Bearer, told_by: &str) -> bool {
    matches!(who, Bearer::System { client_id, .. } if told_by == format!("system/{client_id}"))
}
