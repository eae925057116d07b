use super::input::{catalogue_in, facts_in};
use super::output::date;
use crate::cases::word;
use crate::explain::{Behind, Explanation, Fork, Moved, NotBegun, Reason, Run, Step, explain};
use serde_json::Value;
use std::io::{self, Write};
use std::path::Path;
use vekha_model::{Moment, Truth};

pub fn run(
    step: &str,
    dir: Option<&Path>,
    facts: &Path,
    now: Moment,
    json: bool,
) -> Result<bool, String> {
    let facts = facts_in(facts)?;
    let catalogue = catalogue_in(dir)?;
    let explanation = explain(&catalogue, &facts, now, step).map_err(|error| error.to_string())?;
    let mut out = io::stdout().lock();
    let written = if json {
        let text = serde_json::to_string_pretty(&explanation).map_err(|error| error.to_string())?;
        writeln!(out, "{text}")
    } else {
        print(&explanation, &mut out)
    };
    written.map_err(|error| error.to_string())?;
    Ok(true)
}

fn print(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    for run in &explanation.runs {
        print_run(run, out)?;
    }
    for of in &explanation.not_begun {
        print_not_begun(of, out)?;
    }
    Ok(())
}

fn print_run(run: &Run, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} · {} · {} {} · {}",
        run.id,
        word(&run.state),
        run.anchor.code,
        run.anchor.at,
        run.title.ru
    )?;
    print_reasons("  ", &run.trigger, out)?;
    for step in &run.steps {
        print_step(step, out)?;
    }
    if run.steps.is_empty() {
        writeln!(out, "  The step is not in this run.")?;
    }
    for fork in &run.forks {
        print_fork(fork, out)?;
    }
    Ok(())
}

fn print_step(step: &Step, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "  {} · {} · {}",
        step.id,
        word(&step.state),
        step.title.ru
    )?;
    writeln!(out, "    from {} to {}", date(step.opens), date(step.due))?;
    if let Some(window) = &step.window {
        let from = &window.from;
        let bound = |bound: &Option<String>| bound.clone().unwrap_or_else(|| "—".to_owned());
        write!(
            out,
            "    counted from {} ({}, {}): opens {}, closes {}",
            from.at,
            from.anchor,
            from.text.ru,
            bound(&window.opens),
            bound(&window.closes)
        )?;
        match &window.every {
            Some(every) => writeln!(out, ", again every {every}")?,
            None => writeln!(out)?,
        }
        match (window.moved, window.last) {
            (Some(Moved::NextWorkingDay), Some(last)) => {
                writeln!(
                    out,
                    "    {last} is not a working day: moved to the next one"
                )?;
            }
            (Some(Moved::EndOfItsYear), Some(last)) => {
                writeln!(out, "    {last} lies outside its year: closes with it")?;
            }
            _ => {}
        }
    }
    print_reasons("    ", &step.why, out)?;
    for missing in &step.missing {
        let field = missing.field.as_ref().map(|field| format!(", “{field}”"));
        writeln!(
            out,
            "    waits for {}{}",
            missing.kind,
            field.unwrap_or_default()
        )?;
    }
    Ok(())
}

fn print_fork(fork: &Fork, out: &mut impl Write) -> io::Result<()> {
    let touch: Vec<String> = fork.touch.iter().map(word).collect();
    let since = fork.since.map(|since| format!(" since {since}"));
    writeln!(
        out,
        "  {} fork {} ({}){} · {}",
        mark(fork.taken),
        fork.fork,
        touch.join(", "),
        since.unwrap_or_default(),
        fork.text.ru
    )?;
    print_reasons("      ", &fork.why, out)
}

fn print_reasons(indent: &str, reasons: &[Reason], out: &mut impl Write) -> io::Result<()> {
    for reason in reasons {
        let words = if reason.text.ru.is_empty() {
            &reason.expression
        } else {
            &reason.text.ru
        };
        writeln!(out, "{indent}{} {words}", mark(reason.truth))?;
        for fact in &reason.facts {
            writeln!(out, "{indent}    {}", behind(fact))?;
        }
    }
    Ok(())
}

fn print_not_begun(of: &NotBegun, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} · not begun · {}", of.situation, of.title.ru)?;
    let begins = of.begins_with.join(" or ");
    if !begins.is_empty() {
        writeln!(out, "  No fact says {begins}.")?;
    }
    if !of.started_by.is_empty() {
        writeln!(out, "  No fork {} was taken.", of.started_by.join(" or "))?;
    }
    Ok(())
}

fn mark(truth: Truth) -> char {
    match truth {
        Truth::Yes => '✓',
        Truth::No => '✗',
        Truth::Unknown => '?',
    }
}

/// `lab.result f1 2026-11-23T10:00+03:00 laboratory: value 12 ng/mL`.
fn behind(fact: &Behind) -> String {
    let name = &fact.source.name.ru;
    let source = match name.is_empty() {
        true => word(&fact.source.kind),
        false => format!("{} «{name}»", word(&fact.source.kind)),
    };
    let fields: Vec<String> = fact
        .fields
        .iter()
        .map(|(name, value)| format!("{name} {}", value_in_words(value)))
        .collect();
    format!(
        "{} {} {}, {source}: {}",
        fact.kind,
        fact.id,
        fact.at,
        fields.join(", ")
    )
}

fn value_in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(quantity) => match (quantity.get("value"), quantity.get("unit")) {
            (Some(value), Some(Value::String(unit))) => format!("{value} {unit}"),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
