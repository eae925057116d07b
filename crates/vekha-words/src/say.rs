use super::files;
use fluent_bundle::{FluentArgs, FluentValue};
use vekha_model::{Language, Text};

/// What may be filled into a text: the same in both languages, or words that have both.
pub trait Fill {
    fn fill(&self, language: Language) -> FluentValue<'_>;
}

impl Fill for Text {
    fn fill(&self, language: Language) -> FluentValue<'_> {
        self.in_language(language).into()
    }
}

impl Fill for String {
    fn fill(&self, _: Language) -> FluentValue<'_> {
        self.as_str().into()
    }
}

impl Fill for &str {
    fn fill(&self, _: Language) -> FluentValue<'_> {
        (*self).into()
    }
}

impl Fill for usize {
    fn fill(&self, _: Language) -> FluentValue<'_> {
        self.into()
    }
}

impl Fill for u64 {
    fn fill(&self, _: Language) -> FluentValue<'_> {
        self.into()
    }
}

/// The text of a key. `xtask strings` reads the keys where they are named, so one without a text does not get here.
pub fn text(key: &str) -> Text {
    filled(key, &[])
}

/// A text with something filled in, by the names the text has for it.
pub fn filled(key: &str, values: &[(&str, &dyn Fill)]) -> Text {
    let say = |language| in_language(language, key, values);
    Text::new(say(Language::Ru), say(Language::En))
}

fn in_language(language: Language, key: &str, values: &[(&str, &dyn Fill)]) -> String {
    let messages = files::of(language);
    let message = messages.get_message(key);
    let Some(pattern) = message.and_then(|message| message.value()) else {
        tracing::error!(key, "there is no such text");
        debug_assert!(false, "{key} is no text");
        return key.to_owned();
    };
    let args = values
        .iter()
        .map(|(name, value)| (*name, value.fill(language)));
    let args: FluentArgs<'_> = args.collect();
    let mut faults = Vec::new();
    let said = messages.format_pattern(pattern, Some(&args), &mut faults);
    if !faults.is_empty() {
        tracing::error!(key, ?faults, "a text is told without what belongs into it");
        debug_assert!(false, "{key}: {faults:?}");
    }
    said.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_have_both_languages_are_filled_in_each_in_its_own() {
        let what = Text::new("Визит", "A visit");
        assert_eq!(
            filled("notice-cancelled", &[("what", &what)]),
            Text::new("Отменено: Визит", "Cancelled: A visit")
        );
    }

    #[test]
    fn a_number_chooses_the_form_its_language_has_for_it() {
        let said = |count: usize| filled("notify-digest", &[("count", &count)]).ru;
        assert_eq!(said(1), "На сегодня 1 дело. Подробности в «Вехе».");
        assert_eq!(said(2), "На сегодня 2 дела. Подробности в «Вехе».");
        assert_eq!(said(5), "На сегодня 5 дел. Подробности в «Вехе».");
    }

    #[test]
    fn a_document_keeps_its_paragraphs_and_those_of_what_is_filled_in() {
        let values: [(&str, &dyn Fill); 3] =
            [("text", &"1\n2"), ("doctor", &"3"), ("about", &"4\n\n5")];
        assert_eq!(
            filled("document-diet", &values).en,
            "1\n2\n\nPrescribed by: 3\n\n4\n\n5"
        );
    }

    #[test]
    fn what_is_filled_in_is_told_as_it_is() {
        let name = "{ $name } = -x";
        assert_eq!(
            filled("error-unknown-command", &[("name", &name)]).en,
            "There is no command “{ $name } = -x”."
        );
    }
}
