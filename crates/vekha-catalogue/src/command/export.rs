use super::input::catalogue_in;
use super::output::write;
use crate::export::{cpsv, html};
use clap::ValueEnum;
use std::path::Path;

/// What to make of a catalogue.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// A site of pages that need nothing but a browser.
    Html,
    /// JSON-LD of the Core Public Service Vocabulary Application Profile 3.2.0.
    CpsvAp,
}

pub fn run(dir: Option<&Path>, format: Format, out: &Path) -> Result<bool, String> {
    let catalogue = catalogue_in(dir)?;
    match format {
        Format::Html => {
            let pages = html::site(catalogue.source());
            for (name, text) in &pages {
                write(&out.join(name), text)?;
            }
            println!(
                "{} files; begin with {}",
                pages.len(),
                out.join("index.html").display()
            );
        }
        Format::CpsvAp => {
            let document = cpsv::document(catalogue.source());
            let text =
                serde_json::to_string_pretty(&document).map_err(|error| error.to_string())?;
            write(out, &format!("{text}\n"))?;
            println!("Written to {}", out.display());
        }
    }
    Ok(true)
}
