use super::{Scopes, people::Person, request::Request};
use crate::html::{self, escape};
use axum::http::{HeaderMap, header};
use std::fmt::Write as _;
use vekha_model::{Language, Text};

/// By `ui_locales`, then by the browser's first language; Russian otherwise.
pub(super) fn language(locales: Option<&str>, headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    locales
        .or(accepted)
        .unwrap_or_default()
        .split([' ', ','])
        .find_map(|tag| {
            let tag = tag.trim().to_ascii_lowercase();
            let known = [Language::Ru, Language::En];
            known.into_iter().find(|it| tag.starts_with(code(*it)))
        })
        .unwrap_or_default()
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Ru => "ru",
        Language::En => "en",
    }
}

/// A kept date as a person says it; as it is where it is none.
fn day(date: &str) -> Text {
    date.parse()
        .map_or_else(|_| Text::new(date, date), vekha_words::day)
}

pub(super) fn choose(
    language: Language,
    interaction: &str,
    people: &[Person],
    request: &Request,
    scopes: &Scopes,
    pairs: &[(String, String)],
) -> String {
    let say = |text: &Text| escape(text.in_language(language));
    let mut asked = String::new();
    for (wanted, text) in [
        (scopes.has("profile"), vekha_words::text("sign-in-profile")),
        (
            scopes.allow("patient", "Observation", super::Right::Read),
            vekha_words::text("sign-in-facts"),
        ),
        (scopes.has("vekha"), vekha_words::text("sign-in-city")),
        (
            scopes.has("offline_access"),
            vekha_words::text("sign-in-offline"),
        ),
    ] {
        if wanted {
            let _ = write!(asked, "<li>{}</li>", say(&text));
        }
    }
    let mut buttons = String::new();
    for person in people {
        let hinted = request.hint.as_deref() == Some(person.id.as_str());
        let focus = if hinted { " autofocus" } else { "" };
        let born = person.birth_date.as_ref().map_or_else(String::new, |date| {
            format!("<small>{}</small>", say(&day(date)))
        });
        let _ = write!(
            buttons,
            "<li><button name=\"resident\" value=\"{}\"{focus}><b>{}</b> {born}</button></li>",
            escape(&person.id),
            escape(&person.name),
        );
    }
    let other = match language {
        Language::Ru => Language::En,
        Language::En => Language::Ru,
    };
    let mut link = url::form_urlencoded::Serializer::new(String::new());
    link.extend_pairs(pairs.iter().filter(|(name, _)| name != "ui_locales"));
    link.append_pair("ui_locales", code(other));
    let link = escape(&link.finish());
    let body = format!(
        "<p>{demo}</p><section aria-labelledby=\"asks\"><h2 id=\"asks\">{asks}</h2><ul>{asked}</ul></section>
<form method=\"post\" action=\"/authorize\">
<input type=\"hidden\" name=\"interaction\" value=\"{interaction}\"><input type=\"hidden\" name=\"language\" value=\"{language}\">
<ul class=\"people\">{buttons}</ul>
<button class=\"cancel\" name=\"cancel\" value=\"1\">{cancel}</button>
</form>
<p><a href=\"/authorize?{link}\" lang=\"{other}\" hreflang=\"{other}\">{other_name}</a></p>",
        demo = say(&vekha_words::text("sign-in-demo")),
        asks = say(&vekha_words::text("sign-in-asks")),
        language = code(language),
        cancel = say(&vekha_words::text("sign-in-cancel")),
        other_name = escape(vekha_words::text("sign-in-language").in_language(other)),
        other = code(other),
    );
    let title = say(&vekha_words::text("sign-in-title"));
    html::page(code(language), &title, &body)
}

pub(super) fn stop(language: Language, text: &Text, why: &str) -> String {
    let say = |text: &Text| escape(text.in_language(language));
    let body = format!(
        "<p>{}</p><p lang=\"en\"><small>{}</small></p>",
        say(text),
        escape(why)
    );
    let title = say(&vekha_words::text("sign-in-stopped"));
    html::page(code(language), &title, &body)
}
