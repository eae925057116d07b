//! Where the sources name a key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::fluent::is_key;
use super::source::{self, File, Piece};

#[derive(Default)]
pub struct Uses {
    /// Everything in quotes that looks like a key; of Rust only what is named in a call.
    quoted: BTreeSet<String>,
    /// What stands directly in a call of `t(…)` of the UI or of `words::text(…)` and its like in Rust, so that it must
    /// be a key, and where.
    pub called: BTreeMap<String, String>,
    /// Beginnings of keys put together at run time.
    beginnings: BTreeSet<String>,
}

const CALLS: [&str; 2] = ["t(", "$t("];
const DECLARED: &str = "strings:";

/// What takes a key in Rust, and what the key begins with beside what is written there.
const RUST_CALLS: [(&str, &str); 10] = [
    ("words::text(", ""),
    ("words::filled(", ""),
    ("CommandError::of(", "error-"),
    ("CommandError::filled(", "error-"),
    ("NetworkError::of(", "network-"),
    ("Self::of(", "error-"),
    ("Self::filled(", "error-"),
    ("::problem(", "problem-"),
    ("Fault::invalid(", "problem-"),
    ("Fault::conflict(", "problem-"),
];

pub fn read(root: &Path, folders: &[&str]) -> Result<Uses> {
    let mut uses = Uses::default();
    for folder in folders {
        for file in source::files(root, folder)? {
            uses.take(&file);
        }
    }
    Ok(uses)
}

impl Uses {
    pub fn hold(&self, key: &str) -> bool {
        self.quoted.contains(key)
            || self
                .beginnings
                .iter()
                .any(|beginning| key.starts_with(beginning.as_str()))
    }

    pub fn take(&mut self, file: &File) {
        if file.name.ends_with(".rs") {
            self.take_rust(file);
        }
        for line in file.text.lines() {
            self.take_declared(line);
            if !file.name.ends_with(".rs") {
                for quote in ['"', '\'', '`'] {
                    self.take_quoted(&file.name, line, quote);
                }
            }
        }
    }

    /// The first argument of a call names the key, or one of several.
    fn take_rust(&mut self, file: &File) {
        let pieces = file.pieces();
        for (index, piece) in pieces.iter().enumerate().filter(|(_, it)| !it.literal) {
            for (call, prefix) in RUST_CALLS {
                for (place, _) in piece.text.match_indices(call) {
                    let line = piece.line(&file.text, place);
                    for word in first_argument(&pieces[index..], place + call.len()) {
                        self.take_named(&format!("{}:{line}", file.name), prefix, word);
                    }
                }
            }
        }
    }

    fn take_named(&mut self, place: &str, prefix: &str, word: &str) {
        let key = format!("{prefix}{word}");
        if let Some(beginning) = beginning(&key) {
            self.beginnings.insert(beginning.to_owned());
        } else {
            self.quoted.insert(key.clone());
            self.called.insert(key, place.to_owned());
        }
    }

    fn take_declared(&mut self, line: &str) {
        let Some((_, declared)) = line.split_once(DECLARED) else {
            return;
        };
        for word in declared.split([' ', ',']) {
            if let Some(beginning) = word.strip_suffix('*')
                && is_key(beginning)
            {
                self.beginnings.insert(beginning.to_owned());
            }
        }
    }

    /// Every pair of neighbouring quotes counts, also what stands between two quoted words: a text that
    /// looks like a key there does no harm, and no parser for three languages is needed.
    fn take_quoted(&mut self, file: &str, line: &str, quote: char) {
        let parts: Vec<&str> = line.split(quote).collect();
        for pair in parts.windows(3) {
            let [before, word, _] = pair else { continue };
            if let Some(beginning) = beginning(word) {
                self.beginnings.insert(beginning.to_owned());
            }
            if !is_key(word) {
                continue;
            }
            self.quoted.insert((*word).to_owned());
            if CALLS.iter().any(|call| ends_in_call(before, call)) {
                self.called.insert((*word).to_owned(), file.to_owned());
            }
        }
    }
}

