//! The catalogue as files: load, check, test, sign. The `vekha-catalogue` command.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

pub mod cases;
mod check;
pub mod city;
pub mod command;
pub mod diff;
pub mod explain;
pub mod export;
mod facts_file;
mod load;
mod pack;
pub mod population;
pub mod schema;
mod words;

pub use check::check;
pub use load::{Files, Finding, Severity, load, load_files, load_files_in, read_dir};
pub use pack::{Keys, Opened, Pack, PackError, Signing, keys};

use include_dir::{Dir, include_dir};
use std::sync::{Arc, OnceLock};
use vekha_lifepath::Catalogue;

static RU: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../catalogue/ru");

/// The catalogue this program was built with, compiled once.
///
/// Its tests compile it, so a build whose catalogue does not compile never leaves the workshop.
pub fn builtin() -> &'static Arc<Catalogue> {
    static COMPILED: OnceLock<Arc<Catalogue>> = OnceLock::new();
    COMPILED.get_or_init(|| match load_files(&builtin_files()) {
        Ok(catalogue) => Arc::new(catalogue),
        Err(findings) => {
            let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
            panic!(
                "the built-in catalogue does not compile:\n{}",
                lines.join("\n")
            )
        }
    })
}

/// The files of the built-in catalogue, by their paths inside it.
pub fn builtin_files() -> Files {
    let mut files = Files::new();
    collect(&RU, &mut files);
    files
}

fn collect(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            files.insert(
                file.path().to_string_lossy().replace('\\', "/"),
                text.to_owned(),
            );
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_catalogue_compiles_and_agrees_with_its_cases() {
        let files = super::builtin_files();
        let tally = super::cases::run(super::builtin(), &files);
        assert_eq!(tally.findings, []);
        assert!(tally.passed > 0);
    }
}
