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
    born: &'static str,
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
    demo: "Это показательный город: пароля нет, люди придуманы. Выберите, от чьего имени войти.",
    asks: "Приложение «Веха» просит разрешения:",
    born: "дата рождения",
    cancel: "Не входить",
    stopped: "Войти не получилось",
    too_late: "Эта страница устарела. Вернитесь в приложение и начните вход ещё раз.",
    wrong_app: "Запрос пришёл не от приложения «Веха», поэтому вход остановлен. Закройте эту страницу и начните вход в самом приложении.",
    profile: "узнать ваше имя и дату рождения",
    facts: "читать ваши записи и записи тех, о ком вы заботитесь: анализы, приёмы, свободное время врачей",
    city: "передавать городу ваши ответы: согласиться на приём, перенести, отказаться",
    offline: "обновлять это, пока вы не выйдете, даже когда приложение закрыто",
};

const EN: Words = Words {
    language: "en",
    other: ("ru", "По-русски"),
    title: "Sign in to the city",
    demo: "This is a demo city: there is no password and the people are invented. Choose whom to sign in as.",
    asks: "The Vekha app asks to:",
    born: "born",
    cancel: "Do not sign in",
    stopped: "Sign-in did not work",
    too_late: "This page has expired. Go back to the app and start signing in again.",
    wrong_app: "This request did not come from the Vekha app, so sign-in was stopped. Close this page and start in the app itself.",
    profile: "know your name and date of birth",
    facts: "read your records and those of people you care for: test results, visits, doctors' free times",
    city: "give the city your answers: accept a visit, move it, decline it",
    offline: "keep this up to date until you sign out, even while the app is closed",
};

impl Words {
    /// A kept date as a person says it; as it is where it is none.
    fn day(&self, date: &str) -> String {
        let Ok(date) = date.parse() else {
            return date.to_owned();
        };
        let said = vekha_model::day_in_words(date);
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
            format!("<small>{} {}</small>", words.born, escape(&words.day(date)))
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