/// Everything in quotes before the comma or the bracket that ends an argument: one key, or the choices between several.
fn first_argument<'a>(pieces: &[Piece<'a>], from: usize) -> Vec<&'a str> {
    let (mut words, mut depth, mut from) = (Vec::new(), 0_usize, from);
    for piece in pieces {
        if piece.literal {
            words.push(piece.text);
            continue;
        }
        for c in piece.text.get(from..).unwrap_or_default().chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' | ',' if depth == 0 => return words,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        from = 0;
    }
    words
}

/// `tab-${name}` in TypeScript and `tab-{name}` in Rust: every key that begins so may be meant.
fn beginning(word: &str) -> Option<&str> {
    let (before, _) = word.split_once('{')?;
    let before = before.strip_suffix('$').unwrap_or(before);
    (before.ends_with('-') && is_key(before)).then_some(before)
}

/// `t(` as a whole word, so that `split(` and `import(` are not taken for it.
fn ends_in_call(before: &str, call: &str) -> bool {
    before.strip_suffix(call).is_some_and(|rest| {
        !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '$')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(file: &str, text: &str) -> Uses {
        let mut uses = Uses::default();
        uses.take(&File {
            name: file.to_owned(),
            text: text.to_owned(),
        });
        uses
    }

    #[test]
    fn a_call_with_another_name_is_not_a_key() {
        assert!(
            taken("a.ts", "line.split('x'); await import(\"y\")")
                .called
                .is_empty()
        );
    }

    #[test]
    fn two_keys_on_one_line_are_both_used() {
        let uses = taken("a.svelte", "{ok ? t('card-yes') : t('card-no')}");
        assert!(uses.hold("card-yes") && uses.hold("card-no"));
        assert_eq!(uses.called.len(), 2);
    }

    #[test]
    fn a_key_whose_end_is_filled_in_uses_all_that_begin_so() {
        let uses = taken("Nav.svelte", "t(`tab-${name}`)");
        assert!(uses.hold("tab-today") && !uses.hold("theme-dark"));
    }

    #[test]
    fn a_crate_uses_a_key_by_saying_its_words() {
        let uses = taken(
            "notify.rs",
            "let a = words::text(\n    \"notify-offer\",\n);",
        );
        assert!(uses.hold("notify-offer") && uses.called.len() == 1);
        assert_eq!(uses.called["notify-offer"], "notify.rs:1");
    }

    #[test]
    fn what_is_filled_into_a_text_is_no_key() {
        let text =
            "words::filled(if a(b, c) { \"card-yes\" } else { \"card-no\" }, &[(\"what\", &d)])";
        let uses = taken("card.rs", text);
        assert!(uses.hold("card-yes") && uses.hold("card-no") && !uses.hold("what"));
    }

    #[test]
    fn the_code_of_an_error_names_its_words() {
        let uses = taken("a.rs", "CommandError::of(\"too-late\")");
        assert!(uses.called.contains_key("error-too-late"));
    }

    #[test]
    fn the_code_of_a_problem_of_the_city_names_its_words() {
        let text = "Self::problem(\n    \"busy\",\n    StatusCode::OK,\n)";
        assert!(taken("a.rs", text).called.contains_key("problem-busy"));
        let uses = taken("a.rs", "Err(Fault::invalid(\"bad-id\"))");
        assert!(uses.called.contains_key("problem-bad-id"));
    }

    #[test]
    fn a_page_uses_the_keys_that_are_to_be_filled_in() {
        let uses = taken("page.html", "<p class=\"a\">{{small \"operator-who\"}}</p>");
        assert!(uses.hold("operator-who"));
    }

    #[test]
    fn what_a_comment_or_a_test_of_a_crate_says_is_not_used() {
        let text =
            "// words::text(\"a-b\")\n#[cfg(test)]\nmod tests {\n    words::text(\"a-c\")\n}\n";
        assert!(taken("a.rs", text).called.is_empty());
    }

    #[test]
    fn a_key_computed_in_a_crate_uses_all_that_begin_so() {
        let uses = taken("a.rs", "words::text(&format!(\"domain-{name}\"))");
        assert!(uses.hold("domain-city") && uses.called.is_empty());
    }
}
