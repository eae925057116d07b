//! What an expression can ever be, whatever the facts.
//!
//! An expression that has to be yes (or no) is taken apart into branches of bare statements, each about one read: a
//! comparison with a constant, `in`, `known()`, a yes or no. A branch is possible when every read has a value, or lacks one,
//! that fits all statements about it. Whatever compares two reads, or calculates, is taken as able to be either. So what is
//! called impossible is; what is called possible may still not be.
use super::{Node, Read, Reader, Value, truth};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeSet;
use vekha_model::Truth;

/// The values a read may have.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    Bool,
    Words(Vec<String>),
    /// Of whole numbers, not below the least and not above the most, where those are known.
    Number {
        least: Option<f64>,
        most: Option<f64>,
        whole: bool,
    },
    Text,
    Time,
}

/// More branches than this are not looked at: such an expression is taken as possible.
const BRANCHES: usize = 20_000;

/// Why something is impossible.
#[derive(Debug, Clone, PartialEq)]
pub enum Impossible {
    /// A constant says so.
    Plainly,
    /// No value of this read fits.
    NoValueOf(Read),
    /// The same statement would have to hold and not to hold.
    Both,
}

/// Whether all of them can be as wanted at once.
pub fn possible(
    wanted: &[(&Node, bool)],
    range: &dyn Fn(&Read) -> Range,
) -> Result<(), Impossible> {
    let mut search = Search {
        range,
        branches: 0,
        why: None,
    };
    if search.branch(wanted.to_vec(), Vec::new()) || search.branches >= BRANCHES {
        return Ok(());
    }
    Err(search.why.unwrap_or(Impossible::Plainly))
}

type Wanted<'n> = (&'n Node, bool);

struct Search<'s> {
    range: &'s dyn Fn(&Read) -> Range,
    branches: usize,
    why: Option<Impossible>,
}

impl Search<'_> {
    /// Takes statements off `open` until only bare ones are left.
    fn branch<'n>(&mut self, mut open: Vec<Wanted<'n>>, mut bare: Vec<Wanted<'n>>) -> bool {
        while let Some((node, wanted)) = open.pop() {
            match (node, wanted) {
                (Node::Not(inner), wanted) => open.push((&**inner, !wanted)),
                (Node::And(a, b), true) | (Node::Or(a, b), false) => {
                    open.extend([(&**a, wanted), (&**b, wanted)]);
                }
                (Node::Or(a, b), true) | (Node::And(a, b), false) => {
                    return [a, b].into_iter().any(|side| {
                        let mut open = open.clone();
                        open.push((&**side, wanted));
                        self.branch(open, bare.clone())
                    });
                }
                (Node::If(condition, yes, no), wanted) => {
                    return [(yes, true), (no, false)].into_iter().any(|(side, holds)| {
                        let mut open = open.clone();
                        open.extend([(&**condition, holds), (&**side, wanted)]);
                        self.branch(open, bare.clone())
                    });
                }
                bare_one => bare.push(bare_one),
            }
        }
        self.branches += 1;
        if self.branches >= BRANCHES {
            return false;
        }
        match self.fits(&bare) {
            Ok(()) => true,
            Err(why) => {
                self.why.get_or_insert(why);
                false
            }
        }
    }

    fn fits(&self, bare: &[Wanted<'_>]) -> Result<(), Impossible> {
        for (node, wanted) in bare {
            let Some(of) = Subject::of(node) else {
                match node {
                    Node::Bool(value) if value != wanted => return Err(Impossible::Plainly),
                    _ if bare.contains(&(*node, !wanted)) => return Err(Impossible::Both),
                    _ => continue,
                }
            };
            let about_it: Vec<&Wanted<'_>> = bare
                .iter()
                .filter(|(other, _)| Subject::of(other).as_ref() == Some(&of))
                .collect();
            if !self.has_value(&of, &about_it) {
                return Err(Impossible::NoValueOf(of.read().clone()));
            }
        }
        Ok(())
    }

    fn has_value(&self, of: &Subject<'_>, statements: &[&Wanted<'_>]) -> bool {
        let mut constants = Vec::new();
        for (node, _) in statements {
            constants_in(node, &mut constants);
        }
        let range = match of {
            Subject::Read(read) => (self.range)(read),
            Subject::DaysSince(_) => Range::Number {
                least: None,
                most: None,
                whole: true,
            },
        };
        candidates(&range, &constants).iter().any(|candidate| {
            let guess = Guess(candidate.as_ref());
            statements.iter().all(|(node, wanted)| {
                let as_wanted = if *wanted { Truth::Yes } else { Truth::No };
                truth(node, &guess) == as_wanted
            })
        })
    }
}

