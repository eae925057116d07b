use crate::{Finding, cases, load_files, read_dir};
use std::path::Path;

pub fn check(dir: &Path) -> Result<bool, String> {
    let files =
        read_dir(dir).map_err(|error| format!("{} cannot be read: {error}", dir.display()))?;
    let findings = crate::check(&files, jiff::Zoned::now().date());
    show(&findings);
    let errors = findings.iter().filter(|it| it.is_error()).count();
    match (errors, findings.len() - errors) {
        (0, 0) => println!("Nothing found."),
        (errors, warnings) => println!("{errors} to put right, {warnings} to look at in time."),
    }
    Ok(errors == 0)
}

pub fn test(dir: &Path) -> Result<bool, String> {
    let files =
        read_dir(dir).map_err(|error| format!("{} cannot be read: {error}", dir.display()))?;
    let catalogue = match load_files(&files) {
        Ok(catalogue) => catalogue,
        Err(findings) => {
            show(&findings);
            return Err(format!("the catalogue in {} does not load", dir.display()));
        }
    };
    let tally = cases::run(&catalogue, &files);
    show(&tally.findings);
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0)
}

fn show(findings: &[Finding]) {
    findings.iter().for_each(|finding| println!("{finding}"));
}
