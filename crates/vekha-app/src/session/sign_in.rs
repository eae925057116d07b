use super::{keep, open_after_sign_in, read};
use crate::{
    App, CommandError,
    view::{ConnectCity, Nothing, Session, SessionProblem, SignIn},
};
use std::sync::Arc;
use vekha_model::ResidentId;
use vekha_store::{Store, Tag};

pub async fn connect(app: &Arc<App>, args: ConnectCity) -> Result<Session, CommandError> {
    let address = match args.address.trim() {
        "demo" => app
            .host
            .demo_city()
            .ok_or_else(|| CommandError::of("no-demo"))?,
        typed => typed.to_owned(),
    };
    let manifest = app.host.network().manifest(&address).await?;
    // A city may answer under another address, but whoever merely says its id gets no tokens and no answers of hers.
    let same = app
        .live()
        .kept
        .manifest
        .as_ref()
        .is_some_and(|it| it.id == manifest.id && manifest.hosts().is_subset(&it.hosts()));
    if !same {
        stop(app);
    }
    keep(app, |kept| {
        if !same {
            kept.resident = None;
            kept.clock_offset = 0;
            kept.catalogue_version = None;
        }
        // Pinned: whoever can change the manifest of a connected city cannot change its rules with it.
        if kept.resident.is_none() || kept.keys.is_empty() {
            let offer = manifest.catalogue.as_ref();
            kept.keys = offer.map(|it| it.keys.clone()).unwrap_or_default();
        }
        kept.address = Some(address);
        kept.manifest = Some(manifest.clone());
    })?;
    if !same {
        crate::catalogue::open_again(app);
    }
    let resident = app.live().kept.resident.clone();
    if let Some(resident) = resident.filter(|_| same && app.store().is_ok()) {
        super::open::talk(app, &manifest, &resident);
    }
    app.everything_stale();
    read(app, Nothing {}).await
}

/// Opens the browser and returns at once; the session says when it is done.
pub async fn sign_in(app: &Arc<App>, args: SignIn) -> Result<Session, CommandError> {
    let manifest = app.live().kept.manifest.clone();
    let manifest = manifest.ok_or_else(|| CommandError::of("no-city"))?;
    let begun = app
        .host
        .network()
        .sign_in(&manifest, args.login_hint.as_deref())
        .await?;
    let url = begun.authorize_url();
    let weak = Arc::downgrade(app);
    let task = tokio::spawn(async move {
        let ended = begun.wait().await;
        let Some(app) = weak.upgrade() else { return };
        let done = match ended {
            Ok(resident) => signed_in(&app, ResidentId::new(resident)),
            Err(error) => Err(error.into()),
        };
        let problem = done.err().map(|error| SessionProblem {
            code: error.code,
            message: error.message,
        });
        let mut live = app.live();
        live.sign_in = None;
        live.problem = problem;
        drop(live);
        app.everything_stale();
        app.host.come_forward();
    });
    if let Some((_, earlier)) = app.live().sign_in.replace((url.clone(), task)) {
        earlier.abort();
    }
    app.live().problem = None;
    app.host.open_url(&url)?;
    app.stale([Tag::Session]);
    read(app, Nothing {}).await
}

fn signed_in(app: &Arc<App>, resident: ResidentId) -> Result<(), CommandError> {
    stop(app);
    keep(app, |kept| kept.resident = Some(resident))?;
    open_after_sign_in(app)
}

/// Ends the session here; what was not sent stays in the account's file for the next sign-in.
pub async fn sign_out(app: &Arc<App>, _: Nothing) -> Result<Session, CommandError> {
    stop(app);
    keep(app, |kept| kept.resident = None)?;
    app.everything_stale();
    app.host.network().sign_out(!app.runner.is_offline())?;
    read(app, Nothing {}).await
}

/// Ends the session; closing writes the store's whole log into the file, for which nobody need wait.
pub fn stop(app: &App) {
    let store = let_go(app);
    tokio::task::spawn_blocking(move || drop(store));
}

/// The same for a process that ends next: whoever still holds the store holds a closed one.
pub fn end(app: &App) {
    if let Some(Err(error)) = let_go(app).map(|it| it.close()) {
        tracing::warn!(%error, "the database was not closed well");
    }
}

fn let_go(app: &App) -> Option<Arc<Store>> {
    let mut live = app.live();
    if let Some(task) = live.sync_task.take() {
        task.abort();
    }
    live.city = None;
    live.shelf = Arc::default();
    live.syncing = None;
    live.problem = None;
    live.store.take()
}
