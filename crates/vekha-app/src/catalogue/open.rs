use super::{file, words};
use crate::{App, kept::Kept, view::SessionProblem};
use jiff::{SignedDuration, Timestamp};
use std::{fs, io::ErrorKind, path::Path, sync::Arc};
use vekha_catalogue::{Pack, PackError};
use vekha_lifepath::Catalogue;

/// What the device plans with, and what is to be said about it.
pub struct Planned {
    pub catalogue: Arc<Catalogue>,
    pub problem: Option<SessionProblem>,
}

/// The kept catalogue of the kept city, checked again; the built-in one where there is none.
pub fn open(data: &Path, kept: &Kept, now: Timestamp) -> Planned {
    let city = kept.manifest.as_ref().map(|it| it.id.as_str());
    let bytes = city.map(|city| fs::read(file(data, city)));
    let problem = match bytes {
        None => None,
        Some(Err(error)) if error.kind() == ErrorKind::NotFound => None,
        Some(Err(error)) => {
            tracing::warn!(%error, "the kept catalogue could not be read");
            Some(words::damaged())
        }
        Some(Ok(bytes)) => match check(&bytes, kept, now) {
            Ok((catalogue, problem)) => {
                return Planned {
                    catalogue: Arc::new(catalogue),
                    problem,
                };
            }
            Err(error) => {
                tracing::warn!(%error, "the kept catalogue is not used");
                Some(words::damaged())
            }
        },
    };
    Planned {
        catalogue: Arc::clone(vekha_catalogue::builtin()),
        problem,
    }
}

/// The same for an app that is running and has changed its city.
pub fn open_again(app: &App) {
    let kept = app.live().kept.clone();
    let planned = open(&app.data, &kept, app.now());
    let mut live = app.live();
    live.catalogue = planned.catalogue;
    live.catalogue_problem = planned.problem;
    live.catalogue_asked = None;
}

/// One that expired while nobody could be asked is still the best there is; that is said.
fn check(
    bytes: &[u8],
    kept: &Kept,
    now: Timestamp,
) -> Result<(Catalogue, Option<SessionProblem>), PackError> {
    let keys = vekha_catalogue::keys(&kept.keys);
    let at = |now| Pack::verify(bytes, &keys, now, None).map(|opened| opened.catalogue);
    match at(now) {
        Ok(catalogue) => Ok((catalogue, None)),
        Err(PackError::Expired(end)) => {
            let last = end.saturating_sub(SignedDuration::from_secs(1));
            let catalogue = at(last.unwrap_or(end))?;
            Ok((catalogue, Some(words::expired(end))))
        }
        // It was in force when it was taken: this device's clock has gone back, and the city will say the time.
        Err(PackError::NotYet(issued)) => Ok((at(issued)?, None)),
        Err(error) => Err(error),
    }
}
