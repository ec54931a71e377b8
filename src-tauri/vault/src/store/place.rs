//! The vault's places on disk: private from the first byte, and refused when they are not.
//!
//! Files are looked at and never opened here: closing any descriptor of a file drops the locks
//! that SQLite holds on it in this process.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::fs::Access;

use super::{Place, StoreError, schema};

const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;
/// Rights of group and others.
const WIDER: u32 = 0o077;
/// What SQLite keeps beside its file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Checks the places of a vault that is to be opened; gives the path without symbolic links.
pub(super) fn check(path: &Path) -> Result<PathBuf, StoreError> {
    let file = look(path)?.ok_or(StoreError::NotFound)?;
    let path = resolve(path)?;
    check_folder(&path)?;
    check_rights(Place::File, &file)?;
    for name in BESIDE.map(|suffix| beside(&path, suffix)) {
        if let Some(file) = look(&name)? {
            check_rights(Place::File, &file)?;
        }
    }
    if file.mode() & 0o200 == 0 || !writable(&path)? {
        return Err(StoreError::ReadOnly);
    }
    if file.len() == 0 {
        return Err(StoreError::Damaged("the file is empty"));
    }
    Ok(path)
}

/// Whether SQLite keeps commits beside the file that are not in it yet.
pub(super) fn has_log(path: &Path) -> bool {
    fs::symlink_metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// Whether the last page is cut. SQLite would take its missing part for zeros.
pub(super) fn is_cut(path: &Path) -> Result<bool, StoreError> {
    Ok(!has_log(path) && fs::symlink_metadata(path)?.len() % schema::PAGE_SIZE != 0)
}

/// A new vault's file while it is being made: under another name, so that a crash leaves no vault
/// that is half there.
pub(super) struct Draft {
    path: PathBuf,
    target: PathBuf,
}

impl Draft {
    /// Makes the folder, if it is missing, and the empty file.
    pub(super) fn begin(target: &Path) -> Result<Self, StoreError> {
        make_folder(folder_of(target))?;
        let target = resolve(target)?;
        check_folder(&target)?;
        if fs::symlink_metadata(&target).is_ok() {
            return Err(StoreError::Exists);
        }
        let draft = Self {
            path: beside(&target, ".new"),
            target,
        };
        draft.remove();
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(FILE_MODE)
            .open(&draft.path)?;
        // The umask may have taken rights away.
        file.set_permissions(Permissions::from_mode(FILE_MODE))?;
        Ok(draft)
    }

    /// Where the file is while it is a draft.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the finished file its name. Never replaces another file.
    pub(super) fn publish(self) -> Result<PathBuf, StoreError> {
        match fs::hard_link(&self.path, &self.target) {
            Ok(()) => fs::remove_file(&self.path)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists);
            }
            // A file system without hard links; nobody else makes files in a private folder.
            Err(_) => fs::rename(&self.path, &self.target)?,
        }
        File::open(folder_of(&self.target))?.sync_all()?;
        Ok(self.target.clone())
    }

    fn remove(&self) {
        for name in BESIDE.map(|suffix| beside(&self.path, suffix)) {
            let _ = fs::remove_file(name);
        }
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The file itself, not what a link points to; `None` when there is none.
fn look(path: &Path) -> Result<Option<fs::Metadata>, StoreError> {
    let file = match fs::symlink_metadata(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if file.file_type().is_symlink() {
        return Err(StoreError::Symlink);
    }
    if file.is_file() {
        Ok(Some(file))
    } else {
        Err(StoreError::NotRegular)
    }
}

/// The same path through the real folder, for SQLite follows no link on the way to a vault.
fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let name = path.file_name().ok_or(StoreError::NotRegular)?;
    Ok(fs::canonicalize(folder_of(path))?.join(name))
}

fn check_folder(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    let found = fs::metadata(folder)?;
    check_rights(Place::Folder, &found)?;
    if found.mode() & 0o200 == 0 || !writable(folder)? {
        return Err(StoreError::ReadOnly);
    }
    Ok(())
}

fn check_rights(place: Place, found: &fs::Metadata) -> Result<(), StoreError> {
    if found.mode() & WIDER == 0 {
        return Ok(());
    }
    Err(StoreError::Permissions {
        place,
        mode: found.mode() & 0o7777,
    })
}

/// Whether the file system lets us write; the mode alone does not say.
fn writable(path: &Path) -> Result<bool, StoreError> {
    match rustix::fs::access(path, Access::WRITE_OK) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::ACCESS | rustix::io::Errno::ROFS) => Ok(false),
        Err(errno) => Err(io::Error::from(errno).into()),
    }
}

/// Makes the folder and those above it that are missing, each private whatever the umask is.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.exists() {
        return Ok(());
    }
    make_folder(folder_of(folder))?;
    DirBuilder::new().mode(FOLDER_MODE).create(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(FOLDER_MODE))?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
