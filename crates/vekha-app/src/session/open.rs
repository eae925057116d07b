use super::Services;
use crate::{
    App, CommandError, Host,
    view::{Service, SessionProblem, SyncProgress},
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
use vekha_model::ResidentId;
use vekha_protocol::{City, CityError, Manifest, host_of};
use vekha_store::{Damaged, Key, OpenError, Store, StoreError, Tag};
use vekha_sync::{Clock, RunnerEvent, SyncError, SyncReport};
use vekha_words::Fill;

const KEY: &str = "database-key";

/// What the device keeps is on the screen before its city is asked: the window that is being made needs the processor more.
const FIRST_LOOK: Duration = Duration::from_millis(500);

/// Opens the kept account of an app that starts, where there is one, and begins to talk to its city a little later.
pub fn open_at_start(app: &Arc<App>) -> Result<(), CommandError> {
    open_account(app, false, FIRST_LOOK)
}

/// The same at once, for somebody who waits for it.
pub fn open(app: &Arc<App>) -> Result<(), CommandError> {
    open_account(app, false, Duration::ZERO)
}

/// The same for a resident who has just signed in: they may begin anew where the key of what was here is lost.
pub fn open_after_sign_in(app: &Arc<App>) -> Result<(), CommandError> {
    open_account(app, true, Duration::ZERO)
}

fn open_account(app: &Arc<App>, signing_in: bool, rest: Duration) -> Result<(), CommandError> {
    let (manifest, resident) = {
        let live = app.live();
        (live.kept.manifest.clone(), live.kept.resident.clone())
    };
    let (Some(manifest), Some(resident)) = (manifest, resident) else {
        return Ok(());
    };
    let key = match key(app.host.as_ref()) {
        Ok(key) => key,
        Err(error) if error.code == "locked" => {
            app.live().locked = true;
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let account = account(&manifest, &resident);
    let folder = app.data.join("accounts");
    let store = match Store::open(&folder, &account, &key) {
        Ok(opened) => {
            if let Some(damaged) = &opened.damaged {
                app.live().problem = Some(was_damaged(damaged));
            }
            opened.store
        }
        Err(OpenError::WrongKey) if signing_in => Store::begin_anew(&folder, &account, &key)?,
        // The keyring may only be another one today: told, and nothing is touched until the resident signs in again.
        Err(OpenError::WrongKey) => {
            let error = CommandError::from(OpenError::WrongKey);
            app.live().problem = Some(SessionProblem {
                code: error.code,
                message: error.message,
            });
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };
    {
        let mut live = app.live();
        live.store = Some(Arc::new(store));
        live.shelf = Arc::default();
        live.locked = false;
    }
    talk_after(rest, app, &manifest, &resident);
    Ok(())
}

fn was_damaged(damaged: &Damaged) -> SessionProblem {
    let kept: [(&str, &dyn Fill); 2] = [("actions", &damaged.actions), ("own", &damaged.own)];
    SessionProblem {
        code: "damaged".to_owned(),
        message: if damaged.complete {
            vekha_words::filled("session-damaged", &kept)
        } else {
            vekha_words::filled("session-damaged-and-lost", &kept)
        },
    }
}

/// One file an account; the name tells nothing but is stable. A stranger who says the city's id does not get the same one.
fn account(manifest: &Manifest, resident: &ResidentId) -> String {
    let issuer = manifest.sign_in.as_ref().map(|it| host_of(&it.issuer));
    let who = issuer.unwrap_or_default();
    let name = format!("{}\n{who}\n{resident}", manifest.id);
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes())
        .simple()
        .to_string()
}

fn key(host: &dyn Host) -> Result<Key, CommandError> {
    if let Some(kept) = host.secret(KEY)? {
        return Key::from_hex(&kept)
            .ok_or_else(|| CommandError::inside(&"the kept database key is not a key"));
    }
    let key = Key::random();
    host.set_secret(KEY, &key.to_hex())?;
    Ok(key)
}

/// Keeps device and city together until the session ends.
pub fn talk(app: &Arc<App>, manifest: &Manifest, resident: &ResidentId) {
    talk_after(Duration::ZERO, app, manifest, resident);
}

fn talk_after(rest: Duration, app: &Arc<App>, manifest: &Manifest, resident: &ResidentId) {
    let city = match app.host.network().city(manifest, resident) {
        Ok(city) => city,
        Err(error) => {
            let error = CommandError::from(error);
            app.live().problem = Some(SessionProblem {
                code: error.code,
                message: error.message,
            });
            None
        }
    };
    let mut live = app.live();
    if let Some(task) = live.sync_task.take() {
        task.abort();
    }
    live.city.clone_from(&city);
    let (Some(city), Some(store)) = (city, live.store.clone()) else {
        return;
    };
    // Weakly, so that the app ends when its owner lets go of it.
    let (weak, runner, host) = (
        Arc::downgrade(app),
        app.runner.clone(),
        Arc::clone(&app.host),
    );
    live.sync_task = Some(tokio::spawn(async move {
        let clock = HostClock(host);
        let tell = |event| {
            if let Some(app) = weak.upgrade() {
                heard(&app, &city, event);
            }
        };
        tokio::time::sleep(rest).await;
        let ended = runner.run(&store, city.as_ref(), &clock, &tell).await;
        if let Some(app) = weak.upgrade() {
            problem(&app, &ended);
            app.everything_stale();
        }
    }));
}

fn heard(app: &Arc<App>, city: &Arc<dyn City>, event: RunnerEvent) {
    match event {
        RunnerEvent::Progress(progress) => {
            app.live().syncing = Some(SyncProgress {
                done: progress.done,
                total: progress.total,
            });
            app.stale([Tag::Session]);
        }
        RunnerEvent::Round { report, error } => {
            app.live().syncing = None;
            services(app, &report, error.as_ref());
            let silent = matches!(&error, Some(SyncError::City(CityError::Offline(_))));
            if let Some(reading) = city.clock().filter(|_| !silent) {
                super::clock::set_by_city(app, reading);
            }
            match &error {
                Some(error) => problem(app, error),
                None => {
                    let mut live = app.live();
                    live.unreachable = false;
                    // What was set aside is told until the app is started again.
                    live.problem.take_if(|it| it.code != "damaged");
                    drop(live);
                    let asking = crate::catalogue::refresh(Arc::downgrade(app), Arc::clone(city));
                    tokio::spawn(asking);
                }
            }
            crate::notify::tell(app);
            app.stale(report.tags.into_iter().chain([Tag::Session]));
        }
    }
}

/// A city that cannot be reached or understood at all is one thing to tell, not three.
fn services(app: &App, report: &SyncReport, error: Option<&SyncError>) {
    let mut live = app.live();
    match error {
        Some(SyncError::Store(_)) => {}
        None | Some(SyncError::City(CityError::Busy { .. })) => {
            let answered = report.pushed + report.refused > 0;
            if answered || report.not_taken.is_some() {
                let works = report.not_taken.is_none();
                live.services.heard(Service::Answers, works);
            }
            live.services.heard(Service::News, error.is_none());
        }
        Some(SyncError::City(_)) => live.services = Services::default(),
    }
}

/// Offline is a state, not a problem.
fn problem(app: &App, error: &SyncError) {
    let told = match error {
        SyncError::City(CityError::Offline(_)) => {
            app.live().unreachable = true;
            return;
        }
        SyncError::City(CityError::Busy { .. }) => return,
        SyncError::City(error) => CommandError::from(error),
        SyncError::Store(StoreError::Full) => CommandError::from(StoreError::Full),
        SyncError::Store(StoreError::Damaged) => CommandError::from(StoreError::Damaged),
        SyncError::Store(error) => CommandError::inside(error),
    };
    app.live().problem = Some(SessionProblem {
        code: told.code,
        message: told.message,
    });
}

/// The host's clock; waiting is real time.
pub struct HostClock(pub Arc<dyn Host>);

#[async_trait]
impl Clock for HostClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}
