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
    let mut today = compose::today(&scene, as_of);
    today
        .notices
        .extend(crate::session::clock::notice(app, &scene));
    Ok(today)
}
