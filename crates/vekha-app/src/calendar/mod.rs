mod compose;
mod ics;
mod link;

pub use compose::neutral;
pub use link::{end_link, link, make_link};

use crate::{
    App, CommandError,
    view::{CalendarEntry, IcsOf, SavedFile, Span, TextFile},
};
use std::sync::Arc;

pub async fn read(app: &Arc<App>, args: Span) -> Result<Vec<CalendarEntry>, CommandError> {
    Ok(compose::entries(&app.scene()?, args.from, args.to))
}

pub async fn export(app: &Arc<App>, args: IcsOf) -> Result<TextFile, CommandError> {
    let scene = app.scene()?;
    let (city, language) = {
        let live = app.live();
        let city = live
            .kept
            .manifest
            .as_ref()
            .map_or_else(String::new, |it| it.id.clone());
        (city, live.kept.settings.language)
    };
    if let Some(id) = &args.id
        && !scene
            .records
            .appointments
            .iter()
            .any(|it| it.id.as_str() == id)
    {
        return Err(CommandError::not_found());
    }
    Ok(ics::ics(&scene, &city, args.id.as_deref(), language))
}

pub async fn save(app: &Arc<App>, args: IcsOf) -> Result<SavedFile, CommandError> {
    crate::save::save(app, &export(app, args).await?)
}
