use crate::{
    App, CommandError,
    error::of_someone,
    kept::NewsSaid,
    scene::Scene,
    tact,
    view::{HardNews, Nothing, Session, SetSetting},
};
use serde_json::json;
use std::sync::Arc;

pub async fn set(app: &Arc<App>, args: SetSetting) -> Result<Session, CommandError> {
    let kept = app.live().kept.clone();
    let before = of_someone(app.records())?.and_then(|records| tact::wish(&records, &kept));
    // A word that was given once already is given anew only by another choice.
    let said = args.news.filter(|news| Some(*news) != before);
    let scene = match said {
        Some(_) => of_someone(app.scene())?,
        None => None,
    };
    let at = scene
        .as_ref()
        .map_or_else(|| kept.in_city_time(app.host.now()), |scene| scene.now);
    crate::session::keep(app, |kept| {
        let it = &mut kept.settings;
        it.language = args.language.unwrap_or(it.language);
        it.theme = args.theme.unwrap_or(it.theme);
        it.news = args.news.unwrap_or(it.news);
        it.quiet_from = args.quiet_from.unwrap_or(it.quiet_from);
        it.quiet_to = args.quiet_to.unwrap_or(it.quiet_to);
        it.notifications = args.notifications.unwrap_or(it.notifications);
        if said.is_some()
            && let Some(by) = kept.resident.clone()
        {
            kept.news_said = Some(NewsSaid { by, at });
        }
    })?;
    if let (Some(news), Some(scene)) = (said, &scene) {
        tell_city(app, scene, news)?;
    }
    app.everything_stale();
    crate::session::read(app, Nothing {}).await
}

/// A wish that only this device knew would be kept by nobody. A city whose rules do not know of it is not asked.
fn tell_city(app: &Arc<App>, scene: &Scene, news: HardNews) -> Result<(), CommandError> {
    let speaks = app
        .live()
        .kept
        .manifest
        .as_ref()
        .is_some_and(|it| it.city_api.is_some());
    let known = scene.catalogue.vocabulary().contains_key(tact::HARD_NEWS);
    let Some(me) = scene.records.me.clone().filter(|_| speaks && known) else {
        return Ok(());
    };
    let fields = [("way".to_owned(), json!(news))].into();
    crate::question::tell(app, scene, me, tact::HARD_NEWS, fields, false)
}
