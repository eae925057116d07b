use super::Services;
use crate::{
    App, CommandError,
    view::{CityCard, Nothing, Service, Session, SessionProblem, SessionState},
};
use jiff::Timestamp;
use std::sync::Arc;
use vekha_model::Moment;
use vekha_store::StoreError;

pub async fn read(app: &Arc<App>, _: Nothing) -> Result<Session, CommandError> {
    let now = app.now();
    let scene = app.scene_of_someone()?;
    let as_of = as_of(app)?;
    let city = city_card(app);
    let unreadable = unreadable(app)?;
    let scene_there = scene.is_some();
    let live = app.live();
    let me = live.kept.resident.as_ref();
    let unanswered = scene.as_ref().is_some_and(|scene| {
        let mine = scene
            .records
            .consents
            .iter()
            .filter(|it| Some(&it.subject) == me);
        mine.into_iter().any(|it| !it.given && it.at.is_none())
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
    } else if scene.is_none() {
        SessionState::SignedOut
    } else if unanswered {
        SessionState::Consents
    } else {
        SessionState::Ready
    };
    let resident = scene.as_ref().zip(me).map(|(scene, me)| scene.resident(me));
    let waiting = scene
        .as_ref()
        .map_or(0, |scene| scene.records.standing().count());
    let zone = live.catalogue.zone();
    Ok(Session {
        state,
        city,
        demo_offered: app.host.demo_city().is_some(),
        resident,
        residents: scene.map_or_else(Vec::new, |scene| scene.records.residents),
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
            .or_else(|| unreadable.filter(|_| scene_there)),
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
