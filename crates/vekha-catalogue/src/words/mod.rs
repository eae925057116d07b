//! What the catalogue says beside its own texts: windows in words, labels, in both languages.
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::civil::Date;
use serde::Serialize;
use unic_langid::{LanguageIdentifier, langid};
use vekha_lifepath::source::RepeatSource;
use vekha_lifepath::time::{Bound, Span, Unit};
use vekha_model::{Language, Text};
use vekha_words::day_and_month;

const RU: (&str, LanguageIdentifier) = (include_str!("ru.ftl"), langid!("ru"));
const EN: (&str, LanguageIdentifier) = (include_str!("en.ftl"), langid!("en"));

/// The words of one language.
pub struct Words {
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    pub fn new(language: Language) -> Self {
        let (text, id) = match language {
            Language::Ru => RU,
            Language::En => EN,
        };
        // What the file cannot say is left out; the tests read every message.
        let resource = FluentResource::try_new(text.to_owned());
        let resource = resource.unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new(vec![id]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// A message; its name where there is none.
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    pub fn with(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let said = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new());
        said.into_owned()
    }

    /// The catalogue's own words in this language.
    pub fn of<'a>(&self, text: &'a Text) -> &'a str {
        text.in_language(self.language)
    }

    /// A member of a closed list, such as `deadline-state`.
    pub fn member(&self, list: &str, value: &impl Serialize) -> String {
        self.say(&format!("{list}-{}", crate::cases::word(value)))
    }

    pub fn day(&self, day: Date) -> String {
        self.of(&vekha_words::day(day)).to_owned()
    }

    /// `+3bd` as “3 working days”; the text itself where it is no period.
    pub fn span(&self, text: &str) -> String {
        Span::parse(text).map_or_else(|| text.to_owned(), |span| self.length(span))
    }

    fn length(&self, span: Span) -> String {
        let key = match span.unit {
            Unit::Minute => "span-minute",
            Unit::Hour => "span-hour",
            Unit::Day => "span-day",
            Unit::WorkingDay => "span-working-day",
            Unit::Week => "span-week",
            Unit::Month => "span-month",
            Unit::Year => "span-year",
        };
        self.with(key, &[("count", span.count.abs().into())])
    }

    pub fn bound(&self, bound: Bound) -> String {
        match bound {
            Bound::After(span) if span.count == 0 => self.say("bound-now"),
            Bound::After(span) if span.count < 0 => {
                self.with("bound-before", &[("span", self.length(span).into())])
            }
            Bound::After(span) => self.with("bound-after", &[("span", self.length(span).into())]),
            Bound::Yearly(month, day) => {
                // A leap year knows every day of a year.
                let day = Date::new(2024, month, day).unwrap_or_default();
                let words = day_and_month(day);
                self.with("bound-yearly", &[("day", self.of(&words).into())])
            }
            Bound::Monthly(day) => self.with("bound-monthly", &[("day", i64::from(day).into())]),
        }
    }

    /// A window as the catalogue writes it, in words.
    pub fn window(&self, window: &(Option<String>, Option<String>)) -> String {
        let end = |text: &Option<String>| {
            let bound = text.as_deref().and_then(Bound::parse)?;
            Some(self.bound(bound))
        };
        match (end(&window.0), end(&window.1)) {
            (Some(from), Some(to)) if from == to => from,
            (Some(from), Some(to)) => {
                self.with("window-both", &[("from", from.into()), ("to", to.into())])
            }
            (Some(from), None) => self.with("window-open", &[("from", from.into())]),
            (None, Some(to)) => self.with("window-until", &[("to", to.into())]),
            (None, None) => self.say("window-always"),
        }
    }

    pub fn repeat(&self, repeat: &RepeatSource) -> String {
        let span = FluentValue::from(self.span(&repeat.every));
        match repeat.times {
            Some(times) => self.with("every-times", &[("span", span), ("times", times.into())]),
            None => self.with("every", &[("span", span)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(text: &str) -> BTreeSet<&str> {
        let names = text.lines().filter_map(|line| line.split_once(" = "));
        names
            .map(|(name, _)| name)
            .filter(|name| !name.contains(' '))
            .collect()
    }

    #[test]
    fn both_languages_know_the_same_messages() {
        assert_eq!(keys(RU.0), keys(EN.0));
    }

    #[test]
    fn windows_are_said_as_people_say_them() {
        let window = |from: &str, to: &str| (Some(from.to_owned()), Some(to.to_owned()));
        let (ru, en) = (Words::new(Language::Ru), Words::new(Language::En));
        assert_eq!(ru.window(&window("+0h", "+24h")), "сразу — через 24 часа");
        assert_eq!(
            ru.window(&window("+11w", "+14w")),
            "через 11 недель — через 14 недель"
        );
        assert_eq!(
            ru.window(&window("-1mo", "+3bd")),
            "за 1 месяц до — через 3 рабочих дня"
        );
        assert_eq!(
            ru.window(&window("@01-10", "@12-31")),
            "10 января — 31 декабря"
        );
        assert_eq!(en.window(&window("+1d", "+21d")), "in 1 day – in 21 days");
        assert_eq!(
            en.window(&(Some("+0d".into()), None)),
            "at once, with no last day"
        );
        assert_eq!(
            en.window(&(None, Some("@day15".into()))),
            "not later than on day 15 of the month"
        );
    }
}
