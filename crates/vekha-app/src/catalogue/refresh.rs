use super::{file, folder, words};
use crate::{
    App, CommandError,
    session::keep,
    view::{Service, SessionProblem},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    fs,
    path::Path,
    sync::{Arc, Weak},
};
use vekha_catalogue::{Opened, Pack, PackError};
use vekha_protocol::{City, CityError};
use vekha_store::Tag;

/// A running app asks again after this long; the city answers "unchanged" without sending it.
const NOW_AND_THEN: SignedDuration = SignedDuration::from_hours(1);

/// Asks the city for its catalogue and plans with it from then on, if it can be trusted.
pub async fn refresh(app: Weak<App>, city: Arc<dyn City>) {
    let Some(turn) = app.upgrade().map(|app| Arc::clone(&app.catalogue_turn)) else {
        return;
    };
    let _turn = turn.lock_owned().await;
    let Some((id, now)) = app.upgrade().and_then(|app| due(&app)) else {
        return;
    };
    let given = city.catalogue().await;
    let Some(app) = app.upgrade() else { return };
    let works = !matches!(&given, Err(CityError::Busy { .. }));
    app.live().services.heard(Service::Rules, works);
    let problem = match given {
        Ok(None) => None,
        Ok(Some(pack)) => {
            let (taking, city) = (Arc::clone(&app), id.clone());
            let taken = tokio::task::spawn_blocking(move || take(&taking, &city, &pack, now)).await;
            taken.unwrap_or_else(|error| {
                tracing::error!(%error, "the catalogue could not be checked");
                Some(words::not_given())
            })
        }
        Err(CityError::Offline(_) | CityError::Busy { .. } | CityError::SignedOut) => {
            // Asked again after the next sync.
            app.live().catalogue_asked = None;
            app.stale([Tag::Session]);
            return;
        }
        Err(error) => {
            tracing::warn!(%error, "the city did not give its catalogue");
            Some(words::not_given())
        }
    };
    if is_here(&app, &id) {
        app.live().catalogue_problem = problem;
        app.everything_stale();
        crate::notify::tell(&app);
    }
}

/// The city to ask, where it is time to.
fn due(app: &App) -> Option<(String, Timestamp)> {
    let now = app.now();
    let mut live = app.live();
    let city = live.kept.manifest.as_ref()?;
    city.catalogue.as_ref()?;
    let id = city.id.clone();
    let device = app.host.now();
    let fresh = live.catalogue_asked.is_some_and(|asked| {
        let since = device.duration_since(asked);
        since < NOW_AND_THEN && since >= SignedDuration::ZERO
    });
    if fresh {
        return None;
    }
    live.catalogue_asked = Some(device);
    Some((id, now))
}

fn is_here(app: &App, city: &str) -> bool {
    let live = app.live();
    live.kept.manifest.as_ref().is_some_and(|it| it.id == city)
}

/// Nothing is lost by a refusal: what is in force stays in force.
fn take(app: &App, city: &str, pack: &[u8], now: Timestamp) -> Option<SessionProblem> {
    let path = file(&app.data, city);
    let (keys, last, sound) = {
        let live = app.live();
        (
            vekha_catalogue::keys(&live.kept.keys),
            live.kept.catalogue_version.clone(),
            live.catalogue_problem.is_none(),
        )
    };
    if sound && fs::read(&path).is_ok_and(|kept| kept == pack) {
        return None;
    }
    let Opened { catalogue, keys } = match Pack::verify(pack, &keys, now, last.as_deref()) {
        Ok(opened) => opened,
        Err(error) => {
            tracing::warn!(%error, "the city's catalogue was refused");
            return Some(refused(&error, last.is_some()));
        }
    };
    if !is_here(app, city) {
        return None;
    }
    let version = catalogue.version().version;
    // Kept before it is in force: what a screen shows is there after a crash too.
    let kept = write(&app.data, &path, pack)
        .map_err(CommandError::of_disk)
        .and_then(|()| {
            keep(app, |kept| {
                kept.catalogue_version = Some(version);
                // Whom a trusted key names may sign after it; the manifest alone may not.
                if !keys.is_empty() {
                    kept.keys = keys;
                }
            })
        });
    app.live().catalogue = Arc::new(catalogue);
    kept.err().map(|error| SessionProblem {
        code: error.code,
        message: error.message,
    })
}

/// One that is here already and has expired is used on; a new one that has expired is not.
fn refused(error: &PackError, have_one: bool) -> SessionProblem {
    match error {
        PackError::Expired(at) if have_one => words::expired(*at),
        error => words::refused(error),
    }
}

fn write(data: &Path, path: &Path, pack: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder(data))?;
    let beside = path.with_extension("new");
    fs::write(&beside, pack)?;
    fs::rename(beside, path)
}
