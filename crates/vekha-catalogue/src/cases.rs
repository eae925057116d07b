//! The example cases written beside each situation, and whether the plan agrees with them.
use crate::facts_file::{WrittenFact, complete};
use crate::load::warning;
use crate::{Files, Finding};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use vekha_lifepath::{Catalogue, Facts, Problem, plan};
use vekha_model::{InstanceId, Moment, Plan, ResidentId, SituationState, Text, Truth};

/// `situations/<id>.cases.yaml`: people and days, and what their plan must and must not hold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFile {
    cases: Vec<Case>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(default, rename = "title")]
    _title: Option<Text>,
    #[serde(default)]
    base: Option<String>,
    #[serde(default)]
    resident: Option<ResidentId>,
    now: Moment,
    #[serde(default)]
    #[schemars(with = "Vec<WrittenFact>")]
    facts: Vec<Value>,
    #[serde(default)]
    expect: Vec<Expected>,
    #[serde(default)]
    absent: Vec<Expected>,
    #[serde(default)]
    forbid: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Expected {
    situation: Option<String>,
    step: Option<String>,
    fork: Option<String>,
    question: Option<String>,
    rejected: Option<String>,
    #[serde(rename = "in")]
    within: Option<String>,
    run: Option<String>,
    about: Option<String>,
    period: Option<String>,
    state: Option<String>,
    opens: Option<Moment>,
    due: Option<Moment>,
    deadline: Option<String>,
    action: Option<String>,
    taken: Option<String>,
    ended_at: Option<Moment>,
    anchor: Option<Moment>,
}

/// How many cases agreed, and what disagreed.
#[derive(Debug, Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub findings: Vec<Finding>,
}

/// Plans every case and compares.
pub fn run(catalogue: &Catalogue, files: &Files) -> Tally {
    let mut tally = Tally::default();
    let mut taken = BTreeSet::new();
    for (name, text) in files
        .iter()
        .filter(|(name, _)| name.ends_with(".cases.yaml"))
    {
        let file: CaseFile = match serde_saphyr::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let line = error.location().map_or(0, |at| at.line() as usize);
                tally.failed += 1;
                tally
                    .findings
                    .push(Finding::error(name, line, error.to_string()));
                continue;
            }
        };
        let by_id: BTreeMap<&str, &Case> = file
            .cases
            .iter()
            .map(|case| (case.id.as_str(), case))
            .collect();
        for case in &file.cases {
            let wrong = judge(catalogue, case, &by_id, &mut taken);
            if wrong.is_empty() {
                tally.passed += 1;
                continue;
            }
            tally.failed += 1;
            let line = text
                .lines()
                .position(|line| line.contains(&format!("id: {}", case.id)))
                .map_or(0, |at| at + 1);
            let finding = |text: String| Finding::error(name, line, format!("{}: {text}", case.id));
            tally.findings.extend(wrong.into_iter().map(finding));
        }
    }
    tally.findings.extend(untried(catalogue, files, &taken));
    tally
}

/// Forks that no case goes down: nobody knows whether they work.
fn untried(
    catalogue: &Catalogue,
    files: &Files,
    taken: &BTreeSet<(String, String)>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for situation in &catalogue.source().situations {
        for fork in &situation.forks {
            if !taken.contains(&(situation.id.clone(), fork.id.clone())) {
                let problem = Problem {
                    file: format!("situations/{}.yaml", situation.id),
                    near: format!("id: {}", fork.id),
                    text: format!("no case takes the fork “{}”", fork.id),
                };
                findings.push(warning(&problem, files));
            }
        }
    }
    findings
}

fn judge(
    catalogue: &Catalogue,
    case: &Case,
    all: &BTreeMap<&str, &Case>,
    taken: &mut BTreeSet<(String, String)>,
) -> Vec<String> {
    let mut chain = vec![case];
    while let Some(base) = chain.last().and_then(|case| case.base.as_deref()) {
        match all.get(base) {
            Some(next) if chain.len() < 10 => chain.push(next),
            _ => return vec![format!("its base “{base}” is not in this file")],
        }
    }
    let resident = chain
        .iter()
        .find_map(|case| case.resident.clone())
        .unwrap_or_else(|| ResidentId::new("resident"));
    let mut facts = Vec::new();
    for part in chain.iter().rev() {
        match complete(&resident, part.facts.clone(), facts.len()) {
            Ok(more) => facts.extend(more),
            Err(error) => return vec![error],
        }
    }
    let plan = plan(catalogue, &Facts { resident, facts }, case.now);
    for run in &plan.situations {
        let yes = run.forks.iter().filter(|fork| fork.taken == Truth::Yes);
        taken.extend(yes.map(|fork| (run.situation.to_string(), fork.fork.to_string())));
    }
    let mut wrong = Vec::new();
    for expected in &case.expect {
        let found = matches(&plan, expected, true);
        if !found.iter().any(|(_, differs)| differs.is_empty()) {
            let closest = found.into_iter().min_by_key(|(_, differs)| differs.len());
            wrong.push(match closest {
                None => format!("expected {}, and the plan has none", name(expected)),
                Some((what, differs)) => format!("{what}: {}", differs.join("; ")),
            });
        }
    }
    for absent in &case.absent {
        if let Some((what, _)) = matches(&plan, absent, false)
            .into_iter()
            .find(|(_, differs)| differs.is_empty())
        {
            wrong.push(format!("{what} must not be in the plan"));
        }
    }
    for step in &plan.steps {
        let neutral = step
            .neutral
            .as_ref()
            .map(|text| format!("{} {}", text.ru, text.en).to_lowercase());
        for word in &case.forbid {
            if neutral
                .as_ref()
                .is_some_and(|neutral| neutral.contains(&word.to_lowercase()))
            {
                wrong.push(format!("the neutral words of {} contain “{word}”", step.id));
            }
        }
    }
    wrong
}

