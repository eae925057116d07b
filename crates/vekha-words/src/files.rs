use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use std::sync::OnceLock;
use unic_langid::{LanguageIdentifier, langid};
use vekha_model::Language;

pub type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($language:literal: $($name:literal),*) => {
        &[$(include_str!(concat!("../words/", $language, "/", $name, ".ftl"))),*]
    };
    ($language:literal) => {
        files!($language: "answer", "catalogue", "city", "city-pages", "city-problems", "day", "errors", "host", "me", "network", "notify", "path", "session", "tact", "today",
            "when", "window")
    };
}

const RU: &[&str] = files!("ru");
const EN: &[&str] = files!("en");

/// The messages of a language, read when its first word is said.
pub fn of(language: Language) -> &'static Bundle {
    static READ: [OnceLock<Bundle>; 2] = [OnceLock::new(), OnceLock::new()];
    let [ru, en] = &READ;
    match language {
        Language::Ru => ru.get_or_init(|| read(RU, langid!("ru"))),
        Language::En => en.get_or_init(|| read(EN, langid!("en"))),
    }
}

fn read(files: &[&str], language: LanguageIdentifier) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for text in files {
        // A line that is no message is left out; the tests below find it.
        let resource = FluentResource::try_new((*text).to_owned());
        bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::{FluentArgs, FluentValue};
    use std::{collections::BTreeSet, fs, path::Path};

    const BOTH: [(Language, &str, &[&str]); 2] =
        [(Language::Ru, "ru", RU), (Language::En, "en", EN)];

    fn keys(text: &str) -> impl Iterator<Item = &str> {
        let lines = text.lines().filter_map(|line| line.split_once(" ="));
        lines
            .map(|(key, _)| key)
            .filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))
    }

    #[test]
    fn every_file_is_read() {
        for (_, name, read) in BOTH {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("words")
                .join(name);
            let files = fs::read_dir(folder).unwrap();
            let there: BTreeSet<String> = files
                .map(|it| fs::read_to_string(it.unwrap().path()).unwrap())
                .collect();
            let read: BTreeSet<String> = read.iter().map(|it| (*it).to_owned()).collect();
            assert!(there == read, "{name}");
        }
    }

    #[test]
    fn every_line_is_well_formed_and_nothing_is_said_twice() {
        for (language, name, files) in BOTH {
            let mut said = BTreeSet::new();
            for text in files {
                let resource = FluentResource::try_new((*text).to_owned());
                assert!(resource.is_ok(), "{name}: {:?}", resource.err());
                for key in keys(text) {
                    assert!(said.insert(key), "{key} in {name}");
                    assert!(of(language).has_message(key), "{key} in {name}");
                }
            }
        }
    }

    #[test]
    fn every_message_can_be_said() {
        for (language, name, files) in BOTH {
            let text = files.join("\n");
            let mut args = FluentArgs::new();
            for part in text.split("{ $").skip(1) {
                let name = part.split(' ').next().unwrap();
                args.set(name, FluentValue::from(3));
            }
            for key in keys(&text) {
                let message = of(language).get_message(key).unwrap();
                let pattern = message.value().unwrap();
                let mut faults = Vec::new();
                let said = of(language).format_pattern(pattern, Some(&args), &mut faults);
                assert!(faults.is_empty(), "{key} in {name}: {faults:?}");
                assert!(!said.contains(['{', '}']), "{key} in {name}: {said}");
            }
        }
    }
}
