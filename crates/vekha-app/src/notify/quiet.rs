use super::choose::{Kind, News};
use crate::view::Settings;
use jiff::{SignedDuration, Timestamp, Zoned};

/// Quiet hours by the wall clock; a visit that falls through within half a day is told all the same.
pub fn quiet(settings: &Settings, now: &Zoned, news: &News) -> bool {
    let (from, to, time) = (settings.quiet_from, settings.quiet_to, now.time());
    let inside = if from <= to {
        time >= from && time < to
    } else {
        time >= from || time < to
    };
    let soon = |at: Timestamp| at.duration_since(now.timestamp()) < SignedDuration::from_hours(12);
    let pressing = news.kind == Kind::Cancelled && soon(news.when.start_in(now.time_zone()));
    inside && !pressing
}
