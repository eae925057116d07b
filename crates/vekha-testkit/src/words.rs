use serde_json::Value;

const FORBIDDEN: [&str; 10] = [
    "рак",
    "онко",
    "диагноз",
    "рэа",
    "cea",
    "ng/ml",
    "нг/мл",
    "cancer",
    "onco",
    "diagnos",
];

/// What only programs say to each other.
const CODES: [&str; 14] = [
    "error:", "{", "}", "::", "null", "http ", "status", "json", "sqlite", "sql", "panic",
    "unwrap", "os error", "_",
];

/// Nothing that a stranger may not read over a shoulder.
pub fn is_neutral(text: &str) -> bool {
    let text = text.to_lowercase();
    FORBIDDEN.iter().all(|word| !text.contains(word))
}

/// Words for a person, in both languages: sentences, no codes of programs.
///
/// # Panics
/// They are not.
pub fn assert_plain(words: &Value) {
    for language in ["ru", "en"] {
        let said = words[language].as_str().unwrap_or_default();
        let cyrillic = said.chars().any(|c| ('а'..='я').contains(&c));
        assert!(
            said.split_whitespace().count() >= 2 && cyrillic == (language == "ru"),
            "no words in {language}: {words}"
        );
        let low = said.to_lowercase();
        for code in CODES {
            assert!(!low.contains(code), "“{code}” is no word: {said}");
        }
        let number = said
            .split(|c: char| !c.is_ascii_digit())
            .any(|it| it.len() == 3 && ["4", "5"].iter().any(|first| it.starts_with(first)));
        assert!(!number, "a status is no word: {said}");
    }
}
