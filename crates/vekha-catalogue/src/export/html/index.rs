//! All situations by the domain of life.
use super::Look;
use super::page::frame;
use maud::{DOCTYPE, Markup, html};
use vekha_lifepath::source::{SituationSource, Source};
use vekha_model::Domain;

const DOMAINS: [Domain; 9] = [
    Domain::Health,
    Domain::Legal,
    Domain::Social,
    Domain::Education,
    Domain::Labour,
    Domain::Property,
    Domain::Housing,
    Domain::Money,
    Domain::City,
];

pub fn index(look: &Look<'_>) -> Markup {
    let words = look.words;
    let header = &look.source.header;
    let name = words.of(&header.title);
    let title = words.with("site-title", &[("catalogue", name.into())]);
    let checked = header
        .checked
        .map_or_else(|| "—".to_owned(), |day| words.day(day));
    let version = [
        ("version", header.version.as_str().into()),
        ("checked", checked.into()),
    ];
    let body = html! {
        h1 { (name) }
        p.soft { (words.with("site-version", &version)) }
        p.soft { (words.of(&header.region)) }
        @for domain in DOMAINS {
            @let of: Vec<_> = look.source.situations.iter().filter(|one| one.domain == Some(domain)).collect();
            @if !of.is_empty() {
                h2 { (words.member("domain", &domain)) }
                ul.situations { @for one in of { li { (entry(look, one)) } } }
            }
        }
    };
    frame(look, "index.html", &title, &body)
}

fn entry(look: &Look<'_>, of: &SituationSource) -> Markup {
    let steps = look.source.steps_of(of).len();
    let counts = [("steps", steps.into()), ("forks", of.forks.len().into())];
    html! {
        a href={ (of.id) ".html" } { (look.words.of(&of.title)) }
        " " span.soft { (look.words.with("count", &counts)) }
    }
}

/// The first page: which language?
pub fn door(source: &Source) -> Markup {
    html! {
        (DOCTYPE)
        html lang="ru" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (source.header.title.ru) }
                link rel="stylesheet" href="style.css";
            }
            body {
                main {
                    h1 { a href="ru/index.html" { (source.header.title.ru) } }
                    h1 lang="en" { a href="en/index.html" hreflang="en" { (source.header.title.en) } }
                }
            }
        }
    }
}
