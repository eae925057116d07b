//! Conditions that can never hold, and those that always do.
use super::{Catalogue, Condition, Problem, Situation, Step, Trigger};
use crate::expression::{
    Expression, Impossible, Marker, Node, OUTCOMES, Range, Read, STATES, possible,
};
use crate::source::FieldType;
use std::collections::BTreeSet;

/// Nobody has lived longer: the greatest age that is known is 122 years.
const OLDEST: f64 = 130.0;

impl Catalogue {
    /// Triggers, forks, ends and steps whose conditions say nothing, because no facts could make them different.
    pub fn fixed_conditions(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for situation in &self.situations {
            let mut look = Look {
                catalogue: self,
                situation,
                problems: &mut problems,
            };
            look.situation();
        }
        problems
    }

    /// A read as people write it.
    fn name_of(&self, read: &Read) -> String {
        let kind = |place: &usize| self.kinds[*place].name.as_str();
        match read {
            Read::Field {
                kind: of, field, ..
            } => format!("{}.{field}", kind(of)),
            Read::At { kind: of } => format!("{}.at", kind(of)),
            Read::Age { calendar_year, .. } if *calendar_year => "person.age_year".into(),
            Read::Age { .. } => "person.age".into(),
            Read::Event { field } => format!("event.{field}"),
            Read::EventAt => "event.at".into(),
            Read::EventKind => "event.kind".into(),
            Read::RunDays => "run.days".into(),
            Read::RunWeeks => "run.weeks".into(),
            Read::Now => "now".into(),
            Read::Parameter(place) => format!("params.{}", self.parameters[*place]),
            Read::Active(name) => format!("active('{name}')"),
            Read::StepState(step) => format!("steps.{step}.state"),
            Read::StepOutcome(step) => format!("steps.{step}.outcome"),
            Read::Anchor(_) => "this anchor".into(),
            Read::Marker(_) => "this part of the marker".into(),
        }
    }
}

struct Look<'a> {
    catalogue: &'a Catalogue,
    situation: &'a Situation,
    problems: &'a mut Vec<Problem>,
}

