//! The words of the command line.
mod inspect;
mod plan;
mod plan_city;
mod seal;
mod vocabulary;

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
        /// The whole plan as JSON instead of a table.
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
    /// Signs a catalogue into one pack.
    Sign {
        #[arg(long)]
        catalogue: PathBuf,
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
            json,
        } => plan::run(catalogue.as_deref(), &facts, now, json),
        Command::PlanCity(city) => plan_city::run(&city),
        Command::Check { catalogue } => inspect::check(&catalogue),
        Command::Test { catalogue } => inspect::test(&catalogue),
        Command::Vocabulary { catalogue } => vocabulary::print(catalogue.as_deref()),
        Command::Sign {
            catalogue,
            key,
            key_id,
            issued,
            expires,
            out,
        } => seal::sign(&catalogue, &key, &key_id, (issued, expires), &out),
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
