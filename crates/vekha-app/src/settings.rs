use crate::{
    App, CommandError,
    view::{Nothing, Session, SetSetting},
};
use std::sync::Arc;

pub async fn set(app: &Arc<App>, args: SetSetting) -> Result<Session, CommandError> {
    crate::session::keep(app, |kept| {
        let it = &mut kept.settings;
        it.language = args.language.unwrap_or(it.language);
        it.theme = args.theme.unwrap_or(it.theme);
        it.news = args.news.unwrap_or(it.news);
        it.quiet_from = args.quiet_from.unwrap_or(it.quiet_from);
        it.quiet_to = args.quiet_to.unwrap_or(it.quiet_to);
        it.notifications = args.notifications.unwrap_or(it.notifications);
    })?;
    app.everything_stale();
    crate::session::read(app, Nothing {}).await
}
