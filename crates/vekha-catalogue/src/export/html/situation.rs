//! The page of one situation.
use super::Look;
use super::condition::{conditions, row_of};
use super::drawing::drawing;
use super::page::frame;
use crate::explain::anchor_in_words;
use crate::words::Words;
use maud::{Markup, html};
use vekha_lifepath::source::{
    DatesSource, ForkSource, Grade, OneOrMany, SituationSource, StepSource, TriggerSource, Validity,
};
use vekha_lifepath::time::Bound;
use vekha_model::Confidence;

pub fn page(look: &Look<'_>, of: &SituationSource) -> Markup {
    let words = look.words;
    let steps = look.source.steps_of(of);
    let body = html! {
        h1 { (words.of(&of.title)) }
        (about(look, of))
        h2 { (words.say("begins")) }
        @for trigger in of.trigger.iter().chain(&of.triggers) { (begins(look, trigger)) }
        p { b { (words.say("counts")) ": " } (look.either(&of.anchor.ru, &of.anchor.en)) }
        @if let Some(lasts) = &of.lasts {
            p { (words.with("lasts", &[("span", words.span(lasts).into())])) }
        }
        @if !of.suppresses.is_empty() {
            p { b { (words.say("silences")) ": " } (links(look, &of.suppresses)) }
        }
        @if !of.ends.is_empty() {
            h2 { (words.say("ends")) }
            (conditions(look, &of.ends))
        }
        h2 { (words.say("drawing")) }
        (drawing(look, of, &steps))
        h2 { (words.say("steps")) }
        (table(look, of, &steps))
        @if !of.forks.is_empty() {
            h2 { (words.say("forks")) }
            @for one in &of.forks { (fork(look, of, one)) }
        }
        @if !of.human.is_empty() {
            h2 { (words.say("human")) }
            ul { @for note in &of.human { li { (words.of(note)) } } }
        }
        @if let Some(note) = &of.note { p { (words.of(note)) } }
        @if let Some(law) = &of.law { p.soft { (words.say("law")) ": " (words.of(&look.citations.cite(law))) } }
    };
    frame(look, &format!("{}.html", of.id), words.of(&of.title), &body)
}

/// Domain, sensitivity, consents, when it is in force and when it was checked.
fn about(look: &Look<'_>, of: &SituationSource) -> Markup {
    let words = look.words;
    let consents: Vec<String> = of.consent.iter().map(crate::cases::word).collect();
    html! {
        p.soft {
            @if let Some(domain) = of.domain { (words.member("domain", &domain)) }
            @if let Some(level) = of.sensitivity {
                " · " (crate::cases::word(&level)) ", " (words.member("sensitivity", &level))
            }
            @if !consents.is_empty() { " · " (words.say("consents")) ": " (consents.join(", ")) }
            (validity(words, &of.valid))
            @if let Some(day) = of.checked { " · " (words.with("checked", &[("day", words.day(day).into())])) }
        }
        @if let Some(neutral) = &of.neutral {
            p.soft { (words.say("neutral")) ": " (words.of(neutral)) }
        }
    }
}

fn begins(look: &Look<'_>, of: &TriggerSource) -> Markup {
    let words = look.words;
    let kinds: Vec<&str> = of
        .event
        .as_slice()
        .iter()
        .map(|kind| match look.source.facts.get(kind) {
            Some(known) => look.either(&known.ru, &known.en),
            None => kind,
        })
        .collect();
    let told: Vec<&str> = of.sources.iter().map(|text| words.of(text)).collect();
    html! {
        @if !kinds.is_empty() { p { b { (words.say("begins-with")) ": " } (kinds.join("; ")) } }
        @if let Some(dates) = &of.dates { p { (calendar(look, dates)) } }
        @if !told.is_empty() { p.soft { (words.say("told-by")) ": " (told.join("; ")) } }
        @if !of.when.is_empty() { (conditions(look, &of.when)) }
    }
}

/// Days that come by themselves, in words.
fn calendar(look: &Look<'_>, of: &DatesSource) -> String {
    let words = look.words;
    let mut text = match (&of.on, &of.of) {
        (Some(on), _) => {
            let day = Bound::parse(on).map_or_else(|| on.clone(), |day| words.bound(day));
            words.with("begins-yearly", &[("day", day.into())])
        }
        (None, path) => {
            let path = path.clone().unwrap_or_default();
            let spans: Vec<String> = of.at.iter().map(|span| words.span(span)).collect();
            let field = field_in_words(look, &path).to_owned();
            let values = [("spans", spans.join(", ").into()), ("field", field.into())];
            words.with("begins-after", &values)
        }
    };
    if let Some(ahead) = &of.ahead {
        text.push_str(", ");
        text.push_str(&words.with("begins-ahead", &[("span", words.span(ahead).into())]));
    }
    text
}

/// `person.birth_date` in the words of the vocabulary.
fn field_in_words<'a>(look: &Look<'a>, path: &'a str) -> &'a str {
    use vekha_lifepath::source::FieldSource;
    let found = path.rsplit_once('.').and_then(|(kind, field)| {
        let kind = look.source.facts.get(kind)?;
        match kind.fields.get(field) {
            Some(FieldSource::Full(form)) if !form.ru.is_empty() => Some((&form.ru, &form.en)),
            _ => Some((&kind.ru, &kind.en)),
        }
    });
    found.map_or(path, |(ru, en)| look.either(ru, en))
}

fn links(look: &Look<'_>, ids: &[String]) -> Markup {
    html! {
        @for (place, id) in ids.iter().enumerate() {
            @if place > 0 { ", " }
            @match look.situation(id) {
                Some(of) => a href={ (id) ".html" } { (look.words.of(&of.title)) },
                None => (id),
            }
        }
    }
}

