use jiff::civil::Date;
use vekha_model::Text;

const RU: [&str; 12] = [
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

/// A day as a person says it: «24 ноября 2026», “24 November 2026”.
pub(crate) fn words(date: Date) -> Text {
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|at| RU.get(at))
        .unwrap_or(&"");
    Text::new(
        format!("{} {month} {}", date.day(), date.year()),
        date.strftime("%-d %B %Y").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_in_words() {
        let day = words(jiff::civil::date(2026, 11, 4));
        assert_eq!(day, Text::new("4 ноября 2026", "4 November 2026"));
    }
}
