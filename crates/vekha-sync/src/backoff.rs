use backon::{BackoffBuilder, ExponentialBuilder};
use std::time::Duration;

/// Half a second, doubling, at most five minutes, with jitter so that a city coming back is not run over.
pub(crate) fn pause(attempts: u32) -> Duration {
    const LONGEST: Duration = Duration::from_secs(300);
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(LONGEST)
        .with_jitter()
        .without_max_times()
        .build()
        .nth(attempts.min(20) as usize)
        .map_or(LONGEST, |pause| pause.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_capped() {
        assert!(pause(0) >= Duration::from_millis(500) && pause(0) <= Duration::from_secs(1));
        assert!(pause(4) >= Duration::from_secs(8));
        assert_eq!(pause(u32::MAX), Duration::from_secs(300));
    }
}
