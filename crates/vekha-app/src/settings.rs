use crate::{
    App, CommandError,
    view::{HardNews, Nothing, Session, SetSetting},
};
use serde_json::json;
use std::sync::Arc;

/// The people who tell a result read it in the city; the planner does not.
const HARD_NEWS: &str = "contact.hard_news";

pub async fn set(app: &Arc<App>, args: SetSetting) -> Result<Session, CommandError> {
    let before = app.live().kept.settings.news;
    crate::session::keep(app, |kept| {
        let it = &mut kept.settings;
        it.language = args.language.unwrap_or(it.language);
        it.theme = args.theme.unwrap_or(it.theme);
        it.news = args.news.unwrap_or(it.news);
        it.quiet_from = args.quiet_from.unwrap_or(it.quiet_from);
        it.quiet_to = args.quiet_to.unwrap_or(it.quiet_to);
        it.notifications = args.notifications.unwrap_or(it.notifications);
    })?;
    if let Some(news) = args.news.filter(|news| *news != before) {
        tell_city(app, news)?;
    }
    app.everything_stale();
    crate::session::read(app, Nothing {}).await
}

/// A wish that only this device knew would be kept by nobody. A city whose rules do not know of it is not asked.
fn tell_city(app: &Arc<App>, news: HardNews) -> Result<(), CommandError> {
    let speaks = app
        .live()
        .kept
        .manifest
        .as_ref()
        .is_some_and(|it| it.city_api.is_some());
    let scene = match app.scene() {
        Ok(scene) if speaks => scene,
        Err(error) if error.code != "signed-out" && error.code != "locked" => return Err(error),
        _ => return Ok(()),
    };
    let known = scene.catalogue.vocabulary().contains_key(HARD_NEWS);
    let Some(me) = scene.records.me.clone().filter(|_| known) else {
        return Ok(());
    };
    let fields = [("way".to_owned(), json!(news))].into();
    crate::question::tell(app, &scene, me, HARD_NEWS, fields, false)
}