fn table(look: &Look<'_>, of: &SituationSource, steps: &[StepSource]) -> Markup {
    let words = look.words;
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        @for head in ["step", "window", "counts-from", "deadline", "service", "law", "confidence"] {
                            th scope="col" { (words.say(head)) }
                        }
                    }
                }
                tbody { @for step in steps { (row(look, of, step)) } }
            }
        }
    }
}

fn validity(words: &Words, valid: &Validity) -> Markup {
    html! {
        @if let Some(day) = valid.from { " · " (words.with("valid-from", &[("day", words.day(day).into())])) }
        @if let Some(day) = valid.to { " · " (words.with("valid-to", &[("day", words.day(day).into())])) }
    }
}

fn row(look: &Look<'_>, of: &SituationSource, step: &StepSource) -> Markup {
    let words = look.words;
    let anchor = step.anchor.as_ref().unwrap_or(&of.anchor.code);
    let low = step.conf == Some(Grade::Low);
    html! {
        tr id=(step.id) class=[low.then_some("low")] {
            td {
                b { @if let Some(title) = &step.title { (words.of(title)) } }
                @if let Some(action) = step.action { " " span.soft { "· " (words.member("action", &action)) } }
                @if let Some(row) = row_of(look, &of.id, step) { p.soft { (row) } }
                @if let Some(note) = &step.note { p.soft { (words.of(note)) } }
                @if let Some(when) = &step.when { (conditions(look, when)) }
            }
            td {
                @if let Some(window) = &step.window { (words.window(window)) }
                @if let Some(within) = &step.within { "; " (words.window(within)) }
                @if let Some(repeat) = &step.repeat { ", " (words.repeat(repeat)) }
            }
            td { (words.of(&anchor_in_words(of, anchor))) }
            td {
                @if let Some(deadline) = step.deadline { (words.member("deadline", &deadline)) }
                @if let Some(late) = &step.late { p.soft { (words.say("late")) ": " (words.of(late)) } }
            }
            td { @if let Some(service) = &step.service { (look.service(service)) } }
            td {
                @if let Some(law) = &step.law { (words.of(&look.citations.cite(law))) }
                @if let Some(valid) = &step.valid { (validity(words, valid)) }
            }
            td { @if let Some(conf) = step.conf { (words.member("confidence", &Confidence::from(conf))) } }
        }
    }
}

fn fork(look: &Look<'_>, of: &SituationSource, fork: &ForkSource) -> Markup {
    let words = look.words;
    let marks = [
        (fork.ends, "ends-it"),
        (fork.human, "by-human"),
        (fork.feared, "feared"),
    ];
    let marks = marks.iter().filter(|(is, _)| *is);
    let marks: Vec<String> = marks.map(|(_, key)| words.say(key)).collect();
    html! {
        section id={ "fork-" (fork.id) } {
            h3 { (words.of(&fork.title)) }
            p { (words.of(&fork.does)) }
            @if !marks.is_empty() { p.marks { (marks.join(" · ")) } }
            h4 { (words.say("when")) }
            (conditions(look, &fork.when))
            @if let Some(start) = &fork.starts {
                p { b { (words.say("starts")) ": " } (links(look, std::slice::from_ref(start))) }
            }
            @for (key, named) in [("cancels", &fork.cancels), ("keeps", &fork.keeps)] {
                @if let Some(named) = named { p { b { (words.say(key)) ": " } (titles(look, of, named)) } }
            }
            @if !fork.adds.is_empty() {
                h4 { (words.say("adds")) }
                (table(look, of, &fork.adds))
            }
            @if !fork.replaces.is_empty() {
                h4 { (words.say("replaces")) }
                ul {
                    @for (id, over) in &fork.replaces { li { (replacement(look, of, id, over)) } }
                }
            }
            @if let Some(note) = &fork.note { p.soft { (words.of(note)) } }
            @if let Some(law) = &fork.law { p.soft { (words.say("law")) ": " (words.of(&look.citations.cite(law))) } }
        }
    }
}

/// The titles of the steps that a fork names.
pub fn titles(look: &Look<'_>, of: &SituationSource, named: &OneOrMany) -> String {
    let title = |id: &String| match id.as_str() {
        "*" => look.words.say("cancels-all"),
        id => title_of(look, of, id),
    };
    let titles: Vec<String> = named.as_slice().iter().map(title).collect();
    titles.join("; ")
}

fn title_of(look: &Look<'_>, of: &SituationSource, id: &str) -> String {
    let steps = look.source.steps_of(of);
    let added = of.forks.iter().flat_map(|fork| &fork.adds);
    let step = steps.iter().chain(added).find(|step| step.id == id);
    let title = step.and_then(|step| step.title.as_ref());
    title.map_or_else(|| id.to_owned(), |title| look.words.of(title).to_owned())
}

fn replacement(look: &Look<'_>, of: &SituationSource, id: &str, over: &StepSource) -> Markup {
    let words = look.words;
    html! {
        (title_of(look, of, id))
        @if let Some(title) = &over.title { " → " b { (words.of(title)) } }
        @if let Some(window) = &over.window { ": " (words.window(window)) }
        @if let Some(anchor) = &over.anchor { " (" (words.of(&anchor_in_words(of, anchor))) ")" }
        @if let Some(service) = &over.service { " · " (look.service(service)) }
        @if let Some(note) = &over.note { p.soft { (words.of(note)) } }
        @if let Some(when) = &over.when { (conditions(look, when)) }
    }
}
