//! Device and city plan alike only by the same time, and the city's counts: it holds the visits and bears the deadlines.

use super::keep;
use crate::{App, scene::Scene, view::Notice};
use vekha_protocol::ClockReading;

/// Ordinary clocks differ by this much, and nobody needs to hear of it.
const ORDINARY: i64 = 5 * 60;
/// An HTTP date has whole seconds and is some time on its way.
const BLUR: i64 = 2;

/// Takes over what the city's clock said in its last answer; kept, so that it holds offline and after a restart.
pub fn set_by_city(app: &App, reading: ClockReading) {
    let measured = reading.now().duration_since(app.host.now()).as_secs();
    let known = app.live().kept.clock_offset;
    if (measured - known).abs() <= BLUR {
        return;
    }
    // A result of this minute is not one of the future.
    let offset = if measured.abs() <= BLUR { 0 } else { measured };
    if let Err(error) = keep(app, |kept| kept.clock_offset = offset) {
        tracing::warn!(%error, "the city's clock holds until the app ends only");
    }
    app.everything_stale();
}

/// One calm sentence while the two clocks differ.
pub fn notice(app: &App, scene: &Scene) -> Option<Notice> {
    let live = app.live();
    if live.kept.clock_offset.abs() <= ORDINARY {
        return None;
    }
    let said = crate::notify::full(scene.moment(), scene.zone());
    let demo = live.kept.manifest.as_ref().is_some_and(|it| it.demo);
    let (title, body) = if demo {
        (
            vekha_words::filled("clock-of-demo", &[("now", &said)]),
            vekha_words::text("clock-by-city"),
        )
    } else {
        (
            vekha_words::text("clock-differs"),
            vekha_words::filled("clock-by-city-now", &[("now", &said)]),
        )
    };
    Some(Notice {
        id: "clock".to_owned(),
        title,
        body,
        at: None,
        card: None,
    })
}
