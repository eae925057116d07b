//! Device and city plan alike only by the same time, and the city's counts: it holds the visits and bears the deadlines.

use super::keep;
use crate::{App, scene::Scene, view::Notice};
use vekha_model::{Language, Text};
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
    let said = |language| crate::notify::full(scene.moment(), scene.zone(), language);
    let (ru, en) = (said(Language::Ru), said(Language::En));
    let demo = live.kept.manifest.as_ref().is_some_and(|it| it.demo);
    let title = if demo {
        Text::new(
            format!("Часы демо-города: {ru}"),
            format!("The demo city's clock: {en}"),
        )
    } else {
        Text::new(
            "Часы этого устройства расходятся с городскими",
            "This device's clock differs from the city's",
        )
    };
    let body = if demo {
        Text::new(
            "Веха считает по времени города.",
            "Vekha goes by the city's time.",
        )
    } else {
        Text::new(
            format!("Веха считает по времени города: сейчас там {ru}."),
            format!("Vekha goes by the city's time: it is {en} there."),
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
