use jiff::{ToSpan, civil::Date};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use vekha_model::{CatalogueVersion, Moment, ServiceKey, SituationKey, StepKey, StepState};

/// What a city has before it.
#[derive(Debug, PartialEq, Serialize)]
pub struct Summary {
    pub now: Moment,
    pub catalogue: CatalogueVersion,
    /// The month of `now`.
    pub month: Month,
    pub residents: u64,
    pub facts: u64,
    /// Questions that residents could answer.
    pub questions: u64,
    pub situations: BTreeMap<SituationKey, SituationCount>,
    pub steps: BTreeMap<SituationKey, BTreeMap<StepKey, StepCount>>,
    /// Steps still to be done, by the Monday of the week in which their window closes; what is late counts for this week.
    pub due_by_week: BTreeMap<Date, u64>,
    pub due_by_month: BTreeMap<Month, u64>,
    pub services: BTreeMap<ServiceKey, ServiceLoad>,
}

/// Runs of a situation by their state.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct SituationCount {
    pub active: u64,
    pub ended: u64,
    pub suppressed: u64,
    pub unknown: u64,
}

/// Steps by their state.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct StepCount {
    #[serde(flatten)]
    pub states: BTreeMap<StepState, u64>,
}

/// Visits that a service is wanted for, and whether it can take them.
#[derive(Debug, PartialEq, Serialize)]
pub struct ServiceLoad {
    pub wanted: u64,
    /// By the month in which the window of the visit closes.
    pub wanted_by_month: BTreeMap<Month, u64>,
    /// Visits it can take in a month, where that is known.
    pub slots: Option<u64>,
    /// The first month by whose end more visits have closed than there were slots from today on, all made in the order in
    /// which they close.
    pub short_from: Option<Month>,
    /// The most visits that are too many at the end of any month.
    pub lacking: u64,
}

impl ServiceLoad {
    pub(super) fn new(months: BTreeMap<Date, u64>, slots: Option<u64>, today: Date) -> Self {
        let mut load = Self {
            wanted: months.values().sum(),
            wanted_by_month: BTreeMap::new(),
            slots,
            short_from: None,
            lacking: 0,
        };
        let mut so_far = 0;
        for (month, wanted) in months {
            so_far += wanted;
            if let Some(slots) = slots {
                let months = u64::from(months_between(today, month).unsigned_abs()) + 1;
                let lacking = so_far.saturating_sub(slots.saturating_mul(months));
                if lacking > 0 && load.short_from.is_none() {
                    load.short_from = Some(Month(month));
                }
                load.lacking = load.lacking.max(lacking);
            }
            load.wanted_by_month.insert(Month(month), wanted);
        }
        load
    }
}

fn months_between(from: Date, to: Date) -> i32 {
    (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month())
}

/// A month, by its first day; written as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub Date);

impl Month {
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
