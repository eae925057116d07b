mod compose;
mod suppose;

pub use compose::of_fork;
pub use suppose::{supposable, what_if};

use crate::{
    App, CommandError,
    view::{EndSituation, Nothing, Path, PathOf, Session},
};
use std::sync::Arc;
use vekha_protocol::Action;

pub async fn read(app: &Arc<App>, args: PathOf) -> Result<Path, CommandError> {
    let scene = app.scene()?;
    let resident = args.resident.or_else(|| scene.records.me.clone());
    let resident = resident.ok_or_else(CommandError::signed_out)?;
    Ok(compose::path(&scene, &resident))
}

/// Ends a situation without a reason asked; the plan here stops at once.
pub async fn end(app: &Arc<App>, args: EndSituation) -> Result<Session, CommandError> {
    let scene = app.scene()?;
    let mut runs = scene.plans.iter().flat_map(|plan| &plan.situations);
    if !runs.any(|run| run.id == args.id) {
        return Err(CommandError::not_found());
    }
    crate::card::queue(app, &Action::EndSituation { situation: args.id }, None)?;
    crate::notify::tell(app);
    crate::session::read(app, Nothing {}).await
}