fn name(expected: &Expected) -> String {
    let parts = [
        ("situation", &expected.situation),
        ("step", &expected.step),
        ("fork", &expected.fork),
        ("question", &expected.question),
        ("rejected", &expected.rejected),
    ];
    parts
        .iter()
        .find_map(|(word, value)| value.as_ref().map(|value| format!("{word} {value}")))
        .unwrap_or_default()
}

/// Everything in the plan with the expected name, and in what each differs.
fn matches(plan: &Plan, expected: &Expected, wanted: bool) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let within = |situation: &str, run: &InstanceId| {
        let named = expected.within.as_deref();
        named.is_none_or(|name| name == situation)
            && expected.run.as_deref().is_none_or(|id| id == run.as_str())
    };
    if let Some(key) = &expected.situation {
        for run in plan
            .situations
            .iter()
            .filter(|run| run.situation.as_str() == key && within(key, &run.id))
        {
            let mut differs = Vec::new();
            let state = match (&expected.state, wanted) {
                (None, false) => Some("active".to_owned()),
                (state, _) => state.clone(),
            };
            differ(&mut differs, "state", state.as_deref(), &word(&run.state));
            moment(&mut differs, "ended_at", expected.ended_at, run.ended_at);
            moment(&mut differs, "anchor", expected.anchor, Some(run.anchor.at));
            found.push((format!("situation {}", run.id), differs));
        }
    } else if let Some(key) = &expected.step {
        for step in plan
            .steps
            .iter()
            .filter(|step| step.step.as_str() == key)
            .filter(|step| within(step.situation.as_str(), &step.instance))
        {
            let period = step.id.as_str().rsplit_once('@').map(|(_, period)| period);
            if expected.period.is_some() && expected.period.as_deref() != period {
                continue;
            }
            let mut differs = Vec::new();
            differ(
                &mut differs,
                "state",
                expected.state.as_deref(),
                &word(&step.state),
            );
            differ(
                &mut differs,
                "deadline",
                expected.deadline.as_deref(),
                &word(&step.deadline),
            );
            differ(
                &mut differs,
                "action",
                expected.action.as_deref(),
                &word(&step.action),
            );
            differ(
                &mut differs,
                "fork",
                expected.fork.as_deref(),
                step.fork.as_ref().map_or("", |fork| fork.as_str()),
            );
            differ(
                &mut differs,
                "about",
                expected.about.as_deref(),
                step.about.as_ref().map_or("", |about| about.as_str()),
            );
            moment(&mut differs, "opens", expected.opens, step.opens);
            moment(&mut differs, "due", expected.due, step.due);
            found.push((format!("step {}", step.id), differs));
        }
    } else if let Some(key) = &expected.fork {
        for run in plan
            .situations
            .iter()
            .filter(|run| within(run.situation.as_str(), &run.id))
        {
            for fork in run.forks.iter().filter(|fork| fork.fork.as_str() == key) {
                let mut differs = Vec::new();
                differ(
                    &mut differs,
                    "taken",
                    expected.taken.as_deref(),
                    &word(&fork.taken),
                );
                found.push((format!("fork {key} of {}", run.id), differs));
            }
        }
    } else if let Some(key) = &expected.question {
        let asked = plan
            .questions
            .iter()
            .map(|question| match &question.missing.field {
                Some(field) => format!("{}.{field}", question.missing.kind),
                None => question.missing.kind.clone(),
            });
        found.extend(
            asked
                .filter(|asked| asked == key)
                .map(|asked| (format!("question {asked}"), Vec::new())),
        );
    } else if let Some(key) = &expected.rejected {
        let rejected = plan
            .rejected
            .iter()
            .filter(|rejected| rejected.fact.as_str() == key);
        found.extend(rejected.map(|rejected| (format!("rejected {}", rejected.fact), Vec::new())));
    }
    if !wanted && expected.step.is_some() {
        let silent = |run: &&vekha_model::PlannedSituation| run.state == SituationState::Suppressed;
        let quiet: Vec<String> = plan
            .situations
            .iter()
            .filter(silent)
            .map(|run| format!("step {}/", run.id))
            .collect();
        found.retain(|(what, _)| {
            expected.state.is_some() || !quiet.iter().any(|prefix| what.starts_with(prefix))
        });
    }
    found
}

fn differ(into: &mut Vec<String>, what: &str, expected: Option<&str>, found: &str) {
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        into.push(format!("{what} is {found}, expected {expected}"));
    }
}

fn moment(into: &mut Vec<String>, what: &str, expected: Option<Moment>, found: Option<Moment>) {
    if let Some(expected) = expected.filter(|expected| Some(*expected) != found) {
        let found = found.map_or_else(|| "nothing".to_owned(), |found| found.to_string());
        into.push(format!("{what} is {found}, expected {expected}"));
    }
}

pub(crate) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
