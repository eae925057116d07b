//! What a resident reads when a city could not be asked, said no, or was not understood. In one place for every screen.

use crate::{CityError, NetworkError, Problem};
use jiff::{Timestamp, tz::TimeZone};
use vekha_model::Text;

impl From<&CityError> for NetworkError {
    fn from(error: &CityError) -> Self {
        match error {
            CityError::Offline(_) | CityError::Busy { .. } => told(
                "offline",
                "Город сейчас не отвечает. Проверьте соединение; всё сохранённое доступно, а то, что вы сделали, отправится само.",
                "The city does not answer now. Check the connection; everything kept is here, and what you did will be sent by itself.",
            ),
            CityError::Untrusted(why) if is_about_dates(why) => out_of_date(),
            CityError::Untrusted(_) => told(
                "untrusted",
                "Сертификат города не подтверждён: кто-то может выдавать себя за город. Мы ничего не отправили. Сообщите об этом городу.",
                "The city's certificate cannot be trusted: somebody may be pretending to be the city. Nothing was sent. Please tell the city.",
            ),
            CityError::SignedOut => told(
                "signed-out",
                "Вход закончился. Войдите снова: всё сохранённое останется.",
                "The sign-in has ended. Please sign in again: everything kept stays.",
            ),
            CityError::NotOffered => told(
                "not-offered",
                "Этот город пока не даёт этого через приложение.",
                "This city does not offer that through the app yet.",
            ),
            CityError::Refused(problem) | CityError::Conflict(problem) => Self {
                code: problem.code.clone(),
                words: problem.in_words(),
            },
            CityError::Malformed(_) | CityError::CursorGone => told(
                "malformed",
                "Ответ города не удалось прочитать. Ничего из него не взято, ваши данные целы.",
                "The city's answer could not be read. Nothing of it was used; your data is safe.",
            ),
        }
    }
}

impl Problem {
    /// The city's no in words a person can act on.
    #[must_use]
    pub fn in_words(&self) -> Text {
        self.words.clone().unwrap_or_else(|| {
            Text::new(
                "Город отказал и не объяснил почему. Спросите человека: «Мой случай другой».",
                "The city said no without saying why. Ask a person: “My case is different”.",
            )
        })
    }
}

/// A clock that is far off shows here first: every certificate looks expired, or not valid yet.
fn is_about_dates(why: &str) -> bool {
    why.contains("expired") || why.contains("not valid yet")
}

/// The day is the one this device's clock shows: that is what the resident is to check.
fn out_of_date() -> NetworkError {
    let today = Timestamp::now().to_zoned(TimeZone::system());
    told(
        "untrusted",
        &format!(
            "По часам этого устройства сегодня {}, и сертификат города на эту дату не действует. Проверьте дату и время. Если они верны, сообщите городу. Мы ничего не отправили.",
            today.strftime("%d.%m.%Y")
        ),
        &format!(
            "By this device's clock it is {}, and the city's certificate is not valid on that day. Check the date and time; if they are right, tell the city. Nothing was sent.",
            today.strftime("%-d %B %Y")
        ),
    )
}

fn told(code: &str, ru: &str, en: &str) -> NetworkError {
    NetworkError {
        code: code.to_owned(),
        words: Text::new(ru, en),
    }
}
