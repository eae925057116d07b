//! The words of the command line.
mod diff;
mod explain;
mod export;
mod input;
mod inspect;
mod life;
mod output;
mod plan;
mod plan_city;
mod schema;
mod seal;
mod vocabulary;
mod what_if;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use vekha_model::Moment;

#[derive(Parser)]
#[command(
    name = "vekha-catalogue",
    version,
    about = "Plans, checks, tests and signs a life-path catalogue"
)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the plan that the catalogue gives for a file of facts.
    Plan {
        /// The catalogue's folder; the built-in one where it is left out.
        #[arg(long)]
        catalogue: Option<PathBuf>,
        /// A JSON file {"resident": …, "facts": […]}.
        #[arg(long)]
        facts: PathBuf,
        /// A date, or a time with its offset: 2026-11-23T10:00+03:00.
        #[arg(long)]
        now: Moment,
        /// A file of facts that only might be so: prints what they would change instead of the plan.
        #[arg(long)]
        what_if: Option<PathBuf>,
        /// The whole answer as JSON instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Prints the milestones and spans of a whole life, past and future.
    Life {
        /// The catalogue's folder; the built-in one where it is left out.
        #[arg(long)]
        catalogue: Option<PathBuf>,
        /// A JSON file {"resident": …, "facts": […]}.
        #[arg(long)]
        facts: PathBuf,
        /// The first day of the picture: 1996-05-01.
        #[arg(long)]
        from: jiff::civil::Date,
        /// Its last day.
        #[arg(long)]
        to: jiff::civil::Date,
        #[arg(long)]
        json: bool,
    },
    /// Says why a step stands where it stands: its window, and every condition with the facts behind it.
    Explain {
        /// <situation>/<step>, <run>/<step>, or a step alone.
        step: String,
        /// The catalogue's folder; the built-in one where it is left out.
        #[arg(long)]
        catalogue: Option<PathBuf>,
        /// A JSON file {"resident": …, "facts": […]}.
        #[arg(long)]
        facts: PathBuf,
        /// A date, or a time with its offset: 2026-11-23T10:00+03:00.
        #[arg(long)]
        now: Moment,
        #[arg(long)]
        json: bool,
    },
    /// Plans a whole city, made up or from a file, and sums up what the city has before it.
    PlanCity(plan_city::City),
    /// Finds what is wrong or missing in a catalogue.
    Check {
        #[arg(long)]
        catalogue: PathBuf,
    },
    /// Plans the catalogue's own example cases and compares.
    Test {
        #[arg(long)]
        catalogue: PathBuf,
    },
    /// Prints the vocabulary of facts as the table of docs/facts.md.
    Vocabulary {
        /// The catalogue's folder; the built-in one where it is left out.
        #[arg(long)]
        catalogue: Option<PathBuf>,
    },
    /// Writes the JSON Schemas of the catalogue's files, for editors.
    Schema {
        /// The folder to write them into.
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes the catalogue for others to read.
    Export {
        /// The catalogue's folder; the built-in one where it is left out.
        #[arg(long)]
        catalogue: Option<PathBuf>,
        #[arg(long)]
        format: export::Format,
        /// The folder of the site, or the file of the linked data.
        #[arg(long)]
        out: PathBuf,
    },
    /// Says whose plans change from one catalogue to the next.
    Diff {
        /// The folder of the catalogue in force.
        old: PathBuf,
        /// The folder of the one to come.
        new: PathBuf,
        /// One {"resident": …, "facts": […]} a line.
        #[arg(long)]
        population: PathBuf,
        /// A date, or a time with its offset; today where it is left out.
        #[arg(long)]
        now: Option<Moment>,
        /// One JSON object a line: each resident whose plan changes, and the summary last.
        #[arg(long)]
        json: bool,
    },
    /// Signs a catalogue into one pack.
    Sign {
        #[arg(long)]
        catalogue: PathBuf,
        /// One of the catalogue's regions, by the name of its file under regions/.
        #[arg(long)]
        region: Option<String>,
        /// A file with the 32 bytes of an Ed25519 key, in hexadecimal.
        #[arg(long)]
        key: PathBuf,
        #[arg(long)]
        key_id: String,
        /// An RFC 3339 instant.
        #[arg(long)]
        issued: jiff::Timestamp,
        #[arg(long)]
        expires: jiff::Timestamp,
        #[arg(long)]
        out: PathBuf,
    },
    /// Says whether a pack is signed by a trusted key and in force.
    Verify {
        #[arg(long)]
        pack: PathBuf,
        /// Trusted keys as <id>=<64 hexadecimal digits>.
        #[arg(long)]
        trust: Vec<String>,
        #[arg(long)]
        now: jiff::Timestamp,
        /// The version already here; an older pack is refused.
        #[arg(long)]
        last: Option<String>,
    },
}

/// Runs the command: 0 all well, 1 something found, 2 could not run.
pub fn run() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let outcome = match line.command {
        Command::Plan {
            catalogue,
            facts,
            now,
            what_if,
            json,
        } => match what_if {
            Some(file) => what_if::run(catalogue.as_deref(), &facts, &file, now, json),
            None => plan::run(catalogue.as_deref(), &facts, now, json),
        },
        Command::PlanCity(city) => plan_city::run(&city),
        Command::Life {
            catalogue,
            facts,
            from,
            to,
            json,
        } => life::run(catalogue.as_deref(), &facts, (from, to), json),
        Command::Explain {
            step,
            catalogue,
            facts,
            now,
            json,
        } => explain::run(&step, catalogue.as_deref(), &facts, now, json),
        Command::Check { catalogue } => inspect::check(&catalogue),
        Command::Test { catalogue } => inspect::test(&catalogue),
        Command::Vocabulary { catalogue } => vocabulary::print(catalogue.as_deref()),
        Command::Schema { out } => schema::write_all(&out),
        Command::Export {
            catalogue,
            format,
            out,
        } => export::run(catalogue.as_deref(), format, &out),
        Command::Diff {
            old,
            new,
            population,
            now,
            json,
        } => diff::run((&old, &new), &population, now, json),
        Command::Sign {
            catalogue,
            region,
            key,
            key_id,
            issued,
            expires,
            out,
        } => seal::sign(
            (&catalogue, region.as_deref()),
            &key,
            &key_id,
            (issued, expires),
            &out,
        ),
        Command::Verify {
            pack,
            trust,
            now,
            last,
        } => seal::verify(&pack, &trust, now, last.as_deref()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(text) => {
            eprintln!("vekha-catalogue: {text}");
            ExitCode::from(2)
        }
    }
}
