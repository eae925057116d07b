use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language Vekha speaks.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    TS,
    Default,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Ru,
    En,
}

impl Language {
    /// As tags of languages begin (BCP 47), and as it is written wherever it is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The one it is translated from or into.
    pub const fn other(self) -> Self {
        match self {
            Self::Ru => Self::En,
            Self::En => Self::Ru,
        }
    }
}

/// The same words in Russian and English. Russian comes first and is never empty.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    TS,
    Default,
    utoipa::ToSchema,
    schemars::JsonSchema,
)]
pub struct Text {
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

impl Text {
    pub fn new(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ru: ru.into(),
            en: en.into(),
        }
    }

    /// The words in `language`, Russian where a translation is missing.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::En if !self.en.is_empty() => &self.en,
            _ => &self.ru,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_language_is_written_as_its_code() {
        for language in [Language::Ru, Language::En] {
            let written = serde_json::to_value(language).unwrap();
            assert_eq!(written, language.code());
            assert_ne!(written, language.other().code());
        }
    }
}
