use std::fs;
use std::io::{self, Write};
use std::path::Path;
use vekha_model::Moment;

/// Writes a file, and the folder it lies in where that is missing.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// To standard output, as JSON or as a table.
pub fn print<T: serde::Serialize>(
    value: &T,
    json: bool,
    table: impl Fn(&T, &mut dyn Write) -> io::Result<()>,
) -> Result<bool, String> {
    let mut out = io::stdout().lock();
    let written = if json {
        let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
        writeln!(out, "{text}")
    } else {
        table(value, &mut out)
    };
    written.map_err(|error| error.to_string())?;
    Ok(true)
}

pub fn date(moment: Option<Moment>) -> String {
    moment.map_or_else(|| "—".to_owned(), |moment| moment.to_string())
}