/// What a bare statement is about.
#[derive(PartialEq)]
enum Subject<'n> {
    Read(&'n Read),
    DaysSince(&'n Read),
}

impl<'n> Subject<'n> {
    fn of(node: &'n Node) -> Option<Self> {
        match node {
            Node::Read(read) | Node::Known(read) => Some(Self::Read(read)),
            Node::Compare(_, a, b) if is_constant(b) => Self::value(a),
            Node::Compare(_, a, b) if is_constant(a) => Self::value(b),
            Node::In(item, list) if list.iter().all(is_constant) => Self::value(item),
            _ => None,
        }
    }

    fn value(node: &'n Node) -> Option<Self> {
        match node {
            Node::Read(read) => Some(Self::Read(read)),
            Node::DaysSince(read) => Some(Self::DaysSince(read)),
            _ => None,
        }
    }

    fn read(&self) -> &'n Read {
        match self {
            Self::Read(read) | Self::DaysSince(read) => read,
        }
    }
}

fn is_constant(node: &Node) -> bool {
    matches!(
        node,
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Day(_)
    )
}

fn constants_in<'n>(node: &'n Node, into: &mut Vec<&'n Node>) {
    match node {
        Node::Compare(_, a, b) => into.extend([&**a, &**b].into_iter().filter(|n| is_constant(n))),
        Node::In(_, list) => into.extend(list),
        _ => {}
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Candidate {
    Bool(bool),
    Number(f64),
    Text(String),
    Day(Date),
}

/// One value for everything that behaves alike beside the constants; `None` stands for what is not known.
fn candidates(range: &Range, constants: &[&Node]) -> Vec<Option<Candidate>> {
    let mut all = vec![None];
    match range {
        Range::Bool => all.extend([true, false].map(|one| Some(Candidate::Bool(one)))),
        Range::Words(words) => {
            let named = |word: &&String| {
                let mut texts = constants.iter();
                texts.any(|one| matches!(one, Node::Text(text) if text == *word))
            };
            let (named, other): (Vec<&String>, Vec<&String>) = words.iter().partition(named);
            let one_of_each = named.into_iter().chain(other.into_iter().take(1));
            all.extend(one_of_each.map(|word| Some(Candidate::Text(word.clone()))));
        }
        Range::Number { least, most, whole } => {
            let mut numbers: Vec<f64> = constants
                .iter()
                .filter_map(|one| match one {
                    Node::Number(number) => Some(*number),
                    _ => None,
                })
                .collect();
            numbers.push(least.unwrap_or(0.0));
            numbers.sort_by(f64::total_cmp);
            let between = numbers.windows(2).map(|two| (two[0] + two[1]) / 2.0);
            let around = numbers.iter().flat_map(|one| [one - 1.0, *one, one + 1.0]);
            let fits = |one: &f64| {
                least.is_none_or(|least| *one >= least)
                    && most.is_none_or(|most| *one <= most)
                    && !(*whole && one.fract() != 0.0)
            };
            let every: Vec<f64> = around.chain(between).filter(fits).collect();
            all.extend(every.into_iter().map(|one| Some(Candidate::Number(one))));
        }
        Range::Text => {
            let mut texts = BTreeSet::from([String::new(), "\u{10ffff}".to_owned()]);
            for one in constants {
                if let Node::Text(text) = one {
                    texts.extend([text.clone(), format!("{text}\u{0}")]);
                }
            }
            all.extend(texts.into_iter().map(|one| Some(Candidate::Text(one))));
        }
        Range::Time => {
            let mut days = BTreeSet::from([Date::constant(2000, 1, 1)]);
            for one in constants {
                if let Node::Day(day) = one {
                    let (before, after) = (day.checked_sub(1.day()), day.checked_add(1.day()));
                    days.extend([Ok(*day), before, after].into_iter().flatten());
                }
            }
            all.extend(days.into_iter().map(|one| Some(Candidate::Day(one))));
        }
    }
    all
}

/// Whatever is read has this value.
struct Guess<'g>(Option<&'g Candidate>);

