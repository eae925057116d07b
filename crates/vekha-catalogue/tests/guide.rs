//! docs/catalogue.md, followed to the letter in an empty folder.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use std::path::Path;
use std::process::Command;
use vekha_catalogue::builtin_files;

/// A fenced block of the page: what stands behind its fence, and its text.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    page.split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
        .collect()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Runs each line behind `$` and expects the lines below it somewhere in what it says.
fn follow(session: &str, folder: &Path) {
    let program = Path::new(env!("CARGO_BIN_EXE_vekha-catalogue"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", program.parent().unwrap().display());
    let mut said = String::new();
    for line in session.lines() {
        let Some(command) = line.strip_prefix("$ ") else {
            assert!(
                said.contains(line),
                "the page promises “{line}”, and it says:\n{said}"
            );
            continue;
        };
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(folder)
            .env("PATH", &path)
            .output()
            .unwrap();
        // Something found is said, not failed; only what could not run is.
        let ran = output.status.code().is_some_and(|code| code < 2);
        assert!(
            ran,
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        said = String::from_utf8(output.stdout).unwrap();
    }
}

#[test]
fn an_author_who_follows_the_page_gets_what_it_promises() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/catalogue.md");
    let page = std::fs::read_to_string(page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in builtin_files() {
        write(&folder.path().join("catalogue/ru").join(name), &text);
    }
    let mut followed = 0;
    for (fence, text) in blocks(&page) {
        match fence.split_once(' ') {
            Some((_, file)) => write(&folder.path().join(file), text),
            None => follow(text, folder.path()),
        }
        followed += 1;
    }
    assert!(followed > 8, "the page has only {followed} blocks");
}
