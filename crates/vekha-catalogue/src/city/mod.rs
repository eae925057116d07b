//! A whole city planned: every resident's plan is made, counted and let go.
mod capacity;
mod summary;
mod tally;

pub use capacity::Capacity;
pub use summary::{Month, ServiceLoad, SituationCount, StepCount, Summary};

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tally::Tally;
use vekha_lifepath::{Catalogue, Facts, plan};
use vekha_model::Moment;

/// So many residents are handed to a thread at once.
const HANDFUL: usize = 256;

/// Plans everybody on all cores and counts. No more than a handful of residents a thread is held at a time; `told` hears how
/// many more are done. The same residents give the same summary, however many threads there are.
///
/// The first resident who cannot be read ends it, with the reason.
pub fn plan_all(
    catalogue: &Catalogue,
    residents: impl Iterator<Item = Result<Facts, String>> + Send,
    now: Moment,
    capacity: &Capacity,
    told: impl Fn(usize) + Sync,
) -> Result<Summary, String> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let source = Mutex::new(residents);
    let stopped = AtomicBool::new(false);
    let work = || -> Result<Tally, String> {
        let mut tally = Tally::new(catalogue, now);
        let mut handful = Vec::with_capacity(HANDFUL);
        while !stopped.load(Ordering::Relaxed) {
            {
                let mut source = source.lock().map_err(|_| "a thread has failed")?;
                handful.extend(source.by_ref().take(HANDFUL));
            }
            let count = handful.len();
            for facts in handful.drain(..) {
                let facts = facts.inspect_err(|_| stopped.store(true, Ordering::Relaxed))?;
                tally.count(&plan(catalogue, &facts, now), facts.facts.len());
            }
            told(count);
            if count < HANDFUL {
                break;
            }
        }
        Ok(tally)
    };
    let mut whole = Tally::new(catalogue, now);
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for one in running {
            whole.add(one.join().map_err(|_| "a thread has failed")??);
        }
        Ok::<(), String>(())
    })?;
    Ok(whole.summary(capacity))
}
