//! The `vekha-catalogue` command.
use std::process::ExitCode;

fn main() -> ExitCode {
    vekha_catalogue::command::run()
}
