//! Words that stand in code and not in a Fluent file. Russian comes first and is never missing, and code has no other
//! use for its letters: where they stand, a text does.

use std::path::Path;

use anyhow::Result;

use super::source::{self, File};

const SOURCES: [&str; 10] = [
    "crates/vekha-model/src",
    "crates/vekha-words/src",
    "crates/vekha-lifepath/src",
    "crates/vekha-protocol/src",
    "crates/vekha-connectors/src",
    "crates/vekha-sync/src",
    "crates/vekha-app/src",
    "crates/vekha-host/src",
    "src-tauri/src",
    "ui/src",
];

pub fn read(root: &Path) -> Result<Vec<String>> {
    let mut said = Vec::new();
    for folder in SOURCES {
        for file in source::files(root, folder)? {
            if !file.name.ends_with(".test.ts") {
                said.extend(complaints(&file));
            }
        }
    }
    Ok(said)
}

fn complaints(file: &File) -> Vec<String> {
    let mut lines = Vec::new();
    for piece in file.pieces() {
        let places = piece.text.match_indices(is_russian);
        lines.extend(places.map(|(place, _)| piece.line(&file.text, place)));
    }
    lines.dedup();
    let complaint = |line| format!("  {}:{line}: hard-coded text", file.name);
    lines.into_iter().map(complaint).collect()
}

fn is_russian(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, text: &str) -> Vec<String> {
        complaints(&File {
            name: name.to_owned(),
            text: text.to_owned(),
        })
    }

    #[test]
    fn russian_in_the_code_of_a_crate_is_named_once_a_line() {
        let text = "// Веха\nlet a = (\"Веха\", \"и она\");\nlet b = r#\"\nещё\"#;\n";
        assert_eq!(
            said("a.rs", text),
            ["  a.rs:2: hard-coded text", "  a.rs:4: hard-coded text"]
        );
    }

    #[test]
    fn comments_and_tests_may_hold_it() {
        let text = "/// «завтра»\nfn a() {} // да\n\n#[cfg(test)]\nmod tests {\n    const A: &str = \"да\";\n}\n";
        assert!(said("a.rs", text).is_empty());
    }

    #[test]
    fn what_a_component_shows_is_named_in_its_markup_and_in_its_script() {
        let text = "<script>\n  // да\n  const a = `${b} дня`;\n</script>\n<!-- да -->\n<p title=\"http://a\">Да</p>\n";
        assert_eq!(
            said("A.svelte", text),
            [
                "  A.svelte:3: hard-coded text",
                "  A.svelte:6: hard-coded text"
            ]
        );
    }
}
