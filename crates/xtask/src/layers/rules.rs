//! The table of the architecture, as data.

pub const TESTKIT: &str = "vekha-testkit";

/// The inner crates that `from` may use, or nothing if `from` is not in the table.
pub fn allowed(from: &str) -> Option<&'static [&'static str]> {
    INNER
        .iter()
        .find(|(name, _)| *name == from)
        .map(|(_, to)| *to)
}

/// Who may use this foreign crate; nothing means everyone.
pub fn owners_of(foreign: &str) -> Option<&'static [&'static str]> {
    OWNED
        .iter()
        .find(|(prefix, _, _)| is_of(foreign, prefix))
        .map(|(_, owners, _)| *owners)
}

/// Tests stand outside the app: they may talk to a server the way anybody would.
pub fn free_in_tests(foreign: &str) -> bool {
    OWNED
        .iter()
        .any(|(prefix, _, free)| *free && is_of(foreign, prefix))
}

/// `tauri` owns `tauri-build` and its plugins too.
fn is_of(foreign: &str, prefix: &str) -> bool {
    foreign
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

const INNER: &[(&str, &[&str])] = &[
    ("vekha-model", &[]),
    ("vekha-words", &["vekha-model"]),
    ("vekha-lifepath", &["vekha-model", "vekha-words"]),
    (
        "vekha-catalogue",
        &["vekha-model", "vekha-words", "vekha-lifepath"],
    ),
    ("vekha-protocol", &["vekha-model", "vekha-words"]),
    ("vekha-calendar", &["vekha-model", "vekha-protocol"]),
    ("vekha-store", &["vekha-model"]),
    (
        "vekha-connectors",
        &["vekha-protocol", "vekha-model", "vekha-words"],
    ),
    (
        "vekha-sync",
        &[
            "vekha-model",
            "vekha-words",
            "vekha-protocol",
            "vekha-store",
        ],
    ),
    (
        "vekha-app",
        &[
            "vekha-model",
            "vekha-words",
            "vekha-lifepath",
            "vekha-catalogue",
            "vekha-protocol",
            "vekha-calendar",
            "vekha-store",
            "vekha-sync",
        ],
    ),
    (
        "vekha-host",
        &["vekha-app", "vekha-connectors", "vekha-words"],
    ),
    (
        "vekha-city",
        &[
            "vekha-model",
            "vekha-words",
            "vekha-lifepath",
            "vekha-catalogue",
            "vekha-protocol",
            "vekha-calendar",
        ],
    ),
    (
        "vekha",
        &["vekha-app", "vekha-connectors", "vekha-city", "vekha-words"],
    ),
    (TESTKIT, ALL_BUT_THE_SHELL),
    ("vekha-tests", ALL_BUT_THE_SHELL),
    ("xtask", &[]),
];

const ALL_BUT_THE_SHELL: &[&str] = &[
    "vekha-model",
    "vekha-words",
    "vekha-lifepath",
    "vekha-catalogue",
    "vekha-protocol",
    "vekha-store",
    "vekha-connectors",
    "vekha-sync",
    "vekha-app",
    "vekha-host",
    "vekha-city",
    TESTKIT,
];

/// Foreign crate (and its family), who may use it, and whether tests are free to.
const OWNED: &[(&str, &[&str], bool)] = &[
    ("tauri", &["vekha"], false),
    ("notify-rust", &["vekha"], false),
    ("rusqlite", &["vekha-store"], false),
    // The city is not the client: it has its own database, and may call other servers.
    (
        "reqwest",
        &["vekha-connectors", "vekha-city", TESTKIT, "vekha-tests"],
        true,
    ),
    ("sqlx", &["vekha-city"], false),
];
