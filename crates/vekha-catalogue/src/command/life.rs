use super::input::{catalogue_in, facts_in};
use super::output::print;
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::Path;
use vekha_model::{LifeLine, Moment};

pub fn run(
    dir: Option<&Path>,
    of: &Path,
    (from, to): (Date, Date),
    json: bool,
) -> Result<bool, String> {
    if to < from {
        return Err(format!("--to {to} lies before --from {from}"));
    }
    let (catalogue, facts) = (catalogue_in(dir)?, facts_in(of)?);
    let line = vekha_lifepath::life(&catalogue, &facts, from, to);
    print(&line, json, table)
}

fn table(line: &LifeLine, out: &mut dyn Write) -> io::Result<()> {
    let expected = |yes: bool| if yes { "~" } else { " " };
    for day in &line.milestones {
        let age = day.age.as_deref().unwrap_or_default();
        let sign = expected(day.expected);
        writeln!(
            out,
            "{sign} {:<23} {} {age}",
            day.at.to_string(),
            day.title.ru
        )?;
    }
    for span in &line.spans {
        let to = span.to.map_or("…".to_owned(), |to: Moment| to.to_string());
        let (sign, end) = (expected(span.expected), expected(span.ends_expected));
        let dates = format!("{} – {}{to}", span.from, end.trim());
        writeln!(out, "{sign} {dates:<38} {}", span.title.ru)?;
    }
    for child in &line.unborn {
        writeln!(out, "~ {} – {}  {}", child.conceived, child.born, child.run)?;
    }
    Ok(())
}
