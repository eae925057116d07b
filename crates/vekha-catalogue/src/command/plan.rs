use crate::facts_file::FactsFile;
use crate::{builtin, load};
use std::io::{self, Write};
use std::ops::Deref;
use std::path::Path;
use vekha_lifepath::{Catalogue, Facts};
use vekha_model::{Moment, Plan};

pub fn run(dir: Option<&Path>, of: &Path, now: Moment, json: bool) -> Result<bool, String> {
    let (catalogue, facts) = (catalogue(dir)?, facts(of)?);
    print(&vekha_lifepath::plan(&catalogue, &facts, now), json, table)
}

pub(super) fn facts(path: &Path) -> Result<Facts, String> {
    FactsFile::read(path)?.facts()
}

/// The catalogue in a folder, or the built-in one.
pub(super) fn catalogue(dir: Option<&Path>) -> Result<Chosen, String> {
    let Some(dir) = dir else {
        return Ok(Chosen::BuiltIn);
    };
    load(dir)
        .map(Box::new)
        .map(Chosen::Own)
        .map_err(|findings| {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            format!("the catalogue in {} does not load", dir.display())
        })
}

pub(super) enum Chosen {
    BuiltIn,
    Own(Box<Catalogue>),
}

impl Deref for Chosen {
    type Target = Catalogue;

    fn deref(&self) -> &Catalogue {
        match self {
            Self::BuiltIn => builtin(),
            Self::Own(catalogue) => catalogue,
        }
    }
}

/// To standard output, as JSON or as a table.
pub(super) fn print<T: serde::Serialize>(
    value: &T,
    json: bool,
    table: impl Fn(&T, &mut dyn Write) -> io::Result<()>,
) -> Result<bool, String> {
    let mut out = io::stdout().lock();
    let written = if json {
        let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
        writeln!(out, "{text}")
    } else {
        table(value, &mut out)
    };
    written.map_err(|error| error.to_string())?;
    Ok(true)
}

fn table(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    for run in &plan.situations {
        writeln!(
            out,
            "{} · {} · {} {}",
            run.id,
            word(&run.state),
            run.anchor.code,
            run.anchor.at
        )?;
        for step in plan.steps.iter().filter(|step| step.instance == run.id) {
            let name = step.id.as_str().rsplit('/').next().unwrap_or_default();
            writeln!(
                out,
                "  {name:<22} {:<14} {:<26} {:<26} {:<6} {:<8} {}",
                word(&step.state),
                date(step.opens),
                date(step.due),
                word(&step.deadline),
                word(&step.action),
                step.title.ru
            )?;
        }
        for fork in &run.forks {
            writeln!(
                out,
                "  ? {:<20} {:<8} {:<6} {}",
                fork.fork,
                word(&fork.taken),
                word(&fork.prospect),
                if fork.feared { "(feared)" } else { "" }
            )?;
        }
    }
    for question in &plan.questions {
        writeln!(out, "? {} ({})", question.text.ru, question.decides)?;
    }
    for rejected in &plan.rejected {
        writeln!(out, "! {}: {}", rejected.fact, rejected.reason.ru)?;
    }
    Ok(())
}

pub(super) fn date(moment: Option<Moment>) -> String {
    moment.map_or_else(|| "—".to_owned(), |moment| moment.to_string())
}

pub(super) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
