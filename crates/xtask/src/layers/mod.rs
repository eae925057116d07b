//! Which crate may lean on which. The table is the one of the architecture; anything else is refused.

mod metadata;
mod rules;

use std::path::Path;

use anyhow::{Result, bail};

use metadata::Edge;

pub fn check(root: &Path) -> Result<String> {
    let edges = metadata::read(root)?;
    let offences: Vec<String> = edges.iter().filter_map(offence).collect();
    if !offences.is_empty() {
        bail!(
            "{} edge(s) between crates that the architecture does not allow:\n{}",
            offences.len(),
            offences.join("\n")
        );
    }
    let inner = edges.iter().filter(|edge| edge.inner).count();
    Ok(format!("layers: {inner} inner edges, all allowed"))
}

/// What is wrong with this edge, if anything, in words that say what would be right.
fn offence(edge: &Edge) -> Option<String> {
    if edge.inner {
        return inner_offence(edge);
    }
    let owners = rules::owners_of(&edge.to)?;
    if owners.contains(&edge.from.as_str()) || (edge.dev && rules::free_in_tests(&edge.to)) {
        return None;
    }
    Some(format!(
        "  {} -> {}: only {} may use {}",
        edge.from,
        edge.to,
        owners.join(", "),
        edge.to
    ))
}

fn inner_offence(edge: &Edge) -> Option<String> {
    let Some(allowed) = rules::allowed(&edge.from) else {
        return Some(format!(
            "  {} -> {}: {} is not in the table; give it a place in crates/xtask/src/layers/rules.rs and on the architecture page",
            edge.from, edge.to, edge.from
        ));
    };
    // Tests look at a crate from outside, with whatever stands above it.
    if allowed.contains(&edge.to.as_str()) || edge.dev {
        return None;
    }
    let may = if allowed.is_empty() {
        "nothing".to_owned()
    } else {
        allowed.join(", ")
    };
    Some(format!(
        "  {} -> {}: {} may use {may}",
        edge.from, edge.to, edge.from
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: &str, to: &str, inner: bool, dev: bool) -> Edge {
        Edge {
            from: from.into(),
            to: to.into(),
            inner,
            dev,
        }
    }

    #[test]
    fn the_planner_may_read_the_nouns() {
        assert_eq!(
            offence(&edge("vekha-lifepath", "vekha-model", true, false)),
            None
        );
    }

    #[test]
    fn an_arrow_upward_is_refused_and_says_what_is_allowed() {
        let said = offence(&edge("vekha-model", "vekha-store", true, false)).unwrap();
        assert!(
            said.contains("vekha-model -> vekha-store") && said.contains("may use nothing"),
            "{said}"
        );
    }

    #[test]
    fn a_crate_without_a_place_in_the_table_is_refused() {
        let said = offence(&edge("vekha-extra", "vekha-model", true, false)).unwrap();
        assert!(said.contains("not in the table"), "{said}");
    }

    #[test]
    fn only_the_store_may_use_rusqlite_even_in_tests() {
        assert_eq!(
            offence(&edge("vekha-store", "rusqlite", false, false)),
            None
        );
        assert!(offence(&edge("vekha-sync", "rusqlite", false, false)).is_some());
        assert!(offence(&edge("vekha-sync", "rusqlite", false, true)).is_some());
    }

    #[test]
    fn tests_may_ask_a_server_over_http_but_the_app_goes_through_the_connectors() {
        assert!(offence(&edge("vekha-app", "reqwest", false, false)).is_some());
        assert_eq!(offence(&edge("vekha-city", "reqwest", false, true)), None);
    }

    #[test]
    fn a_crates_tests_may_start_what_stands_above_it() {
        assert_eq!(
            offence(&edge("vekha-connectors", "vekha-city", true, true)),
            None
        );
        assert!(offence(&edge("vekha-connectors", "vekha-city", true, false)).is_some());
    }

    #[test]
    fn every_crate_may_use_the_testkit_in_its_tests_only() {
        assert_eq!(
            offence(&edge("vekha-app", "vekha-testkit", true, true)),
            None
        );
        assert!(offence(&edge("vekha-app", "vekha-testkit", true, false)).is_some());
    }

    #[test]
    fn other_peoples_crates_are_free() {
        assert_eq!(offence(&edge("vekha-model", "serde", false, false)), None);
    }

    #[test]
    fn the_checkout_itself_keeps_to_the_table() {
        let said = check(&crate::root()).unwrap();
        assert!(said.contains("all allowed"), "{said}");
    }
}
