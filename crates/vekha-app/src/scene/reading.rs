use super::{Scene, Shelf, load::load};
use crate::{CommandError, kept::Kept};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};
use vekha_lifepath::Catalogue;
use vekha_store::Store;

/// All that a scene is read from, apart from the app: what goes on when its owner has let go of it holds no folder.
pub struct Reading {
    pub store: Arc<Store>,
    pub kept: Kept,
    pub catalogue: Arc<Catalogue>,
    pub shelf: Arc<Mutex<Shelf>>,
    /// Held while a life is read and planned: who comes second finds on the shelf what the first one made.
    pub turn: Arc<Mutex<()>>,
    /// By this device's clock.
    pub now: Timestamp,
}

impl Reading {
    /// Reads and plans, with unsent wishes applied.
    pub fn scene(self) -> Result<Scene, CommandError> {
        let turn = self.turn.lock();
        let _turn = turn.unwrap_or_else(PoisonError::into_inner);
        let now = self.kept.in_city_time(self.now);
        let records = load(&self.store, &self.kept, &self.shelf)?.with_wishes();
        let news = crate::tact::wish(&records, &self.kept).unwrap_or_default();
        Ok(Scene::of(records, self.catalogue, now, news, self.shelf))
    }
}
