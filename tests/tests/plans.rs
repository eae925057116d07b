//! The device's plan beside the city's, in one form.

use crate::list;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};
use vekha_lifepath::{Catalogue, Facts, plan};
use vekha_model::{Fact, Moment, ResidentId};
use vekha_testkit::{City, Device};

/// The run of this situation on a path; the one under way where there are several.
pub fn run_of<'a>(path: &'a Value, situation: &str) -> &'a Value {
    let mut runs: Vec<&Value> = list(path, "runs")
        .iter()
        .filter(|it| it["situation"] == situation)
        .collect();
    runs.sort_by_key(|it| it["state"] != "active");
    runs.first().unwrap()
}

pub fn step_of<'a>(plan: &'a Value, situation: &str, step: &str) -> &'a Value {
    let mut steps = list(plan, "steps").iter();
    steps
        .find(|it| it["situation"] == situation && it["step"] == step)
        .unwrap()
}

/// What the city knows of a resident, as it tells the resident's own device.
pub async fn facts_of_city(city: &City, device: &Device) -> Vec<Fact> {
    let token = device.host.token().unwrap();
    serde_json::from_value(city.ask(&token, "facts").await).unwrap()
}

/// What the demo town plans by: the built-in catalogue with what its region lays down.
fn catalogue() -> &'static Catalogue {
    static COMPILED: OnceLock<Catalogue> = OnceLock::new();
    let compile = || vekha_catalogue::load_files_in(&vekha_catalogue::builtin_files(), "beregovoy");
    COMPILED.get_or_init(|| compile().unwrap())
}

/// The plan the city makes now: its facts, its clock, its catalogue.
pub async fn of_city(city: &City, device: &Device, resident: &str) -> Value {
    let facts = facts_of_city(city, device).await;
    let now = city.state().await["now"].as_str().unwrap().to_owned();
    // The operator's clock shows whole seconds; what happened within this one has happened.
    let now = now.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(1);
    let now = Moment::at(now, catalogue().zone());
    of(&facts, resident, now)
}

pub fn of(facts: &[Fact], resident: &str, now: Moment) -> Value {
    let facts = Facts {
        resident: ResidentId::new(resident),
        facts: facts.to_vec(),
    };
    json!(plan(catalogue(), &facts, now))
}

type Comparable = BTreeMap<String, Vec<String>>;

/// Run by run: its state, each step that applies with its state and dates, each fork that was taken and may be named.
pub fn of_path(path: &Value) -> Comparable {
    let runs = list(path, "runs").iter();
    runs.map(|run| {
        let mut lines: Vec<String> = list(run, "steps")
            .iter()
            .map(|it| line(it, &it["when"]))
            .collect();
        lines.extend(taken(run));
        lines.push(format!("{}", run["state"]));
        lines.sort();
        (run["id"].as_str().unwrap().to_owned(), lines)
    })
    .collect()
}

pub fn of_plan(plan: &Value) -> Comparable {
    let runs = list(plan, "situations").iter();
    let shown = runs.filter(|run| run["state"] == "active" || run["state"] == "ended");
    shown
        .map(|run| {
            let steps = list(plan, "steps")
                .iter()
                .filter(|it| it["instance"] == run["id"] && it["state"] != "not_applicable");
            let mut lines: Vec<String> = steps.map(|it| line(it, &it["visit"]["start"])).collect();
            lines.extend(taken(run));
            lines.push(format!("{}", run["state"]));
            lines.sort();
            (run["id"].as_str().unwrap().to_owned(), lines)
        })
        .collect()
}

fn taken(run: &Value) -> impl Iterator<Item = String> {
    let forks = list(run, "forks");
    let forks = forks.iter().filter(|it| it["taken"] == "yes");
    forks.map(|it| format!("{} taken", it["fork"]))
}

/// Who wants hard news in the app sees all of the plan, also what a doctor would tell first.
pub async fn shows_all(device: &Device) {
    device.call("set_setting", json!({"news": "app"})).await;
}

/// Names the lines that differ.
pub fn assert_alike(mine: &Comparable, theirs: &Comparable, what: &str) {
    let lines = |of: &Comparable| -> BTreeSet<String> {
        of.iter()
            .flat_map(|(run, lines)| lines.iter().map(move |it| format!("{run}: {it}")))
            .collect()
    };
    let (mine, theirs) = (lines(mine), lines(theirs));
    let here: Vec<_> = mine.difference(&theirs).collect();
    let there: Vec<_> = theirs.difference(&mine).collect();
    assert!(
        here.is_empty() && there.is_empty(),
        "{what}: on the device {here:#?}, in the city {there:#?}"
    );
}

fn line(step: &Value, when: &Value) -> String {
    let (id, state) = (&step["id"], &step["state"]);
    format!("{id} {state} {} {} {when}", step["opens"], step["due"])
}
