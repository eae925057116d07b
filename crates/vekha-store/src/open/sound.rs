use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A disk may go bad under a file that nobody writes.
const LOOK_AGAIN: Duration = Duration::from_secs(24 * 3600);

/// When the database was last checked. Beside the file lies a note of how it was left: checking reads every page, and
/// a file that is as it was left need not be checked at every start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sound {
    checked: SystemTime,
}

impl Sound {
    pub fn checked_now() -> Self {
        Self {
            checked: SystemTime::now(),
        }
    }

    /// `None` where the file must be checked: never noted, written since, or not looked at for long. A log beside it is no
    /// reason: SQLite takes of it only what bears the right checksums (<https://sqlite.org/walformat.html>, 2.2).
    pub fn known(path: &Path) -> Option<Self> {
        let note = fs::read_to_string(beside(path)).ok()?;
        let (checked, left) = note.split_once(' ')?;
        let checked = UNIX_EPOCH + Duration::from_secs(checked.parse().ok()?);
        // A clock that was set back makes this an error: then it is checked too.
        let age = SystemTime::now().duration_since(checked).ok()?;
        (age < LOOK_AGAIN && left == state(path)?).then_some(Self { checked })
    }

    /// Without a note the next start checks; nothing else depends on it.
    pub fn note(self, path: &Path) {
        let Some(left) = state(path) else { return };
        let checked = self
            .checked
            .duration_since(UNIX_EPOCH)
            .map_or(0, |it| it.as_secs());
        if let Err(error) = fs::write(beside(path), format!("{checked} {left}")) {
            tracing::debug!(%error, "no note of a sound database");
        }
    }

    /// The next start looks at every page.
    pub fn forget(path: &Path) {
        if let Err(error) = fs::remove_file(beside(path))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the note of a sound database stays");
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("sound")
}

fn state(path: &Path) -> Option<String> {
    let file = fs::metadata(path).ok()?;
    let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", file.len(), written.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_alone() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anna.db");
        fs::write(&path, "pages").unwrap();
        Sound::checked_now().note(&path);
        (folder, path)
    }

    #[test]
    fn a_file_left_alone_is_known() {
        let (_folder, path) = left_alone();
        assert!(Sound::known(&path).is_some());
    }

    #[test]
    fn a_file_nobody_noted_or_written_since_is_not() {
        let (_folder, path) = left_alone();
        fs::write(&path, "other pages").unwrap();
        assert!(Sound::known(&path).is_none());
        fs::remove_file(beside(&path)).unwrap();
        assert!(Sound::known(&path).is_none());
    }

    #[test]
    fn what_a_killed_process_leaves_is_known_however_much_it_wrote() {
        let (folder, key) = (tempfile::tempdir().unwrap(), crate::Key::random());
        let open = || crate::Store::open(folder.path(), "anna", &key).unwrap();
        let store = open().store;
        let path = store.path().to_owned();
        let some = "x".repeat(700_000);
        for n in 0..20 {
            store
                .write::<_, crate::StoreError>(|write| {
                    write.put_record("fact", &n.to_string(), &some, 1)
                })
                .unwrap();
            assert!(Sound::known(&path).is_some(), "after {n} writes");
        }
        std::mem::forget(store);
        let again = open().store;
        assert_eq!(again.read(|read| read.records().count("fact")).unwrap(), 20);
    }

    #[test]
    fn after_a_day_or_under_a_clock_set_back_it_is_looked_at_again() {
        let (_folder, path) = left_alone();
        let now = SystemTime::now();
        for checked in [now - LOOK_AGAIN, now + LOOK_AGAIN] {
            Sound { checked }.note(&path);
            assert!(Sound::known(&path).is_none());
        }
    }
}
