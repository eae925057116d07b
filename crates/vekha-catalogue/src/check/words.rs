//! Words in both languages, and what beside them has to be told in time.
use vekha_lifepath::Problem;
use vekha_lifepath::time::{Bound, Span};
use vekha_model::Text;

/// What is looked at in one file, and what was found there.
pub struct Page<'a> {
    pub file: &'static str,
    pub problems: &'a mut Vec<Problem>,
}

impl Page<'_> {
    pub fn say(&mut self, near: &str, text: impl Into<String>) {
        self.problems.push(Problem {
            file: self.file.into(),
            near: near.to_owned(),
            text: text.into(),
        });
    }

    pub fn words(&mut self, near: &str, what: &str, ru: &str, en: &str) {
        for (language, words) in [("Russian", ru), ("English", en)] {
            if words.trim().is_empty() {
                self.say(near, format!("{what}: the {language} words are missing"));
            }
        }
    }

    pub fn text(&mut self, near: &str, what: &str, text: &Text) {
        self.words(near, what, &text.ru, &text.en);
    }

    /// A length of time such as `+1bd`.
    pub fn span(&mut self, near: &str, what: &str, text: &str) {
        if Span::parse(text).is_none_or(|span| span.count <= 0) {
            self.say(
                near,
                format!("{what} is “{text}”, which is no period such as +1bd"),
            );
        }
    }

    /// A window whose end does not come before its beginning.
    pub fn window(&mut self, near: &str, what: &str, window: &(Option<String>, Option<String>)) {
        let mut ends = Vec::new();
        for text in [&window.0, &window.1].into_iter().flatten() {
            match Bound::parse(text) {
                Some(bound) => ends.push(bound),
                None => self.say(
                    near,
                    format!("{what}: “{text}” is not a bound such as +3bd"),
                ),
            }
        }
        if let [Bound::After(from), Bound::After(to)] = ends[..]
            && super::window::length(from).0 > super::window::length(to).1
        {
            self.say(near, format!("{what} closes before it opens"));
        }
    }

    /// Ids that stand twice in one list.
    pub fn twice<'b>(&mut self, what: &str, ids: impl Iterator<Item = &'b String>) {
        let mut seen = std::collections::BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.say(
                    &format!("id: {id}"),
                    format!("the {what} “{id}” is there twice"),
                );
            }
        }
    }
}
