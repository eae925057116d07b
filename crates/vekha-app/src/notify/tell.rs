use super::{
    choose::news,
    decide::{OVER, Told, decide},
    words::{digest, notification},
};
use crate::{App, CommandError, error::of_someone};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use vekha_store::{StoreError, Write};

const LOOK_AGAIN: Duration = Duration::from_secs(60);
const REST: Duration = Duration::from_secs(1);
const BEGUN: &str = "notifications_begun";
const TODAY: &str = "notifications_today";

/// Looks now and then: quiet hours end, deadlines come near, though nothing arrives.
pub fn watch(app: &Arc<App>) {
    let weak = Arc::downgrade(app);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(LOOK_AGAIN).await;
            let Some(app) = weak.upgrade() else { return };
            tell(&app);
        }
    });
}

/// Tells what is new since the last time, and takes back what is no longer so.
pub fn tell(app: &Arc<App>) {
    if let Err(error) = of_someone(told(app)) {
        tracing::warn!(%error, "notifications could not be computed");
    }
}

/// The same when the screens have their answers: who has just pressed something waits for no news, nor for its being written.
pub fn tell_soon(app: &Arc<App>) {
    let weak = Arc::downgrade(app);
    tokio::spawn(async move {
        tokio::time::sleep(REST).await;
        if let Some(app) = weak.upgrade() {
            tell(&app);
        }
    });
}

fn told(app: &Arc<App>) -> Result<(), CommandError> {
    let store = app.store()?;
    let read = store.read::<_, StoreError>(|read| {
        let values = read.values();
        let synced = values.get::<jiff::Timestamp>(vekha_sync::value::AS_OF)?;
        let begun = values.get::<bool>(BEGUN)?;
        Ok((
            synced.is_some(),
            begun.is_some(),
            values.get::<Told>(TODAY)?,
            read.notified().all()?,
        ))
    })?;
    let (synced, begun, told, said) = read;
    if !synced {
        return Ok(());
    }
    let said: BTreeMap<String, String> = said.into_iter().collect();
    let scene = app.scene()?;
    let settings = app.live().kept.settings.clone();
    let now = scene.now.to_zoned(scene.zone().clone());
    let current = news(&scene);
    let decision = decide(&current, &said, begun, &settings, &now, told.clone());
    // Looked at every minute: what is as it was writes nothing.
    if begun && decision.says_nothing() && told.as_ref() == Some(&decision.told) {
        return Ok(());
    }
    let known = decision.at_once.iter();
    let known = known.chain(&decision.digest).chain(&decision.silent);
    // Written first: a crash in between says nothing rather than everything twice.
    store.write::<_, StoreError>(|write: &Write<'_>| {
        for it in known {
            write.set_notified(&it.tag, &it.digest, scene.now)?;
        }
        for tag in &decision.gone {
            write.set_notified(tag, OVER, scene.now)?;
        }
        write.set_value(TODAY, &decision.told)?;
        if begun {
            Ok(())
        } else {
            write.set_value(BEGUN, &true)
        }
    })?;
    for tag in decision.gone {
        app.host.retract(tag);
    }
    let language = settings.language;
    for it in decision.at_once {
        app.host.notify(notification(&scene, it, language));
    }
    if let Some(notification) = digest(&scene, &decision.digest, language) {
        app.host.notify(notification);
    }
    Ok(())
}
