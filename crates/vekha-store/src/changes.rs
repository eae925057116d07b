//! Which records the last writes touched: whoever holds all of them reads only these again.

/// More than so many are read anew faster than one by one.
const MOST: usize = 500;

/// A record by the kind and the id it is kept under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordKey {
    pub kind: String,
    pub id: String,
}

/// What one write touched.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    keys: Vec<RecordKey>,
    /// Too many to name.
    all: bool,
}

impl Touched {
    pub fn one(&mut self, kind: &str, id: &str) {
        if self.keys.len() < MOST {
            let (kind, id) = (kind.to_owned(), id.to_owned());
            self.keys.push(RecordKey { kind, id });
        } else {
            self.all();
        }
    }

    pub fn all(&mut self) {
        self.all = true;
    }

    pub fn any(&self) -> bool {
        self.all || !self.keys.is_empty()
    }
}

/// What was touched from an edition of the records on.
#[derive(Debug)]
pub(crate) struct Changes {
    since: u64,
    touched: Vec<(u64, RecordKey)>,
}

impl Changes {
    pub fn since(edition: u64) -> Self {
        Self {
            since: edition,
            touched: Vec::new(),
        }
    }

    pub fn add(&mut self, edition: u64, by: Touched) {
        if by.all || self.touched.len() + by.keys.len() > MOST {
            *self = Self::since(edition);
        } else {
            let keys = by.keys.into_iter();
            self.touched.extend(keys.map(|key| (edition, key)));
        }
    }

    /// Nothing where that edition is too old to tell, or none of this store's.
    pub fn after(&self, edition: u64) -> Option<Vec<RecordKey>> {
        let mine = edition == self.since || self.touched.iter().any(|(at, _)| *at == edition);
        if !mine {
            return None;
        }
        let later = self.touched.iter().filter(|(at, _)| *at > edition);
        let mut keys: Vec<RecordKey> = later.map(|(_, key)| key.clone()).collect();
        keys.sort();
        keys.dedup();
        Some(keys)
    }
}
