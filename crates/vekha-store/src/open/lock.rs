use crate::OpenError;
use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

/// Holds a data folder for one process: two would use a refresh token twice and lose the session.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// # Errors
    /// [`OpenError::SecondInstance`] while another process holds the folder.
    pub fn take(folder: &Path) -> Result<Self, OpenError> {
        fs::create_dir_all(folder)?;
        let file = File::create(folder.join("in-use"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::SecondInstance),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
