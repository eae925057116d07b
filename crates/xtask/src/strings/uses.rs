//! Where the sources name a key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::fluent::is_key;

#[derive(Default)]
pub struct Uses {
    /// Everything in quotes that looks like a key.
    quoted: BTreeSet<String>,
    /// What stands directly in a call of `t(…)` or `text(…)` of the UI, so that it must be a key, and where.
    pub called: BTreeMap<String, String>,
    /// Beginnings of keys put together at run time.
    beginnings: BTreeSet<String>,
}

const SOURCES: [&str; 3] = ["ui/src", "crates", "src-tauri"];
const ENDINGS: [&str; 4] = ["rs", "ts", "svelte", "js"];
const CALLS: [&str; 2] = ["t(", "$t("];
const DECLARED: &str = "strings:";

pub fn read(root: &Path) -> Result<Uses> {
    let mut uses = Uses::default();
    for source in SOURCES {
        walk(root, &root.join(source), &mut uses)?;
    }
    Ok(uses)
}

fn walk(root: &Path, folder: &Path, uses: &mut Uses) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            // This crate's own tests speak of keys that do not exist.
            if name != "generated" && name != "xtask" {
                walk(root, &path, uses)?;
            }
        } else if path
            .extension()
            .is_some_and(|extension| ENDINGS.iter().any(|ending| extension == *ending))
        {
            let name = path.strip_prefix(root).unwrap_or(&path);
            uses.take(&name.display().to_string(), &fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

impl Uses {
    pub fn hold(&self, key: &str) -> bool {
        self.quoted.contains(key)
            || self
                .beginnings
                .iter()
                .any(|beginning| key.starts_with(beginning.as_str()))
    }

    pub fn take(&mut self, file: &str, text: &str) {
        for line in text.lines() {
            self.take_declared(line);
            for quote in ['"', '\'', '`'] {
                self.take_quoted(file, line, quote);
            }
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
            if file.ends_with(".rs") {
                continue;
            }
            if CALLS.iter().any(|call| ends_in_call(before, call)) {
                self.called.insert((*word).to_owned(), file.to_owned());
            }
        }
    }
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
        uses.take(file, text);
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
    fn a_crate_uses_a_key_by_naming_it() {
        let uses = taken("notify.rs", "words.get(\"notify-offer\")");
        assert!(uses.hold("notify-offer") && uses.called.is_empty());
    }
}
