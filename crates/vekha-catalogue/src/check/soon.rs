//! What is right today and will not be for long.
use crate::Finding;
use crate::load::{Files, warning};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vekha_lifepath::Problem;
use vekha_lifepath::source::{Grade, ParameterSource, Source};

/// Amounts end and working days change with the year: somebody has to look in time.
const NOTICE_DAYS: i64 = 90;

pub fn soon(source: &Source, files: &Files, today: Date) -> Vec<Finding> {
    let mut problems = Vec::new();
    let last = today.saturating_add(NOTICE_DAYS.days());
    run_out("parameters.yaml", &source.parameters, last, &mut problems);
    for year in today.year()..=last.year() {
        let known = source.calendar.years.iter().find(|one| one.year == year);
        let text = match known {
            None => format!("the working days of {year} are missing: add the year"),
            Some(one) if one.conf != Grade::High => format!(
                "the working days of {year} are not confirmed: compare them with the Government's order and say conf: h"
            ),
            Some(_) => continue,
        };
        problems.push(Problem {
            file: "calendar.yaml".into(),
            near: if known.is_some() {
                format!("year: {year}")
            } else {
                "years:".into()
            },
            text,
        });
    }
    problems.iter().map(|it| warning(it, files)).collect()
}

/// The same of the amounts that a region lays down itself.
pub fn of_region(source: &Source, files: &Files, today: Date) -> Vec<Finding> {
    let mut problems = Vec::new();
    let last = today.saturating_add(NOTICE_DAYS.days());
    if let Some((id, region)) = &source.region {
        let file = format!("regions/{id}.yaml");
        run_out(&file, &region.parameters, last, &mut problems);
    }
    problems.iter().map(|it| warning(it, files)).collect()
}

fn run_out(
    file: &str,
    amounts: &BTreeMap<String, ParameterSource>,
    last: Date,
    problems: &mut Vec<Problem>,
) {
    for (name, parameter) in amounts {
        if let Some(end) = end(parameter).filter(|end| *end <= last) {
            problems.push(Problem {
                file: file.into(),
                near: format!("{name}:"),
                text: format!("“{name}” has no value after {end}: add the next one with its date"),
            });
        }
    }
}

/// The last day for which there is a value, where there is a last one.
fn end(parameter: &ParameterSource) -> Option<Date> {
    let ends = parameter.values.iter().map(|value| value.to);
    ends.max_by_key(|to| to.unwrap_or(Date::MAX)).flatten()
}
