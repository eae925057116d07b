//! The edges of this workspace as cargo sees them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// A dependency that a crate of this workspace names in its manifest.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: String,
    pub to: String,
    /// Whether both ends are of this workspace.
    pub inner: bool,
    /// Whether only tests see it.
    pub dev: bool,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

pub fn read(root: &Path) -> Result<BTreeSet<Edge>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(root)
        .output()
        .context("cargo metadata could not be started")?;
    if !output.status.success() {
        bail!(
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    parse(&output.stdout)
}

fn parse(json: &[u8]) -> Result<BTreeSet<Edge>> {
    let metadata: Metadata =
        serde_json::from_slice(json).context("cargo metadata gave something unexpected")?;
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|p| p.name.as_str()).collect();
    Ok(metadata
        .packages
        .iter()
        .flat_map(|package| package.dependencies.iter().map(move |to| (package, to)))
        .map(|(package, to)| Edge {
            from: package.name.clone(),
            inner: ours.contains(to.name.as_str()),
            dev: to.kind.as_deref() == Some("dev"),
            to: to.name.clone(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_inner_from_foreign_and_tests_from_code() {
        let json = br#"{"packages": [
            {"name": "a", "dependencies": [{"name": "b", "kind": null}, {"name": "serde", "kind": "dev"}]},
            {"name": "b", "dependencies": []}
        ]}"#;
        let edges: Vec<Edge> = parse(json).unwrap().into_iter().collect();
        assert_eq!(edges.len(), 2);
        assert!(edges[0].inner && !edges[0].dev);
        assert!(!edges[1].inner && edges[1].dev);
    }
}
