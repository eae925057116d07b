//! A region says what it lays down otherwise, and nothing else.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use jiff::civil::date;
use vekha_catalogue::{builtin, builtin_files, load_files_in};
use vekha_lifepath::Catalogue;
use vekha_lifepath::source::StepSource;

fn step<'a>(of: &'a Catalogue, situation: &str, step: &str) -> &'a StepSource {
    let mut all = of.source().situations.iter();
    let situation = all.find(|it| it.id == situation).unwrap();
    situation.steps.iter().find(|it| it.id == step).unwrap()
}

#[test]
fn a_regions_amounts_dates_and_days_off_go_in_place_of_the_countrys() {
    let here = load_files_in(&builtin_files(), "beregovoy").unwrap();
    let share = |of: &Catalogue| {
        let share = &of.source().parameters["utilities_share"];
        share.on(date(2026, 11, 23)).unwrap().value
    };
    assert!(share(&here) < share(builtin()));
    let camp = |of| step(of, "school_years", "camp").clone();
    assert_ne!(camp(&here).window, camp(builtin()).window);
    assert_eq!(camp(&here).title, camp(builtin()).title);
    assert!(builtin().calendar().is_working(date(2027, 7, 12)));
    assert!(!here.calendar().is_working(date(2027, 7, 12)));
}

#[test]
fn what_a_region_says_of_no_step_is_an_error_in_its_file() {
    let mut files = builtin_files();
    let text = files["regions/beregovoy.yaml"].replace("school_years.camp", "school_years.cmap");
    files.insert("regions/other.yaml".into(), text);
    let findings = load_files_in(&files, "other").unwrap_err();
    let hit = findings
        .iter()
        .find(|it| it.text.contains("school_years.cmap"))
        .unwrap();
    assert_eq!(hit.file, "regions/other.yaml");
    assert!(hit.line > 0);
    let found = vekha_catalogue::check(&files, date(2026, 5, 4));
    assert!(
        found.contains(hit),
        "check looks at every region: {found:#?}"
    );
}
