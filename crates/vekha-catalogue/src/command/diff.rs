use super::input::catalogue_in;
use super::output::date;
use crate::cases::word;
use crate::diff::{Change, Changed, Summary, diff};
use crate::facts_file::FactsFile;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use vekha_lifepath::Facts;
use vekha_model::Moment;

/// Says whose plans change, resident by resident, and then for how many each step does.
pub fn run(
    (old, new): (&Path, &Path),
    population: &Path,
    now: Option<Moment>,
    json: bool,
) -> Result<bool, String> {
    let (old, new) = (catalogue_in(Some(old))?, catalogue_in(Some(new))?);
    let now = now.unwrap_or_else(|| Moment::Day(jiff::Zoned::now().date()));
    let cannot = |error: io::Error| format!("{} cannot be read: {error}", population.display());
    let file = File::open(population).map_err(cannot)?;
    let mut summary = Summary::default();
    let mut out = io::stdout().lock();
    for (place, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(cannot)?;
        if line.trim().is_empty() {
            continue;
        }
        let facts = facts_of(&line)
            .map_err(|error| format!("{}:{}: {error}", population.display(), place + 1))?;
        let changed = diff(&old, &new, &facts, now);
        summary.add(changed.as_ref());
        let Some(changed) = changed else { continue };
        let written = if json {
            let text = serde_json::to_string(&changed).map_err(|error| error.to_string())?;
            writeln!(out, "{text}")
        } else {
            print(&changed, &mut out)
        };
        written.map_err(|error| error.to_string())?;
    }
    let written = if json {
        let text = serde_json::to_string(&summary).map_err(|error| error.to_string())?;
        writeln!(out, "{text}")
    } else {
        print_summary(&summary, &mut out)
    };
    written.map_err(|error| error.to_string())?;
    Ok(true)
}

fn facts_of(line: &str) -> Result<Facts, String> {
    let file: FactsFile = serde_json::from_str(line).map_err(|error| error.to_string())?;
    file.facts()
}

fn print(changed: &Changed, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", changed.resident)?;
    for one in &changed.changes {
        writeln!(
            out,
            "  {:<8} {} {} · {}",
            word(&one.what),
            one.step,
            dates(one),
            one.title.ru
        )?;
    }
    Ok(())
}

fn dates(of: &Change) -> String {
    let span =
        |opens: Option<Moment>, due: Option<Moment>| format!("{}..{}", date(opens), date(due));
    let is = span(of.opens, of.due);
    match &of.was {
        Some(was) => format!("{} → {is}", span(was.opens, was.due)),
        None => is,
    }
}

fn print_summary(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    for (step, counts) in &summary.steps {
        writeln!(
            out,
            "{step:<40} appears {:<6} moves {:<6} stops {}",
            counts.appears, counts.moves, counts.stops
        )?;
    }
    writeln!(
        out,
        "{} of {} residents",
        summary.changed, summary.residents
    )
}
