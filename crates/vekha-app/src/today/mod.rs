mod compose;
mod undo;

pub use undo::undo;

use crate::{
    App, CommandError,
    view::{Nothing, Today},
};
use std::sync::Arc;

pub async fn read(app: &Arc<App>, _: Nothing) -> Result<Today, CommandError> {
    let as_of = crate::session::as_of(app)?;
    let scene = app.scene()?;
    let heard = as_of.is_some();
    let mut today = compose::today(&scene, as_of);
    today.ask_hard_news = crate::tact::ask_wish(&scene, &app.live().kept, heard);
    today
        .notices
        .extend(crate::session::clock::notice(app, &scene));
    Ok(today)
}
