use clap::Parser;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};
use tracing_subscriber::EnvFilter;
use vekha_host::{Config, Passphrase, start};

/// Vekha without a window: the same commands over HTTP on this machine, and the UI for a browser.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where the encrypted cache lives.
    #[arg(long)]
    data: PathBuf,
    /// 127.0.0.1 and a port; 0 lets the system choose.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The city to connect to.
    #[arg(long)]
    city: Option<String>,
    /// The folder with the built UI (ui/dist).
    #[arg(long)]
    ui: Option<PathBuf>,
    /// Keeps secrets in a file sealed by a passphrase instead of the keyring; VEKHA_PASSPHRASE opens it at once, else the
    /// `unlock` command does.
    #[arg(long)]
    passphrase: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let passphrase = arguments
        .passphrase
        .then(|| match std::env::var("VEKHA_PASSPHRASE") {
            Ok(passphrase) => Passphrase::Now(passphrase),
            Err(_) => Passphrase::Later,
        });
    let config = Config {
        data: arguments.data,
        listen: arguments.listen,
        city: arguments.city,
        ui: arguments.ui,
        passphrase,
    };
    match start(config).await {
        Ok(mut running) => {
            println!("Vekha listens on {}", running.address());
            running.ended().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("vekha-host: {error}");
            ExitCode::FAILURE
        }
    }
}
