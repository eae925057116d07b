//! The keys of Fluent files, by line. Terms (`-name`) are for other texts and not called from code.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    file: String,
    line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}", self.file, self.line)
    }
}

pub fn read(root: &Path, folder: &str) -> Result<BTreeMap<String, Place>> {
    let mut keys = BTreeMap::new();
    let entries =
        fs::read_dir(root.join(folder)).with_context(|| format!("{folder} cannot be read"))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let text = fs::read_to_string(&path)?;
            let name = path.strip_prefix(root).unwrap_or(&path);
            keys.append(&mut parse(&name.display().to_string(), &text));
        }
    }
    Ok(keys)
}

/// A message begins in the first column with its name and `=`; an attribute is indented and begins with a dot.
pub fn parse(file: &str, text: &str) -> BTreeMap<String, Place> {
    text.lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let (name, _) = line.split_once('=')?;
            let name = name.trim_end();
            is_key(name).then(|| {
                let place = Place {
                    file: file.to_owned(),
                    line: index + 1,
                };
                (name.to_owned(), place)
            })
        })
        .collect()
}

pub fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_keys_and_terms_attributes_and_comments_are_not() {
        let text = "# a = b\n-brand = Веха\nhello = { -brand }\n    .label = x\nmany =\n    { $n ->\n       *[other] a = b\n    }\n";
        let keys: Vec<String> = parse("x.ftl", text).into_keys().collect();
        assert_eq!(keys, ["hello", "many"]);
    }
}
