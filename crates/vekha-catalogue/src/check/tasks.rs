//! City tasks: texts, services, prices, and what they point to.
use super::words::Page;
use std::collections::BTreeSet;
use vekha_lifepath::Problem;
use vekha_lifepath::source::{Source, TaskSource, TasksSource};
use vekha_model::ConsentClass;

/// Without a parent's consent nobody under this age works (ТК РФ ст. 63).
const ADULT: u8 = 18;

pub fn tasks(source: &Source, of: &TasksSource, problems: &mut Vec<Problem>) {
    let mut look = Look {
        source,
        of,
        page: Page {
            file: "tasks.yaml",
            problems,
        },
    };
    look.rules();
    look.lists();
    look.page.twice("task", of.tasks.iter().map(|one| &one.id));
    for task in &of.tasks {
        look.task(task);
    }
}

struct Look<'a> {
    source: &'a Source,
    of: &'a TasksSource,
    page: Page<'a>,
}

impl Look<'_> {
    fn rules(&mut self) {
        let of = self.of;
        let basis = &of.pay_basis;
        let amounts = [
            &of.contract.purchase_limit,
            &of.contract.tax,
            &basis.floor,
            &basis.by_hand.0,
            &basis.by_hand.1,
            &basis.skilled.0,
            &basis.skilled.1,
            &of.fair_play.share_cap,
        ];
        for amount in amounts {
            let name = amount.strip_prefix("params.");
            if !name.is_some_and(|name| self.source.parameters.contains_key(name)) {
                self.page
                    .say(amount, format!("“{amount}” is not in parameters.yaml"));
            }
        }
        let rules = of.contract.rules.iter().chain(&of.fair_play.rules);
        for rule in rules {
            self.page.text("rules:", "a rule", rule);
        }
        self.page
            .span("dispute:", "the time of a dispute", &of.dispute.within);
        self.step("dispute:", "a dispute", &of.dispute.step);
        for rule in &of.before_accept {
            let (near, what) = (
                format!("id: {}", rule.id),
                format!("the rule “{}”", rule.id),
            );
            self.page.words(&near, &what, &rule.ru, &rule.en);
            if let Some(step) = &rule.step {
                self.step(&near, &what, step);
            }
            if let Some(fact) = rule.fact.as_ref().filter(|fact| !self.knows(fact)) {
                self.page.say(
                    &near,
                    format!("{what} reads “{fact}”, which is not in the facts vocabulary"),
                );
            }
        }
    }

    fn lists(&mut self) {
        let of = self.of;
        for one in of.never.iter().chain(&of.proofs) {
            self.page.words(
                &format!("id: {}", one.id),
                &format!("“{}”", one.id),
                &one.ru,
                &one.en,
            );
        }
        for one in &of.clearances {
            let (near, what) = (
                format!("id: {}", one.id),
                format!("the clearance “{}”", one.id),
            );
            self.page.words(&near, &what, &one.ru, &one.en);
            if let Some(step) = &one.step {
                self.step(&near, &what, step);
            }
        }
        let states: BTreeSet<&String> = of.states.iter().map(|state| &state.id).collect();
        for state in &of.states {
            let (near, what) = (
                format!("id: {}", state.id),
                format!("the state “{}”", state.id),
            );
            self.page.words(&near, &what, &state.ru, &state.en);
            if let Some(within) = &state.within {
                self.page.span(&near, &what, within);
            }
            let named = state.after.iter().chain(&state.otherwise);
            for other in named.filter(|other| !states.contains(other)) {
                self.page
                    .say(&near, format!("{what} names “{other}”, which is no state"));
            }
            self.proofs(&near, &what, &state.proof);
        }
    }

    fn task(&mut self, of: &TaskSource) {
        let near = format!("id: {}", of.id);
        let what = format!("the task “{}”", of.id);
        let texts = [
            ("title", &of.title),
            ("does", &of.does),
            ("accept", &of.accept),
        ];
        let more = [("tools", &of.tools), ("privacy", &of.privacy)];
        let more = more
            .into_iter()
            .filter_map(|(part, text)| Some((part, text.as_ref()?)));
        for (part, text) in texts.into_iter().chain(more) {
            self.page.text(&near, &format!("{what}, “{part}”"), text);
        }
        for service in std::iter::once(&of.orders).chain(&of.owner) {
            if !self.source.services.contains_key(service) {
                self.page.say(
                    &near,
                    format!("{what} names the service “{service}”, which is not in services.yaml"),
                );
            }
        }
        if !(0.0 < of.pay.min && of.pay.min <= of.pay.max) {
            self.page.say(
                &near,
                format!("{what} pays from {} to {}", of.pay.min, of.pay.max),
            );
        }
        if self
            .source
            .header
            .checked
            .is_some_and(|checked| of.pay.from > checked)
        {
            self.page.say(
                &near,
                format!(
                    "{what} has a price from {}, after the catalogue was checked",
                    of.pay.from
                ),
            );
        }
        if of.age.from < ADULT && of.age.consent != Some(ConsentClass::C3) {
            self.page.say(
                &near,
                format!(
                    "{what} is open from {} and does not ask for the parents' consent C3",
                    of.age.from
                ),
            );
        }
        let clearances: BTreeSet<&String> = self.of.clearances.iter().map(|one| &one.id).collect();
        for one in of.clearance.iter().filter(|one| !clearances.contains(one)) {
            self.page.say(
                &near,
                format!("{what} asks for the clearance “{one}”, which is none"),
            );
        }
        self.proofs(&near, &what, &of.proof);
        let after = of.recheck.as_ref().map(|recheck| &recheck.after);
        let spans = [&of.keep, &of.warranty].into_iter().flatten().chain(after);
        let takes = of.takes.iter().flat_map(|(from, to)| [from, to]);
        for span in spans.chain(takes).chain([&of.accept_within]) {
            self.page.span(&near, &what, span);
        }
    }

    fn proofs(&mut self, near: &str, what: &str, proofs: &[String]) {
        for proof in proofs {
            if !self.of.proofs.iter().any(|known| known.id == *proof) {
                self.page.say(
                    near,
                    format!("{what} is shown by “{proof}”, which is not among the proofs"),
                );
            }
        }
    }

    /// `<situation>.<step>`, also one that a fork brings.
    fn step(&mut self, near: &str, what: &str, path: &str) {
        let found = path.split_once('.').is_some_and(|(situation, step)| {
            let of = self
                .source
                .situations
                .iter()
                .find(|one| one.id == situation);
            of.is_some_and(|of| {
                let added = of.forks.iter().flat_map(|fork| &fork.adds);
                of.steps.iter().chain(added).any(|one| one.id == step)
            })
        });
        if !found {
            self.page.say(
                near,
                format!("{what} points to the step “{path}”, which the catalogue does not hold"),
            );
        }
    }

    /// A kind, or a field of one.
    fn knows(&self, fact: &str) -> bool {
        let facts = &self.source.facts;
        facts.contains_key(fact)
            || fact.rsplit_once('.').is_some_and(|(kind, field)| {
                facts
                    .get(kind)
                    .is_some_and(|kind| kind.fields.contains_key(field))
            })
    }
}
