use super::{Records, Scene, Shelf, load::load};
use crate::{CommandError, kept::Kept};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vekha_lifepath::Catalogue;
use vekha_store::Store;

/// All that a scene is read from, apart from the app: what goes on when its owner has let go of it holds no folder.
pub struct Reading {
    pub store: Arc<Store>,
    pub kept: Kept,
    pub catalogue: Arc<Catalogue>,
    pub shelf: Arc<Mutex<Shelf>>,
    pub turns: Arc<Turns>,
    /// By this device's clock.
    pub now: Timestamp,
}

/// Held while a life is read, and while it is planned: who comes second finds on the shelf what the first one made. Who only
/// reads waits for no plan.
#[derive(Default)]
pub struct Turns {
    reading: Mutex<()>,
    planning: Mutex<()>,
}

impl Reading {
    /// Reads, with unsent wishes applied.
    pub fn records(&self) -> Result<Records, CommandError> {
        let _turn = take(&self.turns.reading);
        Ok(load(&self.store, &self.kept, &self.shelf)?.with_wishes())
    }

    /// Reads and plans.
    pub fn scene(self) -> Result<Scene, CommandError> {
        let records = self.records()?;
        let _turn = take(&self.turns.planning);
        let now = self.kept.in_city_time(self.now);
        let news = crate::tact::wish(&records, &self.kept).unwrap_or_default();
        Ok(Scene::of(records, self.catalogue, now, news, self.shelf))
    }
}

fn take(turn: &Mutex<()>) -> MutexGuard<'_, ()> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}
