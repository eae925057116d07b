use super::{hard_news::untold, silent};
use crate::{
    kept::Kept,
    scene::{Records, Scene},
    view::HardNews,
};
use vekha_model::{FactStatus, Moment};

/// The people who tell a result read it in the city; the planner does not.
pub const HARD_NEWS: &str = "contact.hard_news";

/// How the resident wants to hear hard news, if they ever said so: here, or on another device, as the city's record of it tells.
pub fn wish(records: &Records, kept: &Kept) -> Option<HardNews> {
    let mine = |said: &&crate::kept::NewsSaid| Some(&said.by) == records.me.as_ref();
    let here = kept.news_said.as_ref().filter(mine);
    let told = records
        .facts
        .iter()
        .filter(|it| it.kind == HARD_NEWS && Some(&it.subject) == records.me.as_ref())
        .filter(|it| it.status != FactStatus::EnteredInError)
        .filter_map(|it| {
            let Moment::Time { at, .. } = it.at else {
                return None;
            };
            let way = it.fields.get("way").cloned()?;
            Some((at, serde_json::from_value::<HardNews>(way).ok()?))
        })
        .max_by_key(|(at, _)| *at);
    match (here, told) {
        (Some(said), Some((at, way))) if at > said.at => Some(way),
        (Some(_), _) => Some(kept.settings.news),
        (None, Some((_, way))) => Some(way),
        // Kept by a version that did not write down whose word it is.
        (None, None) => {
            let chosen = kept.news_said.is_none() && kept.settings.news != HardNews::default();
            chosen.then_some(kept.settings.news)
        }
    }
}

/// Whether it is to be asked now: once the city was heard, of who never said it. Not in the days after a loss, and not
/// while something waits to be told: the question would tell that there is something.
pub fn ask_wish(scene: &Scene, kept: &Kept, heard: bool) -> bool {
    let mut runs = scene.plans.iter().flat_map(|plan| &plan.situations);
    heard
        && wish(&scene.records, kept).is_none()
        && silent(scene).is_none()
        && !runs.any(|run| untold(scene, run))
}
