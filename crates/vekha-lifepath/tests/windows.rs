//! Windows by every unit, counted by hand (ГК РФ ст. 191–193).
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use jiff::tz::TimeZone;
use vekha_catalogue::builtin;
use vekha_lifepath::time::{Bound, Window};
use vekha_model::{DeadlineKind, Moment};

fn on(from: &str, to: &str, kind: DeadlineKind, anchor: &str) -> (String, String) {
    let bound = |text: &str| (!text.is_empty()).then(|| Bound::parse(text).unwrap());
    let window = Window {
        from: bound(from),
        to: bound(to),
    };
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let anchor: Moment = anchor.parse().unwrap();
    let (opens, due) = window.on(anchor, None, kind, builtin().calendar(), &zone);
    let said = |at: Option<Moment>| at.map_or_else(String::new, |at| at.to_string());
    (said(opens), said(due))
}

#[test]
fn every_unit_counts_as_a_person_would() {
    use DeadlineKind::{Rec, State, Window};
    let rows = [
        // Minutes and hours run on, whatever the day.
        (
            "+0h",
            "+5min",
            State,
            "2026-11-28T23:58:00+03:00",
            "2026-11-28T23:58:00+03:00",
            "2026-11-29T00:03:00+03:00",
        ),
        (
            "+0h",
            "+72h",
            State,
            "2026-12-31T10:00:00+03:00",
            "2026-12-31T10:00:00+03:00",
            "2027-01-03T10:00:00+03:00",
        ),
        // A last day off moves to the next working day; a working-day term never needs to.
        (
            "+0d",
            "+5d",
            State,
            "2026-11-23",
            "2026-11-23",
            "2026-11-30",
        ),
        (
            "+0d",
            "+5bd",
            State,
            "2026-11-23",
            "2026-11-23",
            "2026-11-30",
        ),
        (
            "+0d",
            "+1bd",
            State,
            "2026-12-30",
            "2026-12-30",
            "2027-01-11",
        ),
        ("-3bd", "+0d", Rec, "2026-11-23", "2026-11-18", "2026-11-23"),
        // A service that exists only inside its window, and medical weeks, stay where they are.
        (
            "+0d",
            "+5d",
            Window,
            "2026-11-23",
            "2026-11-23",
            "2026-11-28",
        ),
        (
            "+11w",
            "+14w",
            Rec,
            "2026-10-05",
            "2026-12-21",
            "2027-01-11",
        ),
        ("+0w", "+1w", Rec, "2026-11-21", "2026-11-21", "2026-11-28"),
        // The day of the month is kept where the month has it; else its last day.
        (
            "+0d",
            "+1mo",
            Window,
            "2027-01-31",
            "2027-01-31",
            "2027-02-28",
        ),
        (
            "+0d",
            "+1mo",
            Window,
            "2028-01-31",
            "2028-01-31",
            "2028-02-29",
        ),
        (
            "+0d",
            "+1y",
            Window,
            "2028-02-29",
            "2028-02-29",
            "2029-02-28",
        ),
        (
            "+14y",
            "+14y",
            Window,
            "2012-12-10",
            "2026-12-10",
            "2026-12-10",
        ),
        // Days of the year and of the month: the next one, or the season that is on.
        (
            "@06-01",
            "@10-01",
            Window,
            "2026-06-15",
            "2026-06-01",
            "2026-10-01",
        ),
        (
            "@06-01",
            "@10-01",
            Window,
            "2026-10-02",
            "2027-06-01",
            "2027-10-01",
        ),
        (
            "@12-01",
            "@02-01",
            Window,
            "2026-09-01",
            "2026-12-01",
            "2027-02-01",
        ),
        (
            "@12-01",
            "@02-01",
            Window,
            "2027-01-10",
            "2026-12-01",
            "2027-02-01",
        ),
        (
            "@day15",
            "@day25",
            Window,
            "2026-11-20",
            "2026-11-15",
            "2026-11-25",
        ),
        (
            "@day15",
            "@day25",
            Window,
            "2026-11-26",
            "2026-12-15",
            "2026-12-25",
        ),
        ("@day31", "", Window, "2027-02-01", "2027-02-28", ""),
        ("@02-29", "", Window, "2027-01-01", "2027-02-28", ""),
    ];
    for (from, to, kind, anchor, opens, due) in rows {
        assert_eq!(
            on(from, to, kind, anchor),
            (opens.to_owned(), due.to_owned()),
            "[{from}, {to}] {kind:?} from {anchor}"
        );
    }
}

#[test]
fn a_season_that_comes_again_is_another_years_each_time() {
    let season = Window {
        from: Bound::parse("@09-01"),
        to: Bound::parse("@11-30"),
    };
    let year = vekha_lifepath::time::Span::parse("1y").unwrap();
    for (anchor, first) in [
        ("2026-01-01", 2026),
        ("2026-10-01", 2026),
        ("2026-12-05", 2027),
    ] {
        let anchor: Moment = anchor.parse().unwrap();
        for index in 0..4_i16 {
            let repeat = Some((year, i64::from(index)));
            let zone = TimeZone::get("Europe/Moscow").unwrap();
            let (opens, _) = season.on(
                anchor,
                repeat,
                DeadlineKind::Rec,
                builtin().calendar(),
                &zone,
            );
            assert_eq!(
                opens.unwrap().date_in(&zone).year(),
                first + index,
                "{anchor}"
            );
        }
    }
}
