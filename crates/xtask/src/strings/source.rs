//! Sources as a reader of code sees them: without comments, without the tests at the end of a Rust file, and with
//! what stands in quotes told from the code around it.

use std::fs;
use std::path::Path;

use anyhow::Result;

const ENDINGS: [&str; 5] = ["rs", "ts", "svelte", "js", "html"];

/// A source file of the project, by its path from the root.
pub struct File {
    pub name: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Whether it stood in quotes; these are left out.
    pub literal: bool,
    pub text: &'a str,
    /// Where in the file it begins.
    start: usize,
}

impl Piece<'_> {
    /// The line of a place in this piece.
    pub fn line(&self, file: &str, place: usize) -> usize {
        let before = file.get(..self.start + place).unwrap_or(file);
        1 + before.matches('\n').count()
    }
}

/// Every source below a folder; what is generated follows from others.
pub fn files(root: &Path, folder: &str) -> Result<Vec<File>> {
    let mut found = Vec::new();
    walk(root, &root.join(folder), &mut found)?;
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<File>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "generated") {
                walk(root, &path, found)?;
            }
        } else if path
            .extension()
            .is_some_and(|extension| ENDINGS.iter().any(|ending| extension == *ending))
        {
            let name = path.strip_prefix(root).unwrap_or(&path);
            found.push(File {
                name: name.display().to_string(),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}

impl File {
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let text = self.text.as_str();
        match self.name.rsplit('.').next() {
            Some("rs") => Reader::of(text, 0, before_tests(text)).rust(),
            Some("svelte" | "html") => Reader::of(text, 0, text.len()).svelte(),
            _ => Reader::of(text, 0, text.len()).script(),
        }
    }
}

/// Tests stand last; clippy sees to it.
fn before_tests(text: &str) -> usize {
    text.find("\n#[cfg(test)]\nmod tests {")
        .unwrap_or(text.len())
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Where the code began that is being read.
    from: usize,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str, from: usize, end: usize) -> Self {
        Self {
            text,
            at: from,
            end,
            from,
            pieces: Vec::new(),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn push(&mut self, literal: bool, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        if literal || !text.is_empty() {
            self.pieces.push(Piece {
                literal,
                text,
                start,
            });
        }
    }

    fn skip(&mut self, length: usize) {
        self.push(false, self.from, self.at);
        self.at = self.end.min(self.at + length);
        self.from = self.at;
    }

    /// What stands between two quotes, by the lengths of the three.
    fn literal(&mut self, open: usize, inside: usize, close: usize) {
        self.skip(open);
        self.push(true, self.at, self.end.min(self.at + inside));
        self.at = self.end.min(self.at + inside + close);
        self.from = self.at;
    }

    fn done(mut self) -> Vec<Piece<'a>> {
        self.push(false, self.from, self.end);
        self.pieces
    }

    fn rust(mut self) -> Vec<Piece<'a>> {
        while self.at < self.end {
            let rest = self.rest();
            if rest.starts_with("//") {
                self.skip(line(rest));
            } else if rest.starts_with("/*") {
                self.skip(block(rest));
            } else if let Some((open, close)) = raw(rest) {
                let inside = rest[open..].find(&close).unwrap_or(rest.len() - open);
                self.literal(open, inside, close.len());
            } else if let Some(inside) = rest.strip_prefix('"') {
                self.literal(1, until(inside, '"'), 1);
            } else if let Some(length) = character(rest) {
                self.at += length;
            } else if rest.starts_with(is_word) {
                // A word whole, so that an `r` at its end opens nothing.
                self.at += rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            } else {
                self.step();
            }
        }
        self.done()
    }

    fn script(mut self) -> Vec<Piece<'a>> {
        // How deep in braces each template that is being filled in is.
        let mut templates: Vec<usize> = Vec::new();
        while self.at < self.end {
            let rest = self.rest();
            let first = rest.chars().next().unwrap_or_default();
            match first {
                '/' if rest.starts_with("//") => self.skip(line(rest)),
                '/' if rest.starts_with("/*") => {
                    self.skip(rest.find("*/").map_or(rest.len(), |end| end + 2));
                }
                '/' if self.begins_expression() => self.at += regex(rest),
                '"' | '\'' => {
                    let inside = until(&rest[1..line(rest)], first);
                    self.literal(1, inside, 1);
                }
                '`' => self.template(&mut templates),
                '{' => {
                    if let Some(depth) = templates.last_mut() {
                        *depth += 1;
                    }
                    self.at += 1;
                }
                '}' => match templates.last_mut() {
                    Some(0) => {
                        templates.pop();
                        self.template(&mut templates);
                    }
                    Some(depth) => {
                        *depth -= 1;
                        self.at += 1;
                    }
                    None => self.at += 1,
                },
                _ => self.step(),
            }
        }
        self.done()
    }

    /// From the quote, or from the brace that ends what is filled in, to the next of either.
    fn template(&mut self, templates: &mut Vec<usize>) {
        let rest = &self.rest()[1..];
        let end = until(rest, '`');
        match rest[..end].find("${") {
            Some(filled) => {
                self.literal(1, filled, 2);
                templates.push(0);
            }
            None => self.literal(1, end, 1),
        }
    }

    /// Whether a value may stand here, so that a slash opens a pattern and divides nothing.
    fn begins_expression(&self) -> bool {
        let before = self.text.get(self.from..self.at).unwrap_or_default();
        let before = before.trim_end();
        before.ends_with("return")
            || before
                .chars()
                .next_back()
                .is_none_or(|c| "(,=:[!&|?{;>+".contains(c))
    }

    fn svelte(mut self) -> Vec<Piece<'a>> {
        while self.at < self.end {
            let rest = self.rest();
            if rest.starts_with("<!--") {
                self.skip(rest.find("-->").map_or(rest.len(), |end| end + 3));
            } else if rest.starts_with("<script") {
                let begin = rest.find('>').map_or(rest.len(), |end| end + 1);
                let end = rest.find("</script").unwrap_or(rest.len()).max(begin);
                self.skip(begin);
                let inside = Reader::of(self.text, self.at, self.at + end - begin).script();
                self.pieces.extend(inside);
                self.at += end - begin;
                self.from = self.at;
            } else if rest.starts_with("/*") {
                self.skip(rest.find("*/").map_or(rest.len(), |end| end + 2));
            } else {
                self.step();
            }
        }
        self.done()
    }
}

fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// A comment of Rust may hold others.
fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        let (opens, closes) = (here.starts_with("/*"), here.starts_with("*/"));
        if opens {
            depth += 1;
        } else if closes {
            depth -= 1;
        }
        at += if opens || closes {
            2
        } else {
            here.chars().next().map_or(1, char::len_utf8)
        };
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of what opens a raw string, and what closes it.
fn raw(rest: &str) -> Option<(usize, String)> {
    let inner = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    let after = inner.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let opens = after[hashes..].starts_with('"');
    let open = rest.len() - after.len() + hashes + 1;
    opens.then(|| (open, format!("\"{}", "#".repeat(hashes))))
}

/// The length up to a quote that no backslash takes its meaning.
fn until(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        if !escaped && c == quote {
            return at;
        }
        escaped = !escaped && c == '\\';
    }
    rest.len()
}

/// The length of `'x'` or `'\n'`; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let mut chars = inside.chars();
    let first = chars.next()?;
    if first == '\\' {
        return Some(until(inside, '\'') + 2);
    }
    (chars.next()? == '\'').then_some(first.len_utf8() + 2)
}

/// The length of a pattern; a slash in brackets does not end it.
fn regex(rest: &str) -> usize {
    let (mut escaped, mut bracket) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            '/' if !bracket => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> (String, Vec<String>) {
        let file = File {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let pieces = file.pieces();
        let of = |literal| pieces.iter().filter(move |it| it.literal == literal);
        (
            of(false).map(|it| it.text).collect(),
            of(true).map(|it| it.text.to_owned()).collect(),
        )
    }

    #[test]
    fn comments_of_rust_are_left_out_wherever_they_stand() {
        let (code, literals) = read("a.rs", "a // b \"c\"\n/* d /* e */ f */g(\"h // i\")\n");
        assert_eq!(code, "a \ng()\n");
        assert_eq!(literals, ["h // i"]);
    }

    #[test]
    fn quotes_of_rust_are_told_from_characters_lifetimes_and_words() {
        let text =
            "fn a<'a>(b: &'a str) { ('\"', '\\'', \"c\\\"d\", r#\"e\"f\"#, br\"g\", r#for, bar) }";
        let (code, literals) = read("a.rs", text);
        assert_eq!(literals, ["c\\\"d", "e\"f", "g"]);
        assert!(code.contains("fn a<'a>(b: &'a str)") && code.ends_with("r#for, bar) }"));
    }

    #[test]
    fn the_tests_of_a_rust_file_are_left_out() {
        let (code, literals) = read("a.rs", "a\n#[cfg(test)]\nmod tests {\n\"b\" }\n");
        assert_eq!((code.as_str(), literals.len()), ("a", 0));
    }

    #[test]
    fn templates_of_a_script_hold_code_that_may_hold_templates() {
        let (code, literals) = read("a.ts", "x(`a${b({ c: `d${e}` })}f`); // g");
        assert_eq!(literals, ["a", "d", "", "f"]);
        assert_eq!(code, "x(b({ c: e })); ");
    }

    #[test]
    fn a_pattern_of_a_script_opens_no_quotes() {
        let (code, literals) = read("a.ts", "x.replace(/[\"`/]/g, 'a') / 2 // b\ny / 'c' / z");
        assert_eq!(literals, ["a", "c"]);
        assert!(code.ends_with("y /  / z"), "{code}");
    }

    #[test]
    fn a_component_is_markup_around_a_script() {
        let text = "<script lang=\"ts\">\n  // a\n  let b = 'c';\n</script>\n<!-- d -->\n<p>http://e</p>\n<style>/* f */ p {}</style>";
        let (code, literals) = read("A.svelte", text);
        assert_eq!(literals, ["c"]);
        assert!(code.contains("http://e") && code.contains("p {}"));
        assert!(!code.contains("// a") && !code.contains('d') && !code.contains('f'));
    }
}
