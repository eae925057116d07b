use super::input::catalogue_in;
use super::output::write;
use crate::export::html;
use clap::ValueEnum;
use std::path::Path;

/// What to make of a catalogue.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// A site of pages that need nothing but a browser.
    Html,
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
    }
    Ok(true)
}