impl Reader for Guess<'_> {
    fn read<'a>(&'a self, _: &'a Read) -> Option<Value<'a>> {
        self.0.map(|candidate| match candidate {
            Candidate::Bool(value) => Value::Bool(*value),
            Candidate::Number(value) => Value::Number(*value),
            Candidate::Text(text) => Value::Text(text),
            Candidate::Day(day) => Value::Day(*day),
        })
    }

    fn known(&self, _: &Read) -> Truth {
        match self.0 {
            Some(_) => Truth::Yes,
            None => Truth::No,
        }
    }

    fn days_since(&self, _: &Read) -> Option<f64> {
        match self.0 {
            Some(Candidate::Number(days)) => Some(*days),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Allowed, Names, compile};
    use crate::source::FieldType;
    use std::collections::BTreeMap;

    fn names() -> Names {
        let fields = BTreeMap::from([
            ("count".to_owned(), FieldType::Number),
            ("there".to_owned(), FieldType::Bool),
            ("name".to_owned(), FieldType::Text),
            ("day".to_owned(), FieldType::Date),
            (
                "colour".to_owned(),
                FieldType::Enum(["red", "green"].map(str::to_owned).to_vec()),
            ),
        ]);
        Names {
            kinds: BTreeMap::from([
                ("it".to_owned(), (0, fields)),
                ("person".to_owned(), (1, BTreeMap::new())),
            ]),
            ..Names::default()
        }
    }

    fn range(read: &Read) -> Range {
        match read {
            Read::Age { .. } => Range::Number {
                least: Some(0.0),
                most: Some(130.0),
                whole: true,
            },
            Read::Field { field, .. } => match field.as_str() {
                "count" => Range::Number {
                    least: None,
                    most: None,
                    whole: false,
                },
                "there" => Range::Bool,
                "day" => Range::Time,
                "colour" => Range::Words(["red", "green"].map(str::to_owned).to_vec()),
                _ => Range::Text,
            },
            _ => Range::Text,
        }
    }

    fn can_be(text: &str, wanted: bool) -> bool {
        let expression = compile(text, &names(), &Allowed::default()).unwrap();
        possible(&[(&expression.node, wanted)], &range).is_ok()
    }

    #[test]
    fn what_can_never_hold_is_found() {
        for text in [
            "false",
            "it.count > 5 && it.count < 3",
            "it.count > 5 && it.count <= 5",
            "it.count == 1 && it.count == 2",
            "it.count in [1, 2] && it.count > 2",
            "it.there && !it.there",
            "it.there == true && it.there == false",
            "it.there != true && it.there",
            "it.colour == 'red' && it.colour == 'green'",
            "it.colour != 'red' && it.colour != 'green'",
            "!(it.colour in ['red', 'green'])",
            "it.name == 'a' && it.name == 'b'",
            "it.name >= 'D' && it.name < 'C'",
            "it.day > date('2026-05-01') && it.day < date('2026-05-02')",
            "person.age > 17 && person.age < 18",
            "person.age < 0",
            "person.age > 200",
            "!known(it.count) && it.count > 1",
            "days_since(it.day) > 3 && days_since(it.day) < 2",
            "(it.count > 5 || it.colour == 'red') && it.count < 3 && it.colour == 'green'",
            "it.there ? it.count > 5 && it.count < 3 : it.there",
            "!(it.count <= 5 || it.count >= 3)",
            "it.count > person.age && !(it.count > person.age)",
        ] {
            assert!(!can_be(text, true), "{text}");
        }
    }

    #[test]
    fn what_always_holds_is_found() {
        for text in [
            "true",
            "it.count > 3 || it.count <= 3",
            "it.count >= 3 || it.count < 5",
            "it.colour in ['red', 'green']",
            "it.colour != 'red' || it.colour != 'green'",
            "known(it.day) || !known(it.day)",
            "person.age >= 0",
            "!(it.there && !it.there)",
        ] {
            assert!(!can_be(text, false), "{text}");
        }
    }

    #[test]
    fn what_may_hold_or_not_passes() {
        for text in [
            "it.count > 3 && it.count < 5",
            "it.count >= 5 && it.count <= 5",
            "it.count > 3 && it.count < 4",
            "it.colour == 'red'",
            "it.colour != 'red' && it.there",
            "it.name >= 'C00' && it.name < 'D10'",
            "it.name == 'a' || it.name == 'b'",
            "it.day >= date('2026-05-01') && it.day < date('2026-05-02')",
            "known(it.there) && it.there",
            "person.age >= 18",
            "it.count + 1.0 > 3.0",
            "it.count > person.age",
            "known(it.there) ? it.there : it.count > 1",
        ] {
            assert!(can_be(text, true), "{text} never holds");
            assert!(can_be(text, false), "{text} always holds");
        }
    }
}
