use super::{Scopes, people::Person, request::Request};
use crate::html::{self, escape};
use axum::http::{HeaderMap, header};
use std::fmt::Write as _;

/// The words of the sign-in page in one language.
pub(super) struct Words {
    language: &'static str,
    other: (&'static str, &'static str),
    title: &'static str,
    demo: &'static str,
    asks: &'static str,
    cancel: &'static str,
    stopped: &'static str,
    pub(super) too_late: &'static str,
    pub(super) wrong_app: &'static str,
    profile: &'static str,
    facts: &'static str,
    city: &'static str,
    offline: &'static str,
}

const RU: Words = Words {
    language: "ru",
    other: ("en", "In English"),
    title: "Вход в город",
    demo: "Показательный город: люди придуманы, пароля нет. Кем войти?",
    asks: "«Веха» просит:",
    cancel: "Не входить",
    stopped: "Войти не получилось",
    too_late: "Эта страница устарела. Вернитесь в приложение и начните вход ещё раз.",
    wrong_app: "Запрос пришёл не от приложения «Веха», поэтому вход остановлен. Закройте эту страницу и начните вход в самом приложении.",
    profile: "узнать имя и дату рождения",
    facts: "читать анализы и приёмы: ваши и подопечных",
    city: "передавать ваши ответы",
    offline: "обновлять это до выхода",
};

const EN: Words = Words {
    language: "en",
    other: ("ru", "По-русски"),
    title: "Sign in to the city",
    demo: "A demo city: the people are invented, there is no password. Who are you?",
    asks: "Vekha asks to:",
    cancel: "Do not sign in",
    stopped: "Sign-in did not work",
    too_late: "This page has expired. Go back to the app and start signing in again.",
    wrong_app: "This request did not come from the Vekha app, so sign-in was stopped. Close this page and start in the app itself.",
    profile: "know your name and date of birth",
    facts: "read test results and visits: yours and those of people you care for",
    city: "give the city your answers",
    offline: "do so until you sign out",
};

impl Words {
    /// A kept date as a person says it; as it is where it is none.
    fn day(&self, date: &str) -> String {
        let Ok(date) = date.parse() else {
            return date.to_owned();
        };
        let said = vekha_words::day(date);
        if self.language == "en" {
            said.en
        } else {
            said.ru
        }
    }

    /// By `ui_locales`, then by the browser's first language; Russian otherwise.
    pub(super) fn choose(locales: Option<&str>, headers: &HeaderMap) -> Self {
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let wanted = locales
            .or(accepted)
            .unwrap_or_default()
            .split([' ', ','])
            .find_map(|tag| {
                let tag = tag.trim().to_ascii_lowercase();
                ["ru", "en"].into_iter().find(|it| tag.starts_with(it))
            });
        if wanted == Some("en") { EN } else { RU }
    }
}

pub(super) fn choose(
    words: &Words,
    interaction: &str,
    people: &[Person],
    request: &Request,
    scopes: &Scopes,
    pairs: &[(String, String)],
) -> String {
    let mut asked = String::new();
    for (wanted, text) in [
        (scopes.has("profile"), words.profile),
        (
            scopes.allow("patient", "Observation", super::Right::Read),
            words.facts,
        ),
        (scopes.has("vekha"), words.city),
        (scopes.has("offline_access"), words.offline),
    ] {
        if wanted {
            let _ = write!(asked, "<li>{text}</li>");
        }
    }
    let mut buttons = String::new();
    for person in people {
        let hinted = request.hint.as_deref() == Some(person.id.as_str());
        let focus = if hinted { " autofocus" } else { "" };
        let born = person.birth_date.as_ref().map_or_else(String::new, |date| {
            format!("<small>{}</small>", escape(&words.day(date)))
        });
        let _ = write!(
            buttons,
            "<li><button name=\"resident\" value=\"{}\"{focus}><b>{}</b> {born}</button></li>",
            escape(&person.id),
            escape(&person.name),
        );
    }
    let (other, other_name) = words.other;
    let mut link = url::form_urlencoded::Serializer::new(String::new());
    link.extend_pairs(pairs.iter().filter(|(name, _)| name != "ui_locales"));
    link.append_pair("ui_locales", other);
    let link = escape(&link.finish());
    let body = format!(
        "<p>{demo}</p><section aria-labelledby=\"asks\"><h2 id=\"asks\">{asks}</h2><ul>{asked}</ul></section>
<form method=\"post\" action=\"/authorize\">
<input type=\"hidden\" name=\"interaction\" value=\"{interaction}\"><input type=\"hidden\" name=\"language\" value=\"{language}\">
<ul class=\"people\">{buttons}</ul>
<button class=\"cancel\" name=\"cancel\" value=\"1\">{cancel}</button>
</form>
<p><a href=\"/authorize?{link}\" lang=\"{other}\" hreflang=\"{other}\">{other_name}</a></p>",
        demo = words.demo,
        asks = words.asks,
        language = words.language,
        cancel = words.cancel,
    );
    html::page(words.language, words.title, &body)
}

pub(super) fn stop(words: &Words, text: &str, why: &str) -> String {
    let body = format!(
        "<p>{text}</p><p lang=\"en\"><small>{}</small></p>",
        escape(why)
    );
    html::page(words.language, words.stopped, &body)
}
