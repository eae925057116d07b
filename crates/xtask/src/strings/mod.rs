//! The words a resident reads: in Fluent files and nowhere else, the same keys in Russian and in English, each of them
//! used, none missing. The UI has its own, the device has those that only Rust says.
//!
//! In the UI, and in a page the city fills with words, a key counts as used where it stands in quotes; in Rust where a
//! text is said by it. A key whose end is filled in (`tab-${name}`) uses all that begin so; where even the beginning is
//! computed, a comment there declares it: `// strings: today-state-*`.

mod fluent;
mod hard_coded;
mod source;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};

use fluent::Place;
use uses::Uses;

/// Texts in two languages, and who says them.
struct Words {
    russian: &'static str,
    english: &'static str,
    said_in: &'static [&'static str],
}

const ALL: [Words; 2] = [
    Words {
        russian: "ui/src/i18n/ru",
        english: "ui/src/i18n/en",
        said_in: &["ui/src"],
    },
    Words {
        russian: "crates/vekha-words/words/ru",
        english: "crates/vekha-words/words/en",
        said_in: &[
            "crates/vekha-words/src",
            "crates/vekha-lifepath/src",
            "crates/vekha-protocol/src",
            "crates/vekha-connectors/src",
            "crates/vekha-sync/src",
            "crates/vekha-app/src",
            "crates/vekha-host/src",
            "crates/vekha-city/src",
            "src-tauri/src",
        ],
    },
];

pub fn check(root: &Path) -> Result<String> {
    let mut said = Vec::new();
    let mut keys = 0;
    for words in ALL {
        let russian = fluent::read(root, words.russian)?;
        let english = fluent::read(root, words.english)?;
        let uses = uses::read(root, words.said_in)?;
        said.extend(complaints(&russian, &english, &uses));
        keys += russian.len();
    }
    said.extend(hard_coded::read(root)?);
    if !said.is_empty() {
        bail!("{} fault(s) in the texts:\n{}", said.len(), said.join("\n"));
    }
    Ok(format!(
        "strings: {keys} keys in two languages, none hard-coded"
    ))
}

type Keys = BTreeMap<String, Place>;

fn complaints(russian: &Keys, english: &Keys, uses: &Uses) -> Vec<String> {
    let mut said = Vec::new();
    for (one, other, language) in [(russian, english, "English"), (english, russian, "Russian")] {
        for (key, place) in one.iter().filter(|(key, _)| !other.contains_key(*key)) {
            said.push(format!("  {place}: {key} has no {language} text"));
        }
    }
    for (key, place) in russian.iter().filter(|(key, _)| !uses.hold(key)) {
        said.push(format!("  {place}: {key} is used nowhere"));
    }
    let known: BTreeSet<&str> = russian
        .keys()
        .chain(english.keys())
        .map(String::as_str)
        .collect();
    for (key, file) in uses
        .called
        .iter()
        .filter(|(key, _)| !known.contains(key.as_str()))
    {
        said.push(format!("  {file}: {key} has no text"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Keys {
        fluent::parse("main.ftl", text)
    }

    fn uses(source: &str) -> Uses {
        let mut uses = Uses::default();
        uses.take(&source::File {
            name: "Today.svelte".to_owned(),
            text: source.to_owned(),
        });
        uses
    }

    #[test]
    fn a_key_in_both_languages_and_in_use_is_fine() {
        let text = keys("today-title = Сегодня\n");
        assert!(complaints(&text, &text, &uses("{t('today-title')}")).is_empty());
    }

    #[test]
    fn a_text_missing_in_one_language_is_named_with_its_line() {
        let said = complaints(&keys("# words\na-b = x\n"), &keys(""), &uses("t('a-b')"));
        assert_eq!(said, ["  main.ftl:2: a-b has no English text"]);
    }

    #[test]
    fn a_key_nobody_uses_is_named() {
        let text = keys("a-b = x\n");
        assert_eq!(
            complaints(&text, &text, &uses("")),
            ["  main.ftl:1: a-b is used nowhere"]
        );
    }

    #[test]
    fn a_key_without_a_text_is_named_where_it_is_used() {
        let said = complaints(&keys(""), &keys(""), &uses("t(\"no-such\", {n: 1})"));
        assert_eq!(said, ["  Today.svelte: no-such has no text"]);
    }

    #[test]
    fn keys_put_together_at_run_time_are_declared_in_a_comment() {
        let text = keys("state-open = x\nstate-due = y\n");
        assert!(complaints(&text, &text, &uses("// strings: state-*\nt(`state-${s}`)")).is_empty());
    }

    #[test]
    fn the_texts_of_the_checkout_itself_are_in_order() {
        let said = check(&crate::root());
        assert!(said.is_ok(), "{}", said.unwrap_err());
    }
}
