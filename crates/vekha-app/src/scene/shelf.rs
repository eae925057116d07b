use super::Records;
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;
use vekha_lifepath::Catalogue;
use vekha_model::{LifeLine, Plan, ResidentId};

/// A plan is of its moment; within this nothing in it is otherwise that the screens, which tell the time to the minute, would show.
const MOMENT: SignedDuration = SignedDuration::from_mins(1);

/// What was read and planned last: a tap that brings up three screens reads and plans a whole life once.
#[derive(Default)]
pub struct Shelf {
    /// Without wishes.
    records: Option<Records>,
    plans: Option<Planned>,
    lives: Vec<(LifeOf, Arc<Catalogue>, LifeLine)>,
}

struct Planned {
    edition: u64,
    at: Timestamp,
    by: Arc<Catalogue>,
    plans: Arc<[Plan]>,
}

/// What a drawing of a life is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeOf {
    pub resident: ResidentId,
    pub today: Date,
    /// The edition of the records, and the wishes beside them.
    pub edition: u64,
    pub wishes: Vec<Uuid>,
}

pub fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// Off the shelf, so that one new record among thousands can be put in without a copy of all.
    pub fn take_records(&mut self, me: Option<&ResidentId>) -> Option<Records> {
        self.records.take().filter(|kept| kept.me.as_ref() == me)
    }

    pub fn keep_records(&mut self, records: &Records) {
        self.records = Some(records.clone());
    }

    pub fn plans(&self, edition: u64, now: Timestamp, by: &Arc<Catalogue>) -> Option<Arc<[Plan]>> {
        let kept = self.plans.as_ref()?;
        let until = kept.at.saturating_add(MOMENT).unwrap_or(kept.at);
        let fresh = (kept.at..until).contains(&now);
        (kept.edition == edition && fresh && Arc::ptr_eq(&kept.by, by))
            .then(|| Arc::clone(&kept.plans))
    }

    pub fn keep_plans(
        &mut self,
        edition: u64,
        now: Timestamp,
        by: &Arc<Catalogue>,
        plans: &Arc<[Plan]>,
    ) {
        self.plans = Some(Planned {
            edition,
            at: now,
            by: Arc::clone(by),
            plans: Arc::clone(plans),
        });
    }

    pub fn life(&self, of: &LifeOf, by: &Arc<Catalogue>) -> Option<LifeLine> {
        let mut kept = self.lives.iter();
        let found = kept.find(|(life, catalogue, _)| life == of && Arc::ptr_eq(catalogue, by));
        found.map(|(.., line)| line.clone())
    }

    /// One for each resident.
    pub fn keep_life(&mut self, of: LifeOf, by: &Arc<Catalogue>, line: &LifeLine) {
        self.lives.retain(|(life, ..)| life.resident != of.resident);
        self.lives.push((of, Arc::clone(by), line.clone()));
    }
}
