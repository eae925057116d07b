//! Laws as they are cited, in both languages.
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use vekha_model::Text;

/// The words of which citations are made, and the English ones for them.
#[derive(Debug)]
pub struct Citations {
    words: Option<AhoCorasick>,
    english: Vec<String>,
}

impl Citations {
    pub fn new(laws: &BTreeMap<String, String>) -> Self {
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(laws.keys());
        Self {
            words: words.ok(),
            english: laws.values().cloned().collect(),
        }
    }

    /// The law as it is cited, and the same in English; what has no English words stays as it is.
    pub fn cite(&self, law: &str) -> Text {
        let mut english = String::with_capacity(law.len());
        let mut rest = 0;
        for found in self.words.iter().flat_map(|words| words.find_iter(law)) {
            let (from, to) = (found.start(), found.end());
            let ends = law[..to].ends_with(char::is_alphabetic);
            let within = law[..from].ends_with(char::is_alphabetic)
                || ends && law[to..].starts_with(char::is_alphabetic);
            if !within {
                english.push_str(&law[rest..from]);
                english.push_str(&self.english[found.pattern().as_usize()]);
                rest = to;
            }
        }
        english.push_str(&law[rest..]);
        Text::new(law, english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(law: &str) -> String {
        let words = [
            ("ФЗ", "FZ"),
            ("ст.", "art."),
            ("н", "n"),
            ("закон", "law"),
            ("закон региона", "regional law"),
        ];
        let words = words.map(|(ru, en)| (ru.to_owned(), en.to_owned()));
        Citations::new(&words.into()).cite(law).en
    }

    #[test]
    fn a_citation_is_said_word_by_word_the_longest_first() {
        assert_eq!(english("157-ФЗ ст. 5"), "157-FZ art. 5");
        assert_eq!(
            english("закон региона; 404н; закон"),
            "regional law; 404n; law"
        );
    }

    #[test]
    fn a_word_inside_another_one_stays() {
        assert_eq!(english("законы и нормы"), "законы и нормы");
    }
}