impl Look<'_> {
    fn situation(&mut self) {
        let situation = self.situation;
        for trigger in &situation.triggers {
            self.judge("trigger", "the trigger", &trigger.when, &[]);
        }
        for end in &situation.ends {
            self.judge("ends", "the end", std::slice::from_ref(end), &[]);
        }
        for step in &situation.steps {
            self.step(step, &[]);
        }
        for fork in &situation.forks {
            let id = fork.of.fork.as_str();
            let near = format!("id: {id}");
            self.judge(&near, &format!("the fork “{id}”"), &fork.when, &[]);
            for step in fork.adds.iter().chain(&fork.replaces) {
                self.step(step, &fork.when);
            }
        }
    }

    fn step(&mut self, step: &Step, given: &[Condition]) {
        let id = step.of.step.as_str();
        let near = format!("id: {id}");
        self.judge(&near, &format!("the step “{id}”"), &step.when, given);
        if let Some(done) = &step.done {
            let what = format!("what says that “{id}” is done");
            self.alone(&near, &what, done);
        }
    }

    /// All of them together beside what is given, and each for itself.
    fn judge(&mut self, near: &str, what: &str, when: &[Condition], given: &[Condition]) {
        let together: Vec<(&Node, bool)> = when
            .iter()
            .chain(given)
            .map(|one| (&one.expression.node, true))
            .collect();
        let before = self.problems.len();
        for one in when {
            self.alone(near, what, &one.expression);
        }
        if self.problems.len() == before
            && !when.is_empty()
            && let Err(why) = possible(&together, &|read| self.range(read))
        {
            let near = [near, &when[0].expression.source].join("\n");
            self.never(near, what, why);
        }
    }

    fn alone(&mut self, near: &str, what: &str, one: &Expression) {
        let near = [near, &one.source].join("\n");
        let range = |read: &Read| self.range(read);
        if let Err(why) = possible(&[(&one.node, true)], &range) {
            self.never(near, what, why);
        } else if !says_it_is_there(&one.node) && possible(&[(&one.node, false)], &range).is_err() {
            let text = format!("{what} has a condition that always holds: “{}”", one.source);
            self.say(near, text);
        }
    }

    fn never(&mut self, near: String, what: &str, why: Impossible) {
        let why = match why {
            Impossible::Plainly => "it is plainly false".to_owned(),
            Impossible::NoValueOf(read) => {
                format!("no value of {} fits", self.catalogue.name_of(&read))
            }
            Impossible::Both => "the same would have to hold and not to hold".to_owned(),
        };
        self.say(near, format!("{what} can never hold: {why}"));
    }

    fn say(&mut self, near: String, text: String) {
        self.problems.push(Problem {
            file: format!("situations/{}.yaml", self.situation.key),
            near,
            text,
        });
    }

    fn range(&self, read: &Read) -> Range {
        let words = |words: &[&str]| Range::Words(words.iter().map(ToString::to_string).collect());
        let number = |least, whole| Range::Number {
            least,
            most: None,
            whole,
        };
        match read {
            Read::Field { kind, field, .. } => {
                match self.catalogue.kinds[*kind].fields.get(field) {
                    Some((field, _)) => range_of(field),
                    None => Range::Text,
                }
            }
            Read::Event { field } => self.event(field),
            Read::EventKind => {
                let kinds = self.kinds();
                let names = kinds
                    .iter()
                    .map(|kind| self.catalogue.kinds[*kind].name.clone());
                Range::Words(names.collect())
            }
            Read::At { .. } | Read::EventAt | Read::Now | Read::Anchor(_) => Range::Time,
            Read::Age { .. } => Range::Number {
                least: Some(0.0),
                most: Some(OLDEST),
                whole: true,
            },
            Read::RunDays | Read::RunWeeks => number(None, true),
            Read::Parameter(_) => number(None, false),
            Read::Active(_) => Range::Bool,
            Read::StepState(step) => {
                let never_late = self.never_late(step);
                let states = STATES
                    .iter()
                    .filter(|state| !(never_late && **state == "overdue"));
                Range::Words(states.map(ToString::to_string).collect())
            }
            Read::StepOutcome(_) => words(&OUTCOMES),
            Read::Marker(what) => match what {
                Marker::Limit | Marker::Ratio | Marker::Value => number(Some(0.0), false),
                Marker::Growth => number(None, false),
                _ => Range::Bool,
            },
        }
    }

    fn kinds(&self) -> BTreeSet<usize> {
        let triggers: &[Trigger] = &self.situation.triggers;
        triggers
            .iter()
            .flat_map(|trigger| trigger.kinds.iter().copied())
            .collect()
    }

    /// A field that several kinds have may hold what any of them allows.
    fn event(&self, field: &str) -> Range {
        let kinds = self.kinds();
        let known = kinds
            .iter()
            .filter_map(|kind| self.catalogue.kinds[*kind].fields.get(field));
        let ranges = known.map(|(field, _)| range_of(field));
        ranges
            .reduce(|one, other| match (one, other) {
                (Range::Words(mut one), Range::Words(other)) => {
                    one.extend(other);
                    Range::Words(one)
                }
                (one, _) => one,
            })
            .unwrap_or(Range::Text)
    }

    /// A step without a last day is never called overdue, and no news is.
    fn never_late(&self, step: &str) -> bool {
        let mut steps = self.situation.steps.iter();
        let step = steps.find(|known| known.of.step.as_str() == step);
        step.is_some_and(|step| step.window.to.is_none() || step.passes())
    }
}

/// One comparison says at least that the fact is there, and gives the reason its words. An age is always there.
fn says_it_is_there(node: &Node) -> bool {
    let told = |read: &Node| matches!(read, Node::Read(read) if !matches!(read, Read::Age { .. }));
    match node {
        Node::Compare(_, left, _) | Node::In(left, _) => told(left),
        _ => false,
    }
}

fn range_of(field: &FieldType) -> Range {
    match field {
        FieldType::Bool => Range::Bool,
        FieldType::Number | FieldType::Quantity(_) => Range::Number {
            least: None,
            most: None,
            whole: false,
        },
        FieldType::Text => Range::Text,
        FieldType::Enum(values) => Range::Words(values.clone()),
        FieldType::Date | FieldType::Moment => Range::Time,
    }
}
