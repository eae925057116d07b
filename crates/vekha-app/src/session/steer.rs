use super::{keep, open, read, sign_in::stop};
use crate::{
    App, CommandError,
    view::{Nothing, Session, SetNetwork, Unlock},
};
use std::{fs, sync::Arc, time::Duration};
use vekha_store::{StoreError, Tag};

/// Asks the city now and waits for it a little; the screens follow by themselves either way.
pub async fn sync(app: &Arc<App>, _: Nothing) -> Result<Session, CommandError> {
    let store = app.store()?;
    let talks = app
        .live()
        .sync_task
        .as_ref()
        .is_some_and(|it| !it.is_finished());
    if talks && !app.runner.is_offline() {
        app.live().catalogue_asked = None;
        store.write::<_, StoreError>(|write| write.try_all_now())?;
        // A round that takes longer goes on by itself.
        let _ = tokio::time::timeout(Duration::from_secs(10), app.runner.round()).await;
    }
    read(app, Nothing {}).await
}

/// The resident's own switch: offline means not one request.
pub async fn set_network(app: &Arc<App>, args: SetNetwork) -> Result<Session, CommandError> {
    keep(app, |kept| kept.offline = args.offline)?;
    if let (false, Ok(store)) = (args.offline, app.store()) {
        store.write::<_, StoreError>(|write| write.try_all_now())?;
    }
    app.runner.set_offline(args.offline);
    app.stale([Tag::Session, Tag::Today]);
    read(app, Nothing {}).await
}

pub async fn unlock(app: &Arc<App>, args: Unlock) -> Result<Session, CommandError> {
    app.host.unlock(&args.passphrase)?;
    app.live().locked = false;
    open(app)?;
    app.everything_stale();
    read(app, Nothing {}).await
}

/// Takes everything off this device. The city keeps what it holds; that is asked of a person there.
pub async fn erase(app: &Arc<App>, _: Nothing) -> Result<Session, CommandError> {
    // A sync under way may hold the store a moment longer.
    if let Ok(store) = app.store() {
        store.give_up()?;
    }
    stop(app);
    for folder in [
        app.data.join("accounts"),
        crate::catalogue::folder(&app.data),
    ] {
        if let Err(error) = fs::remove_dir_all(folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            return Err(CommandError::inside(&error));
        }
    }
    app.host.delete_secret("database-key")?;
    let forgotten = app.host.network().sign_out(!app.runner.is_offline());
    keep(app, |kept| {
        *kept = crate::kept::Kept {
            // How it looks is the device's; how hard news is told was the resident's own.
            settings: crate::view::Settings {
                news: crate::view::HardNews::default(),
                ..kept.settings.clone()
            },
            ..Default::default()
        }
    })?;
    crate::catalogue::open_again(app);
    app.runner.set_offline(false);
    app.everything_stale();
    forgotten?;
    read(app, Nothing {}).await
}
