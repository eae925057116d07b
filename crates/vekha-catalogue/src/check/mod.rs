//! What a catalogue lacks although it loads.
mod amounts;
mod laws;
mod materials;
mod reports;
mod soon;
mod tasks;
mod window;
mod words;

use crate::load::{Files, Finding, load_files, load_files_in, locate, parse};
use jiff::civil::Date;
use soon::soon;
use std::collections::BTreeSet;
use vekha_lifepath::source::{CriterionSource, SituationSource, Source, StepSource};
use vekha_lifepath::time::Bound;
use vekha_lifepath::{Problem, nearest};
use vekha_model::{Action, DeadlineKind, Text};
use window::length;

/// Everything to put right, with file and line, and what will have to be within some weeks of `today`.
pub fn check(files: &Files, today: Date) -> Vec<Finding> {
    let source = match parse(files, None) {
        Ok(source) => source,
        Err(findings) => return findings,
    };
    let (mut findings, mut problems) = match load_files(files) {
        Ok(catalogue) => (Vec::new(), catalogue.fixed_conditions()),
        Err(findings) => (findings, Vec::new()),
    };
    for region in regions(files) {
        findings.extend(load_files_in(files, region).err().unwrap_or_default());
    }
    for situation in &source.situations {
        let mut look = Look {
            file: format!("situations/{}.yaml", situation.id),
            source: &source,
            problems: &mut problems,
        };
        look.situation(situation);
    }
    problems.extend(laws::laws(&source));
    problems.extend(materials::materials(&source));
    problems.extend(amounts::amounts("parameters.yaml", &source.parameters));
    if let Some(of) = &source.reports {
        reports::reports(&source, of, &mut problems);
    }
    if let Some(of) = &source.tasks {
        tasks::tasks(&source, of, &mut problems);
    }
    findings.extend(problems.iter().map(|problem| locate(problem, files)));
    findings.extend(soon(&source, files, today));
    for region in regions(files) {
        let Ok(source) = parse(files, Some(region)) else {
            continue;
        };
        if let Some((id, of)) = &source.region {
            let mut wrong = amounts::amounts(&format!("regions/{id}.yaml"), &of.parameters);
            wrong.extend(laws::laws(&source));
            findings.extend(wrong.iter().map(|problem| locate(problem, files)));
        }
        findings.extend(soon::of_region(&source, files, today));
    }
    findings.sort();
    findings.dedup();
    findings
}

/// The ids of the regions that a catalogue has files for.
fn regions(files: &Files) -> impl Iterator<Item = &str> {
    let names = files
        .keys()
        .filter_map(|name| name.strip_prefix("regions/"));
    names.filter_map(|name| name.strip_suffix(".yaml"))
}

struct Look<'a> {
    file: String,
    source: &'a Source,
    problems: &'a mut Vec<Problem>,
}

