//! A whole city on the command line.
use super::input::catalogue_in;
use crate::city::{Capacity, Month, ServiceLoad, Summary, plan_all};
use crate::facts_file::FactsFile;
use crate::population::Town;
use clap::Args;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use vekha_lifepath::{Catalogue, Facts};
use vekha_model::{Moment, StepState};

#[derive(Args)]
pub struct City {
    /// The catalogue's folder; the built-in one where it is left out.
    #[arg(long)]
    catalogue: Option<PathBuf>,
    /// How many residents to make up.
    #[arg(long, required_unless_present = "facts", conflicts_with = "facts")]
    residents: Option<u64>,
    /// The same seed makes up the same city.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Real or prepared residents instead: a facts file {"resident": …, "facts": […]} on each line.
    #[arg(long)]
    facts: Option<PathBuf>,
    /// A date, or a time with its offset: 2026-11-23T10:00+03:00.
    #[arg(long)]
    now: Moment,
    /// Visits each service can take in a month: YAML lines such as `adult_clinic: 12000`.
    #[arg(long)]
    capacity: Option<PathBuf>,
    /// The summary as JSON instead of a table.
    #[arg(long)]
    json: bool,
}

pub fn run(city: &City) -> Result<bool, String> {
    let given = catalogue_in(city.catalogue.as_deref())?;
    let catalogue: &Catalogue = &given;
    let capacity = match &city.capacity {
        Some(path) => Capacity::read(&read(path)?, catalogue)
            .map_err(|error| format!("{}: {error}", path.display()))?,
        None => Capacity::default(),
    };
    let bar = bar(city.residents);
    let told = |count: usize| bar.inc(count as u64);
    let summary = match &city.facts {
        Some(path) => plan_all(catalogue, lines(path)?, city.now, &capacity, told),
        None => {
            let town = Town::new(city.seed, city.now.date_in(catalogue.zone()));
            let residents =
                (0..city.residents.unwrap_or_default()).map(|one| Ok(town.resident(one)));
            plan_all(catalogue, residents, city.now, &capacity, told)
        }
    }?;
    bar.finish_and_clear();
    let seconds = bar.elapsed().as_secs_f64();
    eprintln!(
        "{} residents in {seconds:.1} s, {} a second",
        HumanCount(summary.residents),
        HumanCount((summary.residents as f64 / seconds.max(1e-3)) as u64)
    );
    let mut out = io::stdout().lock();
    let written = if city.json {
        let text = serde_json::to_string_pretty(&summary).map_err(|error| error.to_string())?;
        writeln!(out, "{text}")
    } else {
        table(&summary, &mut out)
    };
    written.map_err(|error| error.to_string())?;
    Ok(true)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Facts, String>> + Send, String> {
    let file =
        File::open(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let path = path.display().to_string();
    let lines = BufReader::new(file).lines().enumerate();
    Ok(lines.map(move |(place, line)| {
        let at = |error: String| format!("{path}, line {}: {error}", place + 1);
        let line = line.map_err(|error| at(error.to_string()))?;
        let file: FactsFile = serde_json::from_str(&line)
            .map_err(|error| at(format!("not a facts file: {error}")))?;
        file.facts().map_err(at)
    }))
}

fn bar(residents: Option<u64>) -> ProgressBar {
    let (bar, shape) = match residents {
        Some(count) => (
            ProgressBar::new(count),
            "{bar:40} {human_pos} of {human_len} residents, {per_sec}, {eta} left",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {human_pos} residents, {per_sec}",
        ),
    };
    bar.enable_steady_tick(Duration::from_millis(200));
    match ProgressStyle::with_template(shape) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn table(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} residents, {} facts, {} questions they could answer",
        HumanCount(summary.residents),
        HumanCount(summary.facts),
        HumanCount(summary.questions)
    )?;
    writeln!(
        out,
        "\n{:<24} {:>11} {:>11} {:>11} {:>11}",
        "situation", "active", "ended", "silenced", "unknown"
    )?;
    for (key, count) in &summary.situations {
        let numbers = [count.active, count.ended, count.suppressed, count.unknown];
        if numbers.iter().any(|number| *number > 0) {
            writeln!(out, "{:<24}{}", key.as_str(), columns(numbers))?;
        }
    }
    writeln!(
        out,
        "\n{:<46} {:>11} {:>11} {:>11} {:>11}",
        "step", "open", "due soon", "overdue", "done"
    )?;
    for (situation, steps) in &summary.steps {
        for (step, count) in steps {
            let of = |state| count.states.get(&state).copied().unwrap_or_default();
            let numbers = [
                of(StepState::Open),
                of(StepState::DueSoon),
                of(StepState::Overdue),
                of(StepState::Done),
            ];
            if numbers.iter().any(|number| *number > 0) {
                writeln!(
                    out,
                    "{:<46}{}",
                    format!("{situation}.{step}"),
                    columns(numbers)
                )?;
            }
        }
    }
    writeln!(out, "\n{:<24} {:>11}", "due in the week of", "steps")?;
    for (week, count) in summary.due_by_week.iter().take(8) {
        writeln!(out, "{:<24}{}", week.to_string(), columns([*count]))?;
    }
    writeln!(out, "\n{:<24} {:>11}", "due in", "steps")?;
    for (month, count) in summary.due_by_month.iter().take(12) {
        writeln!(out, "{:<24}{}", month.to_string(), columns([*count]))?;
    }
    writeln!(
        out,
        "\n{:<24} {:>11} {:>11} {:>11}",
        "visits wanted at", "in all", "this month", "next month"
    )?;
    let this = summary.month;
    for (service, load) in &summary.services {
        let in_month = |month: Month| load.wanted_by_month.get(&month).copied();
        let numbers = [
            load.wanted,
            in_month(this).unwrap_or_default(),
            in_month(this.next()).unwrap_or_default(),
        ];
        writeln!(
            out,
            "{:<24}{}  {}",
            service.as_str(),
            columns(numbers),
            room(load)
        )?;
    }
    Ok(())
}

fn room(load: &ServiceLoad) -> String {
    match (load.slots, load.short_from) {
        (None, _) => String::new(),
        (Some(slots), None) => format!("{} slots a month are enough", HumanCount(slots)),
        (Some(slots), Some(month)) => format!(
            "{} slots a month: SHORT from {month}, {} visits too many at worst",
            HumanCount(slots),
            HumanCount(load.lacking)
        ),
    }
}

fn columns<const N: usize>(numbers: [u64; N]) -> String {
    let columns = numbers.map(|number| format!(" {:>11}", HumanCount(number).to_string()));
    columns.concat()
}
