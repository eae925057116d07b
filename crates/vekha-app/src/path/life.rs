use crate::{
    App, CommandError,
    scene::{LifeOf, lock},
    view::PathOf,
};
use jiff::ToSpan;
use std::sync::Arc;
use vekha_model::LifeLine;

/// The whole life of one resident, from the year before birth to a hundred years, with children on the way.
pub async fn life(app: &Arc<App>, args: PathOf) -> Result<LifeLine, CommandError> {
    let scene = app.scene()?;
    let resident = super::whose(&scene, args.resident)?;
    let today = scene.moment().date_in(scene.zone());
    let born = scene
        .records
        .resident(&resident)
        .birth_date
        .unwrap_or(today);
    let (from, to) = (
        born.saturating_sub(1.year()),
        born.max(today).saturating_add(5.years()),
    );
    let to = to.max(born.saturating_add(100.years()));
    let of = LifeOf {
        resident,
        today,
        edition: scene.records.edition_of_records,
        wishes: scene.records.wishes().map(|wish| wish.key).collect(),
    };
    if let Some(known) = lock(&scene.shelf).life(&of, &scene.catalogue) {
        return Ok(known);
    }
    let beside = scene.beside();
    let facts = scene.facts_of(&of.resident, &beside);
    let line = vekha_lifepath::life(&scene.catalogue, &facts, from, to);
    lock(&scene.shelf).keep_life(of, &scene.catalogue, &line);
    Ok(line)
}
