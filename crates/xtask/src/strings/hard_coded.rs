//! Words that stand in code and not in a Fluent file. Russian comes first and is never missing, and code has no other
//! use for its letters: where they stand, a text does.

use std::path::Path;

use anyhow::Result;

use super::source::{self, File};

const SOURCES: [&str; 11] = [
    "crates/vekha-model/src",
    "crates/vekha-words/src",
    "crates/vekha-lifepath/src",
    "crates/vekha-protocol/src",
    "crates/vekha-connectors/src",
    "crates/vekha-sync/src",
    "crates/vekha-app/src",
    "crates/vekha-host/src",
    "crates/vekha-city/src",
    "src-tauri/src",
    "ui/src",
];

/// Where Russian may stand all the same, and why.
const LEFT_OUT: [&str; 4] = [
    // The people, places and names of the demo town.
    "crates/vekha-city/src/demo/",
    // Units of measure as Russian laboratories write them, to be read.
    "crates/vekha-city/src/fhir/observation.rs",
    // The name of the demo town's laboratory, in SQL.
    "crates/vekha-city/src/sign_in/client.rs",
    // A page that stands alone in both languages and is sent as it is.
    "crates/vekha-connectors/src/sign_in/come-back.html",
];

pub fn read(root: &Path) -> Result<Vec<String>> {
    let mut said = Vec::new();
    for folder in SOURCES {
        for file in source::files(root, folder)? {
            let left_out = LEFT_OUT.iter().any(|it| file.name.starts_with(it));
            if !left_out && !file.name.ends_with(".test.ts") {
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
    fn russian_in_a_page_is_named() {
        assert_eq!(
            said("a.html", "<p>\nДа</p>"),
            ["  a.html:2: hard-coded text"]
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
