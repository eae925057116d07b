use jiff::{
    Zoned,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use vekha_model::{Moment, Text};

/// A moment as a person says it: «завтра в 10:00», «27 ноября, пятница».
pub fn when(moment: Moment, now: &Zoned) -> Text {
    let zone: &TimeZone = now.time_zone();
    let date = moment.date_in(zone);
    let away = now
        .date()
        .until(date)
        .map_or(i32::MAX, |span| span.get_days());
    let day = match away {
        0 => vekha_words::text("when-today"),
        1 => vekha_words::text("when-tomorrow"),
        _ => far(date),
    };
    if let Moment::Day(_) = moment {
        return day;
    }
    let time = time(moment, zone);
    vekha_words::filled(
        if matches!(away, 0 | 1) {
            "when-near-at"
        } else {
            "when-far-at"
        },
        &[("day", &day), ("time", &time)],
    )
}

/// A time with its date in full: «26 ноября 2026, 10:00».
pub fn full(moment: Moment, zone: &TimeZone) -> Text {
    vekha_words::day_at(moment.date_in(zone), &time(moment, zone))
}

fn time(moment: Moment, zone: &TimeZone) -> String {
    let at = moment.start_in(zone).to_zoned(zone.clone());
    at.strftime("%H:%M").to_string()
}

fn far(date: Date) -> Text {
    let day = vekha_words::day_and_month(date);
    let weekday = vekha_words::text(match date.weekday() {
        Weekday::Monday => "weekday-monday",
        Weekday::Tuesday => "weekday-tuesday",
        Weekday::Wednesday => "weekday-wednesday",
        Weekday::Thursday => "weekday-thursday",
        Weekday::Friday => "weekday-friday",
        Weekday::Saturday => "weekday-saturday",
        Weekday::Sunday => "weekday-sunday",
    });
    vekha_words::filled("when-day", &[("day", &day), ("weekday", &weekday)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use vekha_model::Language;

    fn said(moment: &str, language: Language) -> String {
        let now: Zoned = "2026-11-23T20:00+03:00[Europe/Moscow]".parse().unwrap();
        let said = when(moment.parse().unwrap(), &now);
        said.in_language(language).to_owned()
    }

    #[test]
    fn near_days_have_names_and_others_their_date_and_weekday() {
        assert_eq!(
            said("2026-11-24T10:00+03:00", Language::Ru),
            "завтра в 10:00"
        );
        assert_eq!(said("2026-11-23", Language::En), "today");
        assert_eq!(said("2026-11-27", Language::Ru), "27 ноября, пятница");
        assert_eq!(
            said("2026-11-27T09:30+03:00", Language::Ru),
            "27 ноября, пятница, в 09:30"
        );
        assert_eq!(
            said("2026-11-27T09:30+03:00", Language::En),
            "Friday, 27 November, at 09:30"
        );
    }
}
