//! `docs/commands.md` says what the code does: every command, everything it takes, the type it gives.

use std::{collections::BTreeSet, fs, path::Path};
use vekha_app::COMMANDS;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap()
}

/// Name, arguments and answer, as the generated types have them.
fn typed() -> Vec<(String, String, String)> {
    let text = read("ui/src/generated/commands.ts");
    let lines = text.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("  ")?.split_once(": [")?;
        let (args, answer) = rest.strip_suffix("];")?.split_once(", ")?;
        Some((name.to_owned(), args.to_owned(), answer.to_owned()))
    });
    lines.collect()
}

fn fields(args: &str) -> BTreeSet<String> {
    let text = read(&format!("ui/src/generated/{args}.ts"));
    let Some((_, body)) = text.split_once("= {") else {
        return BTreeSet::new();
    };
    let without_words: String = body
        .split("*/")
        .map(|part| part.split("/**").next().unwrap())
        .collect();
    let named = without_words.split([',', ';', '{', '}', '\n']);
    named
        .filter_map(|part| part.split_once(':'))
        .map(|(name, _)| name.trim().trim_end_matches('?').to_owned())
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .collect()
}

#[test]
fn every_command_is_documented_with_what_it_takes_and_gives() {
    let docs = read("docs/commands.md");
    let rows: Vec<Vec<&str>> = docs
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let typed = typed();
    let names: Vec<&str> = typed.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, COMMANDS);
    let documented: Vec<&str> = rows.iter().map(|row| row[1].trim_matches('`')).collect();
    assert_eq!(
        documented, COMMANDS,
        "the table lists the commands in their order"
    );
    for ((name, args, answer), row) in typed.iter().zip(&rows) {
        for field in fields(args) {
            assert!(
                row[2].contains(&format!("`{field}`")),
                "{name} takes `{field}`: {}",
                row[2]
            );
        }
        let plain = answer.replace("Array<", "").replace('>', "");
        assert!(row[3].contains(&plain), "{name} gives {answer}: {}", row[3]);
    }
}
