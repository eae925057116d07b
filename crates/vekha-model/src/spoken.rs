use crate::Text;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// The day and its month as a Russian says them: «24 ноября».
#[must_use]
pub fn day_and_month_in_russian(date: Date) -> String {
    let month = usize::from(date.month().unsigned_abs());
    let month = MONTHS.get(month.wrapping_sub(1)).unwrap_or(&"");
    format!("{} {month}", date.day())
}

/// A day as a person says it: «24 ноября 2026», “24 November 2026”.
#[must_use]
pub fn day_in_words(date: Date) -> Text {
    Text::new(
        format!("{} {}", day_and_month_in_russian(date), date.year()),
        date.strftime("%-d %B %Y").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_in_words() {
        let day = day_in_words(jiff::civil::date(2026, 11, 4));
        assert_eq!(day, Text::new("4 ноября 2026", "4 November 2026"));
    }
}
