//! TypeScript types of the commands: written by ts-rs's export tests of vekha-app, committed, and checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};

const TYPES: &str = "ui/src/generated";

pub fn write(root: &Path, check: bool) -> Result<String> {
    let fresh = scratch(root);
    if fresh.exists() {
        fs::remove_dir_all(&fresh).context("the last export could not be cleared")?;
    }
    fs::create_dir_all(&fresh)?;
    export(root, &fresh)?;

    let new = read(&fresh)?;
    if new.is_empty() {
        bail!("vekha-app exported no types: do its structs still derive TS with #[ts(export)]?");
    }
    let committed = root.join(TYPES);
    let old = read(&committed)?;
    let changes = differences(&old, &new);
    if check {
        if !changes.is_empty() {
            bail!(
                "{TYPES} is not what the code gives; run `make gen` and commit:\n{}",
                changes.join("\n")
            );
        }
        return Ok(format!("types: {} files, all current", new.len()));
    }
    for path in old.keys().filter(|path| !new.contains_key(*path)) {
        fs::remove_file(committed.join(path))?;
    }
    for (path, text) in &new {
        if old.get(path) != Some(text) {
            let to = committed.join(path);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(to, text)?;
        }
    }
    Ok(format!(
        "types: {} files, {} changed",
        new.len(),
        changes.len()
    ))
}

fn scratch(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), PathBuf::from)
        .join("types")
}

fn export(root: &Path, to: &Path) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let to = std::path::absolute(to)?;
    let output = Command::new(cargo)
        .args([
            "test",
            "--quiet",
            "-p",
            "vekha-app",
            "--lib",
            "export_bindings",
        ])
        .env("TS_RS_EXPORT_DIR", to)
        .current_dir(root)
        .output()
        .context("cargo could not be started")?;
    if !output.status.success() {
        bail!(
            "the export failed:\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

/// Every TypeScript file below a folder; a folder that is not there holds none.
fn read(folder: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let mut found = BTreeMap::new();
    let mut todo = vec![folder.to_path_buf()];
    while let Some(next) = todo.pop() {
        let Ok(entries) = fs::read_dir(&next) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|extension| extension == "ts") {
                let text = fs::read_to_string(&path)?;
                found.insert(path.strip_prefix(folder)?.to_path_buf(), text);
            }
        }
    }
    Ok(found)
}

fn differences(old: &BTreeMap<PathBuf, String>, new: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let gone = old
        .keys()
        .filter(|path| !new.contains_key(*path))
        .map(|path| format!("  no longer made: {}", path.display()));
    let other = new.iter().filter_map(|(path, text)| match old.get(path) {
        None => Some(format!("  new: {}", path.display())),
        Some(was) if was != text => Some(format!("  changed: {}", path.display())),
        Some(_) => None,
    });
    gone.chain(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
        files
            .iter()
            .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn the_same_files_are_no_drift() {
        let same = files(&[("Card.ts", "export type Card = {}")]);
        assert!(differences(&same, &same).is_empty());
    }

    #[test]
    fn new_changed_and_vanished_types_are_each_named() {
        let said = differences(
            &files(&[("Card.ts", "1"), ("Old.ts", "1")]),
            &files(&[("Card.ts", "2"), ("New.ts", "1")]),
        );
        assert_eq!(
            said,
            [
                "  no longer made: Old.ts",
                "  changed: Card.ts",
                "  new: New.ts"
            ]
        );
    }
}
