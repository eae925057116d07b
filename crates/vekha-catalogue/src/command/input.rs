//! What several commands read: a catalogue and a file of facts.
use crate::facts_file::FactsFile;
use crate::{builtin, load};
use std::ops::Deref;
use std::path::Path;
use vekha_lifepath::{Catalogue, Facts};

/// The built-in catalogue, or one that was read.
pub enum Given {
    BuiltIn(&'static Catalogue),
    Read(Box<Catalogue>),
}

impl Deref for Given {
    type Target = Catalogue;

    fn deref(&self) -> &Catalogue {
        match self {
            Self::BuiltIn(catalogue) => catalogue,
            Self::Read(catalogue) => catalogue,
        }
    }
}

pub fn catalogue_in(dir: Option<&Path>) -> Result<Given, String> {
    let Some(dir) = dir else {
        return Ok(Given::BuiltIn(builtin()));
    };
    load(dir, None)
        .map(|catalogue| Given::Read(Box::new(catalogue)))
        .map_err(|findings| {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            format!("the catalogue in {} does not load", dir.display())
        })
}

pub fn facts_in(path: &Path) -> Result<Facts, String> {
    FactsFile::read(path)?.facts()
}
