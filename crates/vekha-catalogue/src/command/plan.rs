use super::input::{catalogue_in, facts_in};
use super::output::{date, print};
use crate::cases::word;
use std::io::{self, Write};
use std::path::Path;
use vekha_model::{Moment, Plan};

pub fn run(dir: Option<&Path>, facts: &Path, now: Moment, json: bool) -> Result<bool, String> {
    let facts = facts_in(facts)?;
    print(
        &vekha_lifepath::plan(&*catalogue_in(dir)?, &facts, now),
        json,
        table,
    )
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
