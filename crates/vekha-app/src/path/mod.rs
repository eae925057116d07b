mod compose;
mod life;
mod suppose;
mod would;

pub use compose::of_fork;
pub use life::life;
pub use suppose::{supposable, what_if};

use crate::{
    App, CommandError,
    scene::Scene,
    view::{EndSituation, Nothing, Path, PathOf, Session},
};
use std::sync::Arc;
use vekha_model::ResidentId;
use vekha_protocol::Action;

pub async fn read(app: &Arc<App>, args: PathOf) -> Result<Path, CommandError> {
    let scene = app.scene()?;
    let resident = whose(&scene, args.resident)?;
    Ok(compose::path(&scene, &resident))
}

/// The signed-in resident, where nobody else is named.
fn whose(scene: &Scene, resident: Option<ResidentId>) -> Result<ResidentId, CommandError> {
    let resident = resident.or_else(|| scene.records.me.clone());
    resident.ok_or_else(CommandError::signed_out)
}

/// Ends a situation without a reason asked; the plan here stops at once.
pub async fn end(app: &Arc<App>, args: EndSituation) -> Result<Session, CommandError> {
    let scene = app.scene()?;
    let mut runs = scene.plans.iter().flat_map(|plan| &plan.situations);
    if !runs.any(|run| run.id == args.id) {
        return Err(CommandError::not_found());
    }
    crate::card::queue_to_undo(app, &Action::EndSituation { situation: args.id })?;
    crate::notify::tell_soon(app);
    crate::session::read(app, Nothing {}).await
}
