//! Report categories and city tasks are read and checked like situations.
#![expect(clippy::unwrap_used, reason = "tests may panic")]
use jiff::civil::date;
use vekha_catalogue::{Finding, builtin, builtin_files, check};
use vekha_lifepath::source::{Level, Promise, Safety};

/// What `check` says once `was` reads `is`, with the words on the line it points to.
fn found(file: &str, was: &str, is: &str) -> Vec<(String, String)> {
    let mut files = builtin_files();
    let text = files[file].clone();
    assert!(text.contains(was), "{file} has no {was}");
    let planted = text.replacen(was, is, 1);
    files.insert(file.to_owned(), planted.clone());
    let line = |finding: &Finding| {
        let at = finding.line.checked_sub(1);
        at.and_then(|at| planted.lines().nth(at))
            .unwrap_or_default()
            .to_owned()
    };
    check(&files, date(2026, 5, 4))
        .iter()
        .filter(|finding| finding.file == file)
        .map(|finding| (finding.text.clone(), line(finding)))
        .collect()
}

fn says(file: &str, was: &str, is: &str, text: &str, line: &str) {
    let found = found(file, was, is);
    let hit = found.iter().find(|(said, _)| said.contains(text));
    let (_, at) = hit.unwrap_or_else(|| panic!("nothing says “{text}”: {found:?}"));
    assert!(at.contains(line), "it points at “{at}”");
}

#[test]
fn the_built_in_catalogue_brings_every_category_and_every_task() {
    let source = builtin().source();
    let reports = source.reports.as_ref().unwrap();
    assert_eq!(reports.reports.len(), 32);
    let pothole = reports
        .reports
        .iter()
        .find(|one| one.id == "pothole")
        .unwrap();
    assert_eq!(pothole.deadlines[0].kind, Promise::Safe);
    assert_eq!(pothole.priority[0].level, Level::Emergency);
    let tasks = source.tasks.as_ref().unwrap();
    assert_eq!(tasks.tasks.len(), 22);
    let taxi = tasks
        .tasks
        .iter()
        .find(|one| one.id == "social_taxi")
        .unwrap();
    assert_eq!(taxi.safety, Safety::High);
}

#[test]
fn a_key_that_nobody_knows_is_an_error_on_its_line() {
    says(
        "reports.yaml",
        "verify: true",
        "verified: true",
        "verified",
        "verified: true",
    );
    says(
        "tasks.yaml",
        "accept_within:",
        "accepted_within:",
        "accepted_within",
        "accepted_within:",
    );
}

#[test]
fn a_word_outside_its_list_is_an_error() {
    says(
        "reports.yaml",
        "kind: safe",
        "kind: calm",
        "calm",
        "kind: calm",
    );
    says(
        "tasks.yaml",
        "safety: low",
        "safety: none",
        "none",
        "safety: none",
    );
}

#[test]
fn a_report_in_one_language_only() {
    says(
        "reports.yaml",
        "en: \"Pothole\"",
        "en: \"\"",
        "the English words are missing",
        "id: pothole",
    );
}

#[test]
fn a_report_held_by_nobody_the_catalogue_knows() {
    says(
        "reports.yaml",
        "service: road_dept",
        "service: wizards",
        "“wizards”",
        "id: pothole",
    );
}

#[test]
fn a_deadline_that_closes_before_it_opens() {
    says(
        "reports.yaml",
        "window: [\"+0h\", \"+2h\"]",
        "window: [\"+3h\", \"+2h\"]",
        "closes before it opens",
        "id: sign",
    );
}

#[test]
fn a_deadline_for_places_that_are_none() {
    says(
        "reports.yaml",
        "only: {road_category: [IA]}",
        "only: {road_category: [X]}",
        "“X”",
        "id: fix_IA",
    );
    says(
        "reports.yaml",
        "only: {road_category: [IA]}",
        "only: {colour: [red]}",
        "“colour”",
        "id: fix_IA",
    );
}

#[test]
fn a_norm_between_two_ends_that_nobody_sets() {
    says(
        "reports.yaml",
        "least: \"+3h\", by: city",
        "least: \"+3h\"",
        "nobody sets it",
        "id: clear",
    );
}

#[test]
fn a_report_that_becomes_a_fact_nobody_knows() {
    says(
        "reports.yaml",
        "what: [heat]",
        "what: [warmth]",
        "warmth",
        "id: heat_off",
    );
}

#[test]
fn a_number_that_cannot_be_rung() {
    says(
        "reports.yaml",
        "call: [\"112\"]",
        "call: [\"help\"]",
        "no telephone number",
        "id: life",
    );
}

#[test]
fn a_task_whose_least_pay_is_the_most() {
    says(
        "tasks.yaml",
        "pay: {min: 500, max: 1200",
        "pay: {min: 5000, max: 1200",
        "pays from 5000 to 1200",
        "id: snow_yard",
    );
}

#[test]
fn a_task_for_children_without_their_parents() {
    says(
        "tasks.yaml",
        "age: {from: 14, consent: C3}",
        "age: {from: 14}",
        "parents' consent",
        "id: snow_yard",
    );
}

#[test]
fn a_task_that_points_to_what_is_not_there() {
    says(
        "tasks.yaml",
        "clearance: [electrical_2]",
        "clearance: [magic]",
        "“magic”",
        "id: lamp",
    );
    says(
        "tasks.yaml",
        "proof: [weight, photo",
        "proof: [promise, photo",
        "“promise”",
        "id: litter",
    );
    says(
        "tasks.yaml",
        "orders: procurement",
        "orders: nobody",
        "“nobody”",
        "id: snow_yard",
    );
    says(
        "tasks.yaml",
        "step: self_employment.second_look",
        "step: self_employment.third_look",
        "third_look",
        "dispute:",
    );
    says(
        "tasks.yaml",
        "params.task_hour_floor",
        "params.task_hour_roof",
        "task_hour_roof",
        "params.task_hour_roof",
    );
}

#[test]
fn a_price_from_a_day_after_the_check() {
    says(
        "tasks.yaml",
        "unit: RUB, from: 2026-01-01",
        "unit: RUB, from: 2031-01-01",
        "2031-01-01",
        "id: snow_yard",
    );
}
