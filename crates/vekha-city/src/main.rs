//! `vekha-city serve`: the reference city on its own.

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;
use vekha_city::{Config, serve};

#[derive(Parser)]
#[command(version, about = "The reference city of Vekha")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the city until it is stopped.
    Serve {
        /// Where to listen; port 0 lets the system choose.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// The folder the city keeps its database in.
        #[arg(long)]
        data: PathBuf,
        /// Twelve residents, free times, and the operator page at /operator.
        #[arg(long)]
        demo: bool,
        /// Where the demo clock starts, such as 2026-11-23T10:00+03:00.
        #[arg(long, requires = "demo")]
        now: Option<Timestamp>,
        /// The address residents reach the city by where a proxy stands before it, such as https://city.example.
        #[arg(long)]
        public_url: Option<String>,
        /// A catalogue folder to plan by and to sign; the built-in one unless told.
        #[arg(long)]
        catalogue: Option<PathBuf>,
        /// What the region lays down otherwise: a region of the catalogue, or a file <region>.yaml.
        #[arg(long)]
        region: Option<String>,
    },
    /// Hands the signing of the catalogue over to the next key; the city is stopped meanwhile.
    RollKey {
        /// The folder the city keeps its database in.
        #[arg(long)]
        data: PathBuf,
    },
}

fn roll_key(data: &Path) -> ExitCode {
    if let Err(error) = vekha_city::roll_over(data) {
        let data = data.display();
        tracing::error!(
            "{data}: the key stays as it is, {error}; start the city once to make the next one"
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("VEKHA_LOG")
                .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    let (listen, data, demo, now, public_url, catalogue, region) = match Arguments::parse().command
    {
        Command::Serve {
            listen,
            data,
            demo,
            now,
            public_url,
            catalogue,
            region,
        } => (listen, data, demo, now, public_url, catalogue, region),
        Command::RollKey { data } => return roll_key(&data),
    };
    let mut running = match serve(Config {
        demo,
        now,
        public_url,
        catalogue,
        region,
        ..Config::new(listen, data)
    })
    .await
    {
        Ok(running) => running,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::FAILURE;
        }
    };
    // A test or a script reads this line; a closed pipe is no reason to stop.
    let _ = writeln!(std::io::stdout(), "Vekha city listening on {}", running.url);
    let _ = std::io::stdout().flush();
    tokio::select! {
        () = running.shutdown.stopped() => ExitCode::FAILURE,
        _ = tokio::signal::ctrl_c() => {
            running.shutdown.stop().await;
            ExitCode::SUCCESS
        }
    }
}
