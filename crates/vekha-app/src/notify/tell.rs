use super::{
    choose::{Kind, News, REMINDERS_A_DAY, news, quiet},
    words::notification,
};
use crate::{App, CommandError};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use vekha_store::{StoreError, Write};

const LOOK_AGAIN: Duration = Duration::from_secs(60);
const BEGUN: &str = "notifications_begun";
/// Said before, and no longer so: never said again, nothing left to take back.
const OVER: &str = "over";

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
    if let Err(error) = told(app)
        && error.code != "signed-out"
        && error.code != "locked"
    {
        tracing::warn!(%error, "notifications could not be computed");
    }
}

fn told(app: &Arc<App>) -> Result<(), CommandError> {
    let store = app.store()?;
    let read = store.read::<_, StoreError>(|read| {
        let synced = read
            .values()
            .get::<jiff::Timestamp>(vekha_sync::value::AS_OF)?
            .is_some();
        Ok((
            read.values().get::<bool>(BEGUN)?.is_some(),
            synced,
            read.notified().all()?,
        ))
    })?;
    let (begun, synced, said) = read;
    if !synced {
        return Ok(());
    }
    let said: BTreeMap<String, String> = said.into_iter().collect();
    let scene = app.scene()?;
    let settings = app.live().kept.settings.clone();
    let now = scene.now.to_zoned(scene.zone().clone());
    let current = news(&scene);
    let fresh: Vec<&News> = current
        .iter()
        .filter(|it| said.get(&it.tag) != Some(&it.digest))
        .collect();
    let today = now.start_of_day().map_or(scene.now, |day| day.timestamp());
    let mut reminded = store.read::<_, StoreError>(|read| read.notified().since(today))?;
    let mut shown = Vec::new();
    let mut silent = Vec::new();
    for it in fresh {
        // What was there before the first sync, and a visit's first time, are on the screen already.
        let known = !begun || (it.kind == Kind::Moved && !said.contains_key(&it.tag));
        let over = said.get(&it.tag).is_some_and(|it| it == OVER);
        if known || over || !settings.notifications {
            silent.push(it);
        } else if quiet(&settings, &now, it) {
            // Left for the morning.
        } else if it.kind == Kind::Deadline {
            if reminded < REMINDERS_A_DAY as u64 {
                reminded += 1;
                shown.push(it);
            }
        } else {
            shown.push(it);
        }
    }
    let gone: Vec<&String> = said
        .iter()
        .filter(|(tag, digest)| *digest != OVER && !current.iter().any(|it| it.tag == **tag))
        .map(|(tag, _)| tag)
        .collect();
    // Written first: a crash in between says nothing rather than everything twice.
    store.write::<_, StoreError>(|write: &Write<'_>| {
        for it in shown.iter().chain(&silent) {
            write.set_notified(&it.tag, &it.digest, scene.now)?;
        }
        for tag in &gone {
            write.set_notified(tag, OVER, scene.now)?;
        }
        if begun {
            Ok(())
        } else {
            write.set_value(BEGUN, &true)
        }
    })?;
    for tag in gone {
        app.host.retract(tag);
    }
    for it in shown {
        app.host.notify(notification(&scene, it, settings.language));
    }
    Ok(())
}
