//! The project's own checks and generators: `cargo run -p xtask -- layers | types [--check] | strings`.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "tests may panic"))]

mod layers;
mod strings;
mod types;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Checks and generators of Vekha")]
enum Task {
    /// Every inner dependency is one that the architecture allows.
    Layers,
    /// Writes the TypeScript types of the commands into ui/src/generated.
    Types {
        /// Changes nothing; fails if the committed types are not the ones the code gives.
        #[arg(long)]
        check: bool,
    },
    /// Russian and English hold the same texts, each used, none missing, and none stands in the code.
    Strings,
}

fn main() -> ExitCode {
    let root = root();
    let done = match Task::parse() {
        Task::Layers => layers::check(&root),
        Task::Types { check } => types::write(&root, check),
        Task::Strings => strings::check(&root),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the checkout this xtask was built in.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}
