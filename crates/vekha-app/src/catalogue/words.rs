use crate::view::SessionProblem;
use jiff::Timestamp;
use vekha_catalogue::PackError;
use vekha_model::Text;

/// Why the city's catalogue is not used, and what that means for the resident.
pub fn refused(error: &PackError) -> SessionProblem {
    problem(match error {
        PackError::Unsigned => vekha_words::text("catalogue-unsigned"),
        PackError::UnknownKey(_) => vekha_words::text("catalogue-unknown-key"),
        PackError::Tampered => vekha_words::text("catalogue-tampered"),
        PackError::Expired(at) => {
            vekha_words::filled("catalogue-came-expired", &[("day", &day(*at))])
        }
        PackError::NotYet(at) => vekha_words::filled("catalogue-not-yet", &[("day", &day(*at))]),
        PackError::RolledBack { found, last } => {
            vekha_words::filled("catalogue-rolled-back", &[("found", found), ("last", last)])
        }
        PackError::Broken(_) => vekha_words::text("catalogue-broken"),
    })
}

/// The kept rules have run out while the city could not be asked.
pub fn expired(at: Timestamp) -> SessionProblem {
    problem(vekha_words::filled(
        "catalogue-expired",
        &[("day", &day(at))],
    ))
}

/// The pack on this device is not what was kept.
pub fn damaged() -> SessionProblem {
    problem(vekha_words::text("catalogue-damaged"))
}

/// The city names a catalogue and gives something else.
pub fn not_given() -> SessionProblem {
    problem(vekha_words::text("catalogue-not-given"))
}

fn problem(message: Text) -> SessionProblem {
    SessionProblem {
        code: "catalogue".to_owned(),
        message,
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%d.%m.%Y").to_string()
}
