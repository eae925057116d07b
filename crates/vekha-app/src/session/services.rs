//! The city's services, each by itself: one that does not do its work holds up none of the others, and is told by its name.

use crate::view::Service;
use std::collections::BTreeMap;

/// A service that stumbles once is asked again in a moment, and nobody need know.
const TOLD_AFTER: u32 = 2;

/// How often in a row each was asked in vain.
#[derive(Debug, Default)]
pub struct Services(BTreeMap<Service, u32>);

impl Services {
    pub fn heard(&mut self, service: Service, works: bool) {
        if works {
            self.0.remove(&service);
        } else {
            *self.0.entry(service).or_default() += 1;
        }
    }

    /// Those that do not work.
    pub fn failing(&self) -> Vec<Service> {
        let failing = self.0.iter().filter(|(_, times)| **times >= TOLD_AFTER);
        failing.map(|(service, _)| *service).collect()
    }
}
