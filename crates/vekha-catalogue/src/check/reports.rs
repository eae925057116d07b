//! Report categories: texts, services, deadlines and the places they differ by.
use super::words::Page;
use vekha_lifepath::Problem;
use vekha_lifepath::source::{
    DeadlineSource, FieldSource, FieldType, PrioritySource, ReportSource, ReportsSource, Source,
};

pub fn reports(source: &Source, of: &ReportsSource, problems: &mut Vec<Problem>) {
    let mut look = Look {
        source,
        of,
        page: Page {
            file: "reports.yaml",
            problems,
        },
    };
    look.general();
    look.page
        .twice("report", of.reports.iter().map(|one| &one.id));
    for report in &of.reports {
        look.report(report);
    }
}

struct Look<'a> {
    source: &'a Source,
    of: &'a ReportsSource,
    page: Page<'a>,
}

impl Look<'_> {
    fn general(&mut self) {
        let of = self.of;
        for state in &of.lifecycle {
            let near = format!("id: {}", state.id);
            self.page.words(
                &near,
                &format!("the state “{}”", state.id),
                &state.ru,
                &state.en,
            );
        }
        for owner in &of.owners {
            self.page.text("owners:", "an owner", owner);
        }
        if of.duplicates.within_m <= 0.0 {
            self.page
                .say("duplicates:", "duplicates lie within no distance");
        }
        self.page
            .window("confirm:", "the confirmation", &of.confirm);
        let fallback = &of.fallback;
        for (name, one) in [
            ("ack", &fallback.ack),
            ("answer", &fallback.answer),
            ("most", &fallback.most),
        ] {
            let (near, what) = (
                format!("fallback:\n{name}:"),
                format!("the fallback “{name}”"),
            );
            self.page.window(&near, &what, &one.window);
            self.page.words(&near, &what, &one.ru, &one.en);
        }
        self.service("fallback:\nnext:", "the fallback", &fallback.next);
        let appeal = &of.appeal;
        for (name, window) in [
            ("register", &appeal.register),
            ("redirect", &appeal.redirect),
            ("answer", &appeal.answer),
        ] {
            self.page.window(
                &format!("appeal:\n{name}:"),
                &format!("the appeal's “{name}”"),
                window,
            );
        }
        self.page.span(
            "appeal:\nlonger:",
            "the longer time of an appeal",
            &appeal.longer.by,
        );
        self.page.words(
            "appeal:\nlonger:",
            "the longer time",
            &appeal.longer.ru,
            &appeal.longer.en,
        );
        self.page
            .text("appeal:\nidentified:", "an appeal", &appeal.identified);
        self.page
            .text("appeal:\nunidentified:", "a signal", &appeal.unidentified);
        for one in &of.escalation {
            self.priority("escalation:", "the escalation", one);
        }
        for (name, place) in &of.places {
            let near = format!("places:\n{name}:");
            self.page
                .words(&near, &format!("the places “{name}”"), &place.ru, &place.en);
            for (value, text) in &place.values {
                self.page
                    .text(&near, &format!("the value “{value}” of “{name}”"), text);
            }
        }
    }

    fn report(&mut self, of: &ReportSource) {
        let near = format!("id: {}", of.id);
        let what = |part: &str| format!("{part} of report “{}”", of.id);
        self.page.text(&near, &what("the title"), &of.title);
        self.service(&near, &format!("the report “{}”", of.id), &of.service);
        for (part, text) in [("the note", &of.note), ("the proof", &of.proof)] {
            if let Some(text) = text {
                self.page.text(&near, &what(part), text);
            }
        }
        for next in &of.next {
            match (&next.service, &next.name) {
                (Some(service), None) => self.service(&near, &what("the next holder"), service),
                (None, Some(name)) => self.page.text(&near, &what("the next holder"), name),
                _ => self.page.say(
                    &near,
                    format!(
                        "{} is a service or a name, one of the two",
                        what("the next holder")
                    ),
                ),
            }
            if let Some(window) = &next.window {
                self.page
                    .window(&near, &what("the window of the next holder"), window);
            }
        }
        if of.deadlines.is_empty() {
            self.page
                .say(&near, format!("the report “{}” has no deadline", of.id));
        }
        self.page.twice(
            &format!("deadline of “{}”", of.id),
            of.deadlines.iter().map(|one| &one.id),
        );
        for deadline in &of.deadlines {
            self.deadline(of, deadline);
        }
        for priority in &of.priority {
            self.priority(&near, &format!("the priority of “{}”", of.id), priority);
        }
        if let Some(fact) = &of.fact {
            for value in &fact.what {
                if !self.can_be(&fact.kind, value) {
                    self.page.say(
                        &near,
                        format!("the report “{}” becomes {}.what “{value}”, which the vocabulary does not know", of.id, fact.kind),
                    );
                }
            }
        }
        if of.only_numbers && of.emergency.is_empty() {
            self.page.say(
                &near,
                format!("the report “{}” only shows numbers and has none", of.id),
            );
        }
        if of.checked.is_some_and(|day| day > self.latest()) {
            self.page.say(
                &near,
                format!(
                    "the report “{}” was checked later than the catalogue",
                    of.id
                ),
            );
        }
    }

    /// Nothing was compared with the law after the catalogue was.
    fn latest(&self) -> jiff::civil::Date {
        let header = self.source.header.checked.unwrap_or(self.of.checked);
        header.max(self.of.checked)
    }

    fn deadline(&mut self, report: &ReportSource, of: &DeadlineSource) {
        let near = format!("id: {}\nid: {}", report.id, of.id);
        let what = format!("the deadline “{}” of “{}”", of.id, report.id);
        self.page.window(&near, &what, &of.window);
        if of.ru.is_empty() != of.en.is_empty() {
            self.page.words(&near, &what, &of.ru, &of.en);
        }
        if let Some(least) = &of.least {
            self.page
                .window(&near, &what, &(Some(least.clone()), of.window.1.clone()));
            if of.by.is_none() {
                self.page.say(
                    &near,
                    format!("{what} lies between two ends, and nobody sets it: say `by`"),
                );
            }
        }
        for (place, values) in &of.only {
            match self.of.places.get(place) {
                None => self.page.say(
                    &near,
                    format!("{what} is only for “{place}”, which is not among the places"),
                ),
                Some(known) => {
                    for value in values
                        .iter()
                        .filter(|value| !known.values.contains_key(*value))
                    {
                        self.page.say(
                            &near,
                            format!("{what} is only for “{value}”, which “{place}” does not know"),
                        );
                    }
                }
            }
        }
        if let Some((from, to)) = &of.hours {
            let hour = |text: &String| jiff::civil::Time::strptime("%H:%M", text).ok();
            if !matches!((hour(from), hour(to)), (Some(from), Some(to)) if from < to) {
                self.page.say(
                    &near,
                    format!("{what}: {from} to {to} are no hours of a day"),
                );
            }
        }
    }

    fn priority(&mut self, near: &str, what: &str, of: &PrioritySource) {
        let near = format!("{near}\nid: {}", of.id);
        let what = format!("{what} “{}”", of.id);
        self.page.words(&near, &what, &of.ru, &of.en);
        if let Some(to) = &of.to {
            self.service(&near, &what, to);
        }
        if let Some(window) = &of.window {
            self.page.window(&near, &what, window);
        }
        for span in of.after.iter().chain(&of.within) {
            self.page.span(&near, &what, span);
        }
        let number = |text: &String| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        for call in of.call.iter().filter(|call| !number(call)) {
            self.page.say(
                &near,
                format!("{what} rings “{call}”, which is no telephone number"),
            );
        }
    }

    fn service(&mut self, near: &str, what: &str, service: &str) {
        if !self.source.services.contains_key(service) {
            self.page.say(
                near,
                format!("{what} names the service “{service}”, which is not in services.yaml"),
            );
        }
    }

    fn can_be(&self, kind: &str, value: &str) -> bool {
        let field = self
            .source
            .facts
            .get(kind)
            .and_then(|kind| kind.fields.get("what"));
        match field.map(FieldSource::field_type) {
            Some(Ok(FieldType::Enum(values))) => values.iter().any(|one| one == value),
            Some(Ok(FieldType::Text)) => true,
            _ => false,
        }
    }
}
