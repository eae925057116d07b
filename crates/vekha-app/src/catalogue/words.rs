use crate::view::SessionProblem;
use jiff::Timestamp;
use vekha_catalogue::PackError;
use vekha_model::Text;

/// Why the city's catalogue is not used, and what that means for the resident.
pub fn refused(error: &PackError) -> SessionProblem {
    let (ru, en) = match error {
        PackError::Unsigned => (
            "Правила города пришли без подписи".to_owned(),
            "The city's rules came without a signature".to_owned(),
        ),
        PackError::UnknownKey(_) => (
            "Правила города подписаны неизвестным ключом. Если город сменил ключ, выйдите и подключитесь к нему заново".to_owned(),
            "The city's rules are signed with a key this device does not know. If the city has a new key, sign out and connect to it again".to_owned(),
        ),
        PackError::Tampered => (
            "Подпись правил города не сходится: по дороге их изменили".to_owned(),
            "The signature of the city's rules does not fit: they were changed on the way".to_owned(),
        ),
        PackError::Expired(at) => (
            format!("Правила города действовали до {}", day(*at)),
            format!("The city's rules were in force until {}", day(*at)),
        ),
        PackError::NotYet(at) => (
            format!("Правила города начнут действовать {}", day(*at)),
            format!("The city's rules come into force on {}", day(*at)),
        ),
        PackError::RolledBack { found, last } => (
            format!("Город прислал старые правила ({found}), здесь уже есть новее ({last})"),
            format!("The city sent old rules ({found}); newer ones ({last}) are here already"),
        ),
        PackError::Broken(_) => (
            "Правила города не читаются".to_owned(),
            "The city's rules cannot be read".to_owned(),
        ),
    };
    problem(
        &format!("{ru}. Они не взяты: путь считается по прежним, ничего не потеряно."),
        &format!("{en}. They were not used: the plan goes by the earlier ones, nothing is lost."),
    )
}

/// The kept rules have run out while the city could not be asked.
pub fn expired(at: Timestamp) -> SessionProblem {
    problem(
        &format!(
            "Правила города действовали до {}. Пока нет новых, путь считается по ним; новые придут при связи с городом.",
            day(at)
        ),
        &format!(
            "The city's rules were in force until {}. Until new ones arrive the plan goes by them; they come with the next connection.",
            day(at)
        ),
    )
}

/// The pack on this device is not what was kept.
pub fn damaged() -> SessionProblem {
    problem(
        "Сохранённые правила города повреждены. Путь считается по встроенным; город пришлёт правила заново.",
        "The kept rules of the city are damaged. The plan goes by the built-in ones; the city will send its rules again.",
    )
}

/// The city names a catalogue and gives something else.
pub fn not_given() -> SessionProblem {
    problem(
        "Город не отдал свои правила. Путь считается по прежним, ничего не потеряно.",
        "The city did not give its rules. The plan goes by the earlier ones, nothing is lost.",
    )
}

pub fn problem(ru: &str, en: &str) -> SessionProblem {
    SessionProblem {
        code: "catalogue".to_owned(),
        message: Text::new(ru, en),
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%d.%m.%Y").to_string()
}
