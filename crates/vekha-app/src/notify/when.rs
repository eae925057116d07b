use jiff::{Zoned, civil::Date, tz::TimeZone};
use vekha_model::{Language, Moment, day_and_month_in_russian, day_in_words};

const DAYS_RU: [&str; 7] = [
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
];

/// A moment as a person says it: «завтра в 10:00», «27 ноября, пятница».
pub fn when(moment: Moment, now: &Zoned, language: Language) -> String {
    let zone: &TimeZone = now.time_zone();
    let date = moment.date_in(zone);
    let away = now
        .date()
        .until(date)
        .map_or(i32::MAX, |span| span.get_days());
    let day = near(date, away, language);
    if let Moment::Day(_) = moment {
        return day;
    }
    let at = moment.start_in(zone).to_zoned(zone.clone());
    let at = at.strftime("%H:%M");
    let pause = if matches!(away, 0 | 1) { "" } else { "," };
    match language {
        Language::Ru => format!("{day}{pause} в {at}"),
        Language::En => format!("{day}{pause} at {at}"),
    }
}

/// A time with its date in full: «26 ноября 2026, 10:00».
pub fn full(moment: Moment, zone: &TimeZone, language: Language) -> String {
    let at = moment.start_in(zone).to_zoned(zone.clone());
    let day = day_in_words(at.date());
    format!("{}, {}", day.in_language(language), at.strftime("%H:%M"))
}

/// A day in full: «26 ноября 2026».
pub fn day(moment: Moment, zone: &TimeZone, language: Language) -> String {
    day_in_words(moment.date_in(zone))
        .in_language(language)
        .to_owned()
}

fn near(day: Date, away: i32, language: Language) -> String {
    match (language, away) {
        (Language::Ru, 0) => "сегодня".to_owned(),
        (Language::En, 0) => "today".to_owned(),
        (Language::Ru, 1) => "завтра".to_owned(),
        (Language::En, 1) => "tomorrow".to_owned(),
        (Language::Ru, _) => {
            let name = DAYS_RU[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
            format!("{}, {name}", day_and_month_in_russian(day))
        }
        (Language::En, _) => day.strftime("%A, %-d %B").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(moment: &str, language: Language) -> String {
        let now: Zoned = "2026-11-23T20:00+03:00[Europe/Moscow]".parse().unwrap();
        when(moment.parse().unwrap(), &now, language)
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
