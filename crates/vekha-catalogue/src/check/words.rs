//! Words in both languages, and what beside them has to be told in time.
use vekha_lifepath::Problem;
use vekha_lifepath::time::{Bound, Span};
use vekha_model::Text;

/// How two texts fail to say the same: one is missing, is in the wrong language, or names other numbers.
pub fn unequal(ru: &str, en: &str) -> Option<String> {
    for (language, words) in [("Russian", ru), ("English", en)] {
        if words.trim().is_empty() {
            return Some(format!("the {language} words are missing"));
        }
    }
    if is_russian(en) {
        return Some("the English words have Russian letters".to_owned());
    }
    let (own, other) = (numbers(ru), numbers(en));
    // Small numbers are often written out in one language only.
    (!own.is_empty() && !other.is_empty() && own != other).then(|| {
        let (own, other) = (own.join(", "), other.join(", "));
        format!("the Russian words say {own}, the English ones {other}")
    })
}

/// Whether a text has Russian letters.
pub fn is_russian(text: &str) -> bool {
    let russian =
        |c: char| ('а'..='я').contains(&c) || ('А'..='Я').contains(&c) || "ёЁ".contains(c);
    text.chars().any(russian)
}

/// The numbers of a text, sorted; what groups thousands is no part of them.
fn numbers(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let digits_from = |place: usize| {
        let after = letters.iter().skip(place);
        after.take_while(|c| c.is_ascii_digit()).count()
    };
    let groups = |(place, letter): &(usize, &char)| {
        let between = place
            .checked_sub(1)
            .is_some_and(|before| letters[before].is_ascii_digit());
        " \u{a0}\u{202f},.".contains(**letter) && between && digits_from(place + 1) == 3
    };
    let letters_left = letters.iter().enumerate().filter(|it| !groups(it));
    let joined: String = letters_left.map(|(_, letter)| *letter).collect();
    let numbers = joined.split(|c: char| !c.is_ascii_digit());
    let mut found: Vec<String> = numbers
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    found.sort();
    found
}

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
        if let Some(wrong) = unequal(ru, en) {
            self.say(near, format!("{what}: {wrong}"));
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
