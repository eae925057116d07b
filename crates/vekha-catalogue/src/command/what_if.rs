use super::input::{catalogue_in, facts_in};
use super::output::{date, print};
use crate::cases::word;
use crate::facts_file::FactsFile;
use std::io::{self, Write};
use std::path::Path;
use vekha_model::{Difference, Moment, PlannedStep};

pub fn run(
    dir: Option<&Path>,
    of: &Path,
    pretended: &Path,
    now: Moment,
    json: bool,
) -> Result<bool, String> {
    let (catalogue, facts) = (catalogue_in(dir)?, facts_in(of)?);
    let file = FactsFile::read(pretended)?;
    if file.resident != facts.resident {
        return Err(format!(
            "{} is about {}, and {} about {}: both must be about the same resident",
            pretended.display(),
            file.resident,
            of.display(),
            facts.resident
        ));
    }
    let pretended = file.pretended()?;
    let difference = vekha_lifepath::what_if(&catalogue, &facts, &pretended.facts, now);
    print(&difference, json, table)
}

fn table(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let or_none = |state: Option<String>| state.unwrap_or_else(|| "—".into());
    for run in &difference.situations {
        let (from, to) = (run.from.map(|it| word(&it)), run.to.map(|it| word(&it)));
        let (from, to) = (or_none(from), or_none(to));
        writeln!(out, "situation {} · {from} → {to}", run.id)?;
    }
    for fork in &difference.forks {
        let (from, to) = (word(&fork.from), word(&fork.to));
        writeln!(out, "fork {}/{} · {from} → {to}", fork.run, fork.fork)?;
    }
    let dates = |step: &PlannedStep| format!("{} – {}", date(step.opens), date(step.due));
    for step in &difference.appears {
        let (state, title) = (word(&step.state), &step.title.ru);
        writeln!(out, "+ {} · {state} · {} · {title}", step.id, dates(step))?;
    }
    for moved in &difference.moves {
        let was = format!("{} – {}", date(moved.opened), date(moved.was_due));
        let (id, title) = (&moved.step.id, &moved.step.title.ru);
        writeln!(out, "~ {id} · {was} → {} · {title}", dates(&moved.step))?;
    }
    for stopped in &difference.stops {
        let (id, title) = (&stopped.step.id, &stopped.step.title.ru);
        let becomes = or_none(stopped.becomes.map(|state| word(&state)));
        writeln!(
            out,
            "- {id} · {} → {becomes} · {title}",
            word(&stopped.step.state)
        )?;
    }
    for rejected in &difference.rejected {
        writeln!(out, "! {}: {}", rejected.fact, rejected.reason.ru)?;
    }
    Ok(())
}
