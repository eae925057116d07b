use super::input::{catalogue_in, facts_in};
use crate::cases::word;
use std::io::{self, Write};
use std::path::Path;
use vekha_model::{Moment, Plan};

pub fn run(dir: Option<&Path>, facts: &Path, now: Moment, json: bool) -> Result<bool, String> {
    let facts = facts_in(facts)?;
    let plan = vekha_lifepath::plan(&*catalogue_in(dir)?, &facts, now);
    let mut out = io::stdout().lock();
    let written = if json {
        let text = serde_json::to_string_pretty(&plan).map_err(|error| error.to_string())?;
        writeln!(out, "{text}")
    } else {
        table(&plan, &mut out)
    };
    written.map_err(|error| error.to_string())?;
    Ok(true)
}

fn table(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
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
            let date = |moment: Option<Moment>| {
                moment.map_or_else(|| "—".to_owned(), |moment| moment.to_string())
            };
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
            writeln!(out, "  ? {:<20} {}", fork.fork, word(&fork.taken))?;
        }
    }
    for question in &plan.questions {
        writeln!(out, "? {}", question.text.ru)?;
    }
    for rejected in &plan.rejected {
        writeln!(out, "! {}: {}", rejected.fact, rejected.reason.ru)?;
    }
    Ok(())
}
