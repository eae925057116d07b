use super::Services;
use crate::{
    App, CommandError,
    error::of_someone,
    view::{CityCard, Nothing, Service, Session, SessionProblem, SessionState},
};
use jiff::Timestamp;
use std::sync::Arc;
use vekha_model::Moment;
use vekha_store::StoreError;

pub async fn read(app: &Arc<App>, _: Nothing) -> Result<Session, CommandError> {
    let now = app.now();
    let records = of_someone(app.records())?;
    let as_of = as_of(app)?;
    let city = city_card(app);
    let unreadable = unreadable(app)?;
    let someone = records.is_some();
    let live = app.live();
    let me = live.kept.resident.as_ref();
    let unanswered = records.as_ref().is_some_and(|records| {
        let mut consents = records.consents.iter();
        consents.any(|it| Some(&it.subject) == me && !it.given && it.at.is_none())
    });
    let signing_in = live
        .sign_in
        .as_ref()
        .filter(|(_, task)| !task.is_finished());
    let state = if live.locked {
        SessionState::Locked
    } else if live.kept.manifest.is_none() {
        SessionState::NoCity
    } else if signing_in.is_some() {
        SessionState::SigningIn
    } else if !someone {
        SessionState::SignedOut
    } else if unanswered {
        SessionState::Consents
    } else {
        SessionState::Ready
    };
    let resident = records.as_ref().zip(me);
    let resident = resident.map(|(records, me)| records.resident(me));
    let waiting = records
        .as_ref()
        .map_or(0, |records| records.standing().count());
    let zone = live.catalogue.zone();
    Ok(Session {
        state,
        city,
        demo_offered: app.host.demo_city().is_some(),
        resident,
        residents: records.map_or_else(Vec::new, |records| records.residents),
        language: live.kept.settings.language,
        theme: live.kept.settings.theme,
        offline: app.runner.is_offline() || live.unreachable,
        as_of,
        syncing: live.syncing,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        now: Moment::at(now, zone).to_string(),
        problem: live
            .problem
            .clone()
            .or_else(|| live.catalogue_problem.clone())
            .or_else(|| unreadable.filter(|_| someone)),
        failing: failing(&live.services, waiting),
        sign_in_url: signing_in.map(|(url, _)| url.clone()),
    })
}

/// Where nothing waits to be sent, nobody misses who takes it.
fn failing(services: &Services, waiting: usize) -> Vec<Service> {
    let failing = services.failing().into_iter();
    failing
        .filter(|service| *service != Service::Answers || waiting > 0)
        .collect()
}

/// When the city was last heard in full.
pub fn as_of(app: &App) -> Result<Option<String>, CommandError> {
    let Some(store) = app.live().store.clone() else {
        return Ok(None);
    };
    let at = store
        .read::<_, StoreError>(|read| read.values().get::<Timestamp>(vekha_sync::value::AS_OF))?;
    let kept = app.live().kept.clone();
    Ok(at.map(|at| kept.in_city_time(at).to_string()))
}

/// Records set apart because they could not be read are told, not hidden.
fn unreadable(app: &App) -> Result<Option<SessionProblem>, CommandError> {
    let Some(store) = app.live().store.clone() else {
        return Ok(None);
    };
    let count = store.read::<_, StoreError>(|read| read.records().unreadable())?;
    Ok((count > 0).then(|| SessionProblem {
        code: "unreadable".to_owned(),
        message: vekha_words::filled("session-unreadable", &[("count", &count)]),
    }))
}

pub fn city_card(app: &App) -> Option<CityCard> {
    let live = app.live();
    let manifest = live.kept.manifest.as_ref()?;
    Some(CityCard {
        id: manifest.id.clone(),
        name: manifest.name.clone(),
        address: live.kept.address.clone().unwrap_or_default(),
        demo: manifest.demo,
        help: manifest.help.clone(),
        map: manifest.map.clone(),
    })
}
