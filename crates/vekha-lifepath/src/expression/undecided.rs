//! What an unknown answer still hangs on.
use super::{Node, Read, Reader, Value, truth, value};
use vekha_model::Truth;

/// The reads that could still change an unknown answer: beside a no nothing joined to it by *and* is asked, beside a yes
/// nothing joined by *or*.
pub fn undecided<'n, R: Reader>(node: &'n Node, from: &R, into: &mut Vec<&'n Read>) {
    match node {
        Node::And(a, b) | Node::Or(a, b) => {
            if truth(node, from) == Truth::Unknown {
                for side in [&**a, &**b] {
                    if truth(side, from) == Truth::Unknown {
                        undecided(side, from, into);
                    }
                }
            }
        }
        Node::Not(inner) => undecided(inner, from, into),
        Node::If(condition, yes, no) => match truth(condition, from) {
            // Whichever way it goes, what is open there matters too.
            Truth::Unknown => [condition, yes, no]
                .into_iter()
                .for_each(|part| undecided(part, from, into)),
            Truth::Yes => undecided(yes, from, into),
            Truth::No => undecided(no, from, into),
        },
        Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => {
            undecided(a, from, into);
            undecided(b, from, into);
        }
        Node::In(item, others) => {
            undecided(item, from, into);
            others.iter().for_each(|other| undecided(other, from, into));
        }
        Node::Read(read) | Node::DaysSince(read) => {
            // A value that lies between two limits is known only in part.
            let open = matches!(value(node, from), None | Some(Value::Between(..)));
            if open && !into.contains(&read) {
                into.push(read);
            }
        }
        Node::Known(_) | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Day(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    /// Knows parameters: 0 is no, 1 is yes, the others are unknown.
    struct FirstTwo;

    impl Reader for FirstTwo {
        fn read<'a>(&'a self, read: &'a Read) -> Option<Value<'a>> {
            match read {
                Read::Parameter(place) if *place < 2 => Some(Value::Bool(*place == 1)),
                _ => None,
            }
        }

        fn known(&self, read: &Read) -> Truth {
            match self.read(read) {
                Some(_) => Truth::Yes,
                None => Truth::No,
            }
        }

        fn days_since(&self, _: &Read) -> Option<f64> {
            None
        }
    }

    fn fact(place: usize) -> Box<Node> {
        Node::Read(Read::Parameter(place)).into()
    }

    fn asked(node: &Node) -> Vec<usize> {
        let mut reads = Vec::new();
        undecided(node, &FirstTwo, &mut reads);
        let place = |read: &&Read| match read {
            Read::Parameter(place) => *place,
            _ => usize::MAX,
        };
        reads.iter().map(place).collect()
    }

    const NOTHING: [usize; 0] = [];

    #[test]
    fn beside_a_no_nothing_is_asked_and_beside_a_yes_the_rest() {
        assert_eq!(asked(&Node::And(fact(0), fact(2))), NOTHING);
        assert_eq!(asked(&Node::And(fact(2), fact(0))), NOTHING);
        assert_eq!(asked(&Node::And(fact(1), fact(2))), [2]);
        assert_eq!(asked(&Node::And(fact(2), fact(3))), [2, 3]);
    }

    #[test]
    fn one_of_two_asks_only_where_the_other_is_not_yes() {
        assert_eq!(asked(&Node::Or(fact(1), fact(2))), NOTHING);
        assert_eq!(asked(&Node::Or(fact(0), fact(2))), [2]);
        let inner = Node::And(fact(0), fact(3));
        assert_eq!(asked(&Node::Or(fact(2), inner.into())), [2]);
    }

    #[test]
    fn a_choice_asks_what_it_depends_on_and_only_for_the_branch_it_takes() {
        assert_eq!(asked(&Node::If(fact(2), fact(3), fact(4))), [2, 3, 4]);
        assert_eq!(asked(&Node::If(fact(0), fact(3), fact(4))), [4]);
        let day = Node::Day(Date::constant(2026, 1, 1));
        let compared = Node::Compare(super::super::Comparison::Less, fact(2), day.into());
        assert_eq!(asked(&Node::Not(compared.into())), [2]);
    }
}
