//! The catalogue as a site that needs nothing but a browser: no scripts, no server.
mod condition;
mod drawing;
mod index;
mod page;
mod situation;

use super::Pages;
use crate::words::Words;
use vekha_lifepath::source::{Citations, SituationSource, Source};
use vekha_model::Language;

/// An index and one page a situation in both languages, and the style they share.
pub fn site(source: &Source) -> Pages {
    let mut pages = Pages::from([
        ("style.css".to_owned(), include_str!("style.css").to_owned()),
        ("index.html".to_owned(), index::door(source).into_string()),
    ]);
    let citations = Citations::new(&source.laws);
    for (folder, language) in [("ru", Language::Ru), ("en", Language::En)] {
        let words = Words::new(language);
        let look = Look {
            source,
            words: &words,
            citations: &citations,
        };
        pages.insert(
            format!("{folder}/index.html"),
            index::index(&look).into_string(),
        );
        for of in &source.situations {
            let page = situation::page(&look, of).into_string();
            pages.insert(format!("{folder}/{}.html", of.id), page);
        }
    }
    pages
}

/// What every page needs: the catalogue, and the words of its language.
struct Look<'a> {
    source: &'a Source,
    words: &'a Words,
    citations: &'a Citations,
}

impl<'a> Look<'a> {
    fn situation(&self, id: &str) -> Option<&'a SituationSource> {
        self.source.situations.iter().find(|one| one.id == id)
    }

    fn service(&self, key: &str) -> &'a str {
        let service = self.source.services.get(key);
        service.map_or("", |service| match self.words.language {
            Language::En if !service.en.is_empty() => &service.en,
            _ => &service.ru,
        })
    }

    /// One of two words that stand beside each other in the catalogue.
    fn either<'b>(&self, ru: &'b str, en: &'b str) -> &'b str {
        match self.words.language {
            Language::En if !en.is_empty() => en,
            _ => ru,
        }
    }
}
