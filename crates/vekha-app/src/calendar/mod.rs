mod compose;
mod ics;
mod link;

pub use compose::neutral;
pub use link::{end_link, link, make_link};

use crate::{
    App, CommandError,
    view::{CalendarEntry, IcsFile, IcsOf, SavedFile, Span},
    words,
};
use std::{fs, sync::Arc};

pub async fn read(app: &Arc<App>, args: Span) -> Result<Vec<CalendarEntry>, CommandError> {
    Ok(compose::entries(&app.scene()?, args.from, args.to))
}

pub async fn export(app: &Arc<App>, args: IcsOf) -> Result<IcsFile, CommandError> {
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

/// Writes the file where the resident looks for downloads, never over another one.
pub async fn save(app: &Arc<App>, args: IcsOf) -> Result<SavedFile, CommandError> {
    let file = export(app, args).await?;
    let folder = app.host.downloads();
    let failed = |error: std::io::Error| {
        let message = words::filled("error-not-saved", &[("error", &error.to_string())]);
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        CommandError::saying(if full { "disk-full" } else { "not-saved" }, message)
    };
    fs::create_dir_all(&folder).map_err(failed)?;
    let stem = file.name.trim_end_matches(".ics");
    let mut path = folder.join(&file.name);
    let mut number = 2;
    while path.exists() {
        path = folder.join(format!("{stem}-{number}.ics"));
        number += 1;
    }
    fs::write(&path, file.ics).map_err(failed)?;
    Ok(SavedFile {
        path: path.display().to_string(),
    })
}
