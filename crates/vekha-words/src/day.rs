use crate as words;
use jiff::civil::Date;
use vekha_model::Text;

/// The day and its month as a person says them: «24 ноября», “24 November”.
#[must_use]
pub fn day_and_month(date: Date) -> Text {
    let number = |part: i8| usize::from(part.unsigned_abs());
    let (day, month) = (number(date.day()), number(date.month()));
    words::filled("day-and-month", &[("day", &day), ("month", &month)])
}

/// A day as a person says it: «24 ноября 2026», “24 November 2026”.
#[must_use]
pub fn day(date: Date) -> Text {
    let year = date.year().to_string();
    words::filled("day", &[("day", &day_and_month(date)), ("year", &year)])
}

/// A day and the hour of a clock: «24 ноября 2026, 10:00».
#[must_use]
pub fn day_at(date: Date, time: &str) -> Text {
    words::filled("day-at", &[("day", &day(date)), ("time", &time)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_told_in_words() {
        let said = day(date(2026, 11, 4));
        assert_eq!(said, Text::new("4 ноября 2026", "4 November 2026"));
    }

    #[test]
    fn each_month_has_its_name() {
        let said = (1..=12).map(|month| day_and_month(date(2026, month, 1)));
        let names = said.map(|Text { ru, en }| format!("{ru} {en}"));
        let names: Vec<String> = names.collect();
        assert_eq!(names[0], "1 января 1 January");
        assert_eq!(names[11], "1 декабря 1 December");
        let different: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(different.len(), 12);
    }
}
