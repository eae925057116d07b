//! The catalogue as linked data holds every situation and step in the terms of the profile, in both languages.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use vekha_catalogue::builtin;
use vekha_catalogue::export::cpsv::document;

/// The nodes of a class.
fn nodes<'a>(document: &'a Value, class: &str) -> Vec<&'a Value> {
    let is = |node: &&Value| {
        node["type"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one == class)
    };
    document["@graph"]
        .as_array()
        .unwrap()
        .iter()
        .filter(is)
        .collect()
}

#[test]
fn every_situation_is_an_event_and_every_step_a_public_service_of_it() {
    let document = document(builtin().source());
    let source = builtin().source();
    assert_eq!(nodes(&document, "Event").len(), source.situations.len());
    let services: BTreeSet<String> = nodes(&document, "PublicService")
        .iter()
        .map(|node| node["identifier"].as_str().unwrap().to_owned())
        .collect();
    for of in &source.situations {
        let added = of.forks.iter().flat_map(|fork| &fork.adds);
        for step in source.steps_of(of).iter().chain(added) {
            assert!(
                services.contains(&format!("{}/{}", of.id, step.id)),
                "{}",
                step.id
            );
        }
    }
    let business = nodes(&document, "BusinessEvent");
    let business: Vec<_> = business
        .iter()
        .map(|node| node["identifier"].as_str().unwrap())
        .collect();
    assert_eq!(
        business,
        ["business_trial", "self_employment", "taxi_permit"]
    );
}

#[test]
fn titles_and_descriptions_are_there_in_both_languages() {
    let document = document(builtin().source());
    for class in ["Event", "PublicService", "Rule"] {
        for node in nodes(&document, class) {
            for part in ["title", "description"] {
                for language in ["ru", "en"] {
                    let words = node[part][language].as_str().unwrap_or_default();
                    assert!(
                        !words.is_empty(),
                        "{} has no {part} in {language}",
                        node["id"]
                    );
                }
            }
        }
    }
}

#[test]
fn a_service_names_its_authority_its_channel_its_rule_and_its_law() {
    let document = document(builtin().source());
    let services = nodes(&document, "PublicService");
    let zags = services
        .iter()
        .find(|node| node["identifier"] == "birth_registration/zags");
    let zags = zags.unwrap();
    let at = |iri: &Value| {
        let graph = document["@graph"].as_array().unwrap();
        graph.iter().find(|node| node["id"] == *iri).unwrap()
    };
    assert_eq!(
        at(&zags["hasCompetentAuthority"][0])["prefLabel"]["en"],
        "Civil registry office"
    );
    assert_eq!(
        at(&zags["hasChannel"][0])["ownedBy"],
        zags["hasCompetentAuthority"]
    );
    let rule = at(&zags["follows"][0]);
    assert_eq!(
        at(&rule["implements"][0])["eliTitle"]["ru"],
        "143-ФЗ ст. 16 п. 6"
    );
    assert_eq!(
        at(&zags["isGroupedBy"][0])["identifier"],
        "birth_registration"
    );
}

#[test]
fn the_time_an_authority_has_is_a_duration_of_xml_schema() {
    let document = document(builtin().source());
    let services = nodes(&document, "PublicService");
    let gp = services
        .iter()
        .find(|node| node["identifier"] == "onco_suspicion/gp");
    assert_eq!(gp.unwrap()["processingTime"], "PT24H");
}

#[test]
fn every_name_is_a_term_every_link_leads_to_a_node_and_no_node_is_there_twice() {
    let document = document(builtin().source());
    let terms: BTreeMap<String, Value> =
        serde_json::from_value(document["@context"].clone()).unwrap();
    let graph = document["@graph"].as_array().unwrap();
    let ids: BTreeSet<&str> = graph
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), graph.len());
    for node in graph {
        for (name, value) in node.as_object().unwrap() {
            let term = terms
                .get(name)
                .unwrap_or_else(|| panic!("{name} is no term"));
            if term["@type"] == "@id" {
                for target in value.as_array().unwrap() {
                    assert!(ids.contains(target.as_str().unwrap()), "{name}: {target}");
                }
            }
        }
        for class in node["type"].as_array().unwrap() {
            assert!(
                terms.contains_key(class.as_str().unwrap()),
                "{class} is no term"
            );
        }
    }
    for term in terms.values() {
        let iri = term.as_str().or(term["@id"].as_str()).unwrap();
        let (prefix, _) = iri.split_once(':').unwrap_or(("@", ""));
        assert!(
            iri.starts_with('@') || prefix == "http" || terms.contains_key(prefix),
            "{iri}"
        );
    }
}

#[test]
fn the_command_writes_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("catalogue.jsonld");
    let status = Command::new(env!("CARGO_BIN_EXE_vekha-catalogue"))
        .args(["export", "--format", "cpsv-ap", "--out"])
        .arg(&out)
        .status()
        .unwrap();
    assert!(status.success());
    let text = std::fs::read_to_string(out).unwrap();
    let written: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written, document(builtin().source()));
}
