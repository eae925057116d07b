//! Whoever looks at a resident's facts is told to the resident.

use crate::town::{Device, Town, config, town};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who has looked at the facts of this resident: fact by fact, each record with its purpose.
async fn looks(device: &Device, subject: &str, who: &str) -> BTreeMap<String, Vec<String>> {
    let mut looks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // The list itself shows no facts, so asking for it is no look.
    let all = device.get("access-records").await;
    for look in all.as_array().unwrap() {
        if look["subject"] == subject && look["who"]["en"].as_str().unwrap().contains(who) {
            let fact = look["fact"].as_str().unwrap().to_owned();
            let purpose = look["purpose"]["ru"].as_str().unwrap().to_owned();
            looks.entry(fact).or_default().push(purpose);
        }
    }
    looks
}

async fn facts(device: &Device, subject: &str) -> Vec<Value> {
    let all = device.all("fact").await;
    let bodies = all.into_iter().map(|it| it["body"].clone());
    bodies.filter(|it| it["subject"] == subject).collect()
}

const CARER: &str = "a family member";
const PLANNER: &str = "The city’s program";

async fn tell_of_misha(town: &Town) {
    town.tell("misha", "child.health", json!({"premature": true}))
        .await;
}

#[tokio::test]
async fn a_guardian_who_reads_the_changes_leaves_a_record_of_every_fact() {
    let town = town().await;
    tell_of_misha(&town).await;
    let olga = town.sign_in("olga").await;
    let read = facts(&olga, "misha").await;
    assert!(read.len() >= 2, "{read:?}");
    let looks = looks(&olga, "misha", CARER).await;
    for fact in &read {
        assert!(looks.contains_key(fact["id"].as_str().unwrap()), "{fact}");
    }
}

#[tokio::test]
async fn a_device_that_has_read_to_the_end_adds_nothing_by_asking_again() {
    let town = town().await;
    let olga = town.sign_in("olga").await;
    olga.get("changes?limit=1000").await;
    let page = olga.get("changes?limit=1000").await;
    let cursor = page["cursor"].as_str().unwrap();
    // What its own reading left is new to it once, and then there is silence.
    let page = olga.get(&format!("changes?cursor={cursor}")).await;
    let cursor = page["cursor"].as_str().unwrap();
    for _ in 0..3 {
        let quiet = olga.get(&format!("changes?cursor={cursor}")).await;
        assert_eq!(quiet["changes"], json!([]));
    }
}

#[tokio::test]
async fn a_guardian_who_lists_the_facts_all_day_has_one_record_of_each_that_counts() {
    let town = town().await;
    let irina = town.sign_in("irina").await;
    for _ in 0..3 {
        irina.get("facts").await;
    }
    let today = looks(&irina, "sasha", CARER).await;
    assert!(!today.is_empty());
    for purposes in today.values() {
        assert_eq!(
            *purposes,
            ["чтобы показать в «Вехе», 3 раза за день, впервые в 10:00"],
        );
    }
    town.operate("clock", json!({"advance": "1d"})).await;
    irina.get("facts").await;
    let both = looks(&irina, "sasha", CARER).await;
    for fact in today.keys() {
        assert_eq!(both[fact].len(), 2, "another day is another record");
        assert!(both[fact].contains(&"чтобы показать в «Вехе»".to_owned()));
    }
}

#[tokio::test]
async fn what_residents_read_of_themselves_is_not_recorded() {
    let town = town().await;
    let olga = town.sign_in("olga").await;
    olga.get("facts").await;
    assert!(!facts(&olga, "olga").await.is_empty());
    assert_eq!(looks(&olga, "olga", CARER).await, BTreeMap::new());
}

#[tokio::test]
async fn the_planner_has_one_record_of_every_fact_it_uses_whatever_its_domain() {
    let town = town().await;
    let galina = town.sign_in("galina").await;
    town.cea("galina").await;
    town.operate("clock", json!({"advance": "2d"})).await;
    let read = facts(&galina, "galina").await;
    let kinds: Vec<_> = read.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    for kind in [
        "person",
        "work",
        "habit.smoking",
        "lab.result",
        "step.outcome",
    ] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let looks = looks(&galina, "galina", PLANNER).await;
    for fact in &read {
        let records = looks.get(fact["id"].as_str().unwrap());
        assert_eq!(records.map(Vec::len), Some(1), "{fact}");
    }
}

#[tokio::test]
async fn a_corrected_fact_is_looked_at_anew() {
    let town = town().await;
    let anna = town.sign_in("anna").await;
    town.cea("anna").await;
    town.operate("correct-result", json!({"resident": "anna", "value": 9.0}))
        .await;
    let looks = looks(&anna, "anna", PLANNER).await;
    let results = facts(&anna, "anna").await;
    let results = results.iter().filter(|it| it["kind"] == "lab.result");
    assert_eq!(
        results
            .map(|it| looks[it["id"].as_str().unwrap()].len())
            .collect::<Vec<_>>(),
        [1, 1]
    );
}

#[tokio::test]
async fn the_log_goes_on_over_a_restart() {
    let town = town().await;
    town.sign_in("irina").await.get("facts").await;
    let town = town.restarted(config).await;
    let irina = town.sign_in("irina").await;
    irina.get("facts").await;
    for purposes in looks(&irina, "sasha", CARER).await.values() {
        assert!(purposes[0].contains("2 раза за день"), "{purposes:?}");
    }
}