impl Look<'_> {
    fn say(&mut self, near: &str, text: impl Into<String>) {
        self.problems.push(Problem {
            file: self.file.clone(),
            near: near.to_owned(),
            text: text.into(),
        });
    }

    fn words(&mut self, near: &str, what: &str, text: &Text) {
        if let Some(wrong) = words::unequal(&text.ru, &text.en) {
            self.say(near, format!("{what}: {wrong}"));
        }
    }

    fn situation(&mut self, of: &SituationSource) {
        let near = format!("id: {}", of.id);
        self.words(&near, "title", &of.title);
        let fixed = self
            .source
            .screening
            .iter()
            .filter(|table| table.situation == of.id)
            .flat_map(|table| &table.tests);
        let mut seen = BTreeSet::new();
        for step in of
            .steps
            .iter()
            .chain(of.forks.iter().flat_map(|fork| &fork.adds))
            .chain(fixed.map(|row| &row.step))
        {
            if !seen.insert(step.id.clone()) {
                self.say(
                    &format!("id: {}", step.id),
                    format!("the step “{}” is there twice", step.id),
                );
            }
            self.step(of, step);
        }
        for other in of.suppresses.iter().filter(|it| *it != "*") {
            if !self
                .source
                .situations
                .iter()
                .any(|known| known.id == *other)
            {
                self.say(
                    other,
                    format!("it silences “{other}”, which the catalogue does not hold"),
                );
            }
        }
        for trigger in of.trigger.iter().chain(&of.triggers) {
            self.criteria(&trigger.when);
        }
        self.criteria(&of.ends);
        let notes = of.human.iter().map(|text| ("when a person comes in", text));
        let note = of.note.iter().map(|text| ("the note", text));
        for (what, text) in notes.chain(note) {
            self.words(&near, what, text);
        }
        for fork in &of.forks {
            let near = format!("id: {}", fork.id);
            self.words(&near, &format!("title of fork “{}”", fork.id), &fork.title);
            self.words(&near, &format!("what fork “{}” does", fork.id), &fork.does);
            if fork.when.is_empty() {
                self.say(&near, format!("the fork “{}” has no condition", fork.id));
            }
            self.criteria(&fork.when);
            if let Some(note) = &fork.note {
                self.words(&near, &format!("the note of fork “{}”", fork.id), note);
            }
            for (id, step) in &fork.replaces {
                self.replacement(&fork.id, id, step);
            }
            if fork.keeps.is_some() && !fork.ends {
                self.say(
                    &near,
                    format!(
                        "the fork “{}” keeps steps but does not end the run",
                        fork.id
                    ),
                );
            }
        }
    }

    fn criteria(&mut self, criteria: &[CriterionSource]) {
        for one in criteria {
            let text = Text::new(&one.ru, &one.en);
            self.words(
                &one.condition,
                &format!("the condition “{}”", one.condition),
                &text,
            );
        }
    }

    /// What a fork says anew about a step; the rest stays as it was.
    fn replacement(&mut self, fork: &str, id: &str, step: &StepSource) {
        let near = format!("id: {fork}\n{id}:");
        let what = |part: &str| format!("{part} that fork “{fork}” gives step “{id}”");
        let texts = [
            ("the title", &step.title),
            ("the neutral words", &step.neutral),
            ("the note", &step.note),
            ("what happens when it is late", &step.late),
        ];
        for (part, text) in texts {
            if let Some(text) = text {
                self.words(&near, &what(part), text);
            }
        }
        self.windows(&near, step);
        self.criteria(step.when.as_deref().unwrap_or_default());
    }

    fn windows(&mut self, near: &str, step: &StepSource) {
        for (name, window) in [("window", &step.window), ("second window", &step.within)] {
            if let Some((Some(from), Some(to))) = window
                && let (Some(Bound::After(from)), Some(Bound::After(to))) =
                    (Bound::parse(from), Bound::parse(to))
                && length(from).0 > length(to).1
            {
                let id = &step.id;
                let text = format!("the {name} of step “{id}” closes before it opens");
                self.say(near, text);
            }
        }
    }

    fn step(&mut self, of: &SituationSource, step: &StepSource) {
        let near = format!("id: {}", step.id);
        let what = |part: &str| format!("{part} of step “{}”", step.id);
        self.words(
            &near,
            &what("title"),
            step.title.as_ref().unwrap_or(&Text::default()),
        );
        if let Some(neutral) = step.neutral.as_ref().or(of.neutral.as_ref()) {
            self.words(&near, &what("neutral words"), neutral);
        }
        if step.window.is_none() && step.anchor.is_none() && !self.in_table(step) {
            self.say(&near, format!("the step “{}” has no window", step.id));
        }
        if step.deadline.is_none() || step.action.is_none() || step.conf.is_none() {
            let lacks = [
                ("deadline", step.deadline.is_none()),
                ("action", step.action.is_none()),
                ("conf", step.conf.is_none()),
            ];
            let lacks = lacks.iter().filter(|(_, lacks)| *lacks);
            let lacks: Vec<&str> = lacks.map(|(name, _)| *name).collect();
            let lacks = lacks.join(" and ");
            self.say(&near, format!("the step “{}” lacks {lacks}", step.id));
        }
        if step.checked.or(of.checked).is_none() {
            self.say(
                &near,
                format!("the step “{}” and its situation do not say when they were compared with the law: add checked", step.id),
            );
        }
        let binds = step.deadline.is_some_and(DeadlineKind::binds);
        if binds && step.law.as_ref().or(of.law.as_ref()).is_none() {
            self.say(
                &near,
                format!("the step “{}” binds somebody and names no law", step.id),
            );
        }
        match &step.service {
            Some(service) if self.source.services.contains_key(service) => {}
            Some(service) => self.say(
                &near,
                format!(
                    "the step “{}” names the service “{service}”, which is not in services.yaml{}",
                    step.id,
                    nearest(service, self.source.services.keys().map(String::as_str))
                ),
            ),
            None => self.say(&near, format!("the step “{}” names no service", step.id)),
        }
        if let Some(material) = step
            .material
            .as_ref()
            .filter(|id| !self.source.materials.contains_key(*id))
        {
            self.say(
                &near,
                format!(
                    "the step “{}” points to the material “{material}”, which is not there{}",
                    step.id,
                    nearest(material, self.source.materials.keys().map(String::as_str))
                ),
            );
        }
        let supplied = matches!(
            step.action,
            Some(Action::Inform | Action::Supply | Action::Book)
        );
        if supplied && step.material.is_none() {
            self.say(
                &near,
                format!(
                    "the step “{}” has nothing to read: name its material",
                    step.id
                ),
            );
        }
        if let Some(note) = &step.note {
            self.words(&near, &what("the note"), note);
        }
        if let Some(late) = &step.late {
            self.words(&near, &what("what happens when it is late"), late);
        }
        self.windows(&near, step);
        self.criteria(step.when.as_deref().unwrap_or_default());
    }

    fn in_table(&self, step: &StepSource) -> bool {
        self.source.screening.as_ref().is_some_and(|table| {
            table.window.is_some() && table.tests.iter().any(|row| row.step.id == step.id)
        })
    }
}
