//! What can go wrong with the vault's file, told apart so that a surface can say what to do.
//! No variant carries a key or a value.

use std::io;

use rusqlite::ErrorCode;
use rusqlite::ffi;

/// Why the store could not do what it was asked; nothing was changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file at this place.
    #[error("there is no vault file at this place")]
    NotFound,
    /// A new vault was to be made where a file is already.
    #[error("there is already a file at the place of the new vault")]
    Exists,
    /// The file is something else: another program's, or no SQLite file at all.
    #[error("the file is not a Keyturn vault")]
    NotAVault,
    /// The file is a vault but not whole; the text says what was found.
    #[error("the vault file is damaged: {0}")]
    Damaged(&'static str),
    /// A later Keyturn wrote this file.
    #[error("the vault file has format {found}, this Keyturn reads up to format {known}")]
    NewerFormat {
        /// The format the file says it has.
        found: u32,
        /// The newest format this program knows.
        known: u32,
    },
    /// Other users of this computer could read or write it.
    #[error("other users may access the vault {place} (mode {mode:04o})")]
    Permissions {
        /// Which of the vault's places is too open.
        place: Place,
        /// Its permission bits.
        mode: u32,
    },
    /// The vault file, or a file SQLite keeps beside it, is a symbolic link.
    #[error("the vault file is a symbolic link")]
    Symlink,
    /// A directory, FIFO, socket or device stands where the file should be.
    #[error("the vault file is not a regular file")]
    NotRegular,
    /// The file, its folder or the file system cannot be written.
    #[error("the vault file cannot be written")]
    ReadOnly,
    /// The disk, or the user's quota, is full.
    #[error("the disk is full")]
    Full,
    /// Another process kept the vault locked for longer than we wait.
    #[error("another program keeps the vault locked")]
    Busy,
    /// A key or value longer than the store keeps.
    #[error("a record is too large for the vault")]
    TooLarge,
    /// The ledger could not make or check its part of a commit.
    #[error("the vault's own records could not be written or checked: {0}")]
    Ledger(&'static str),
    /// The operating system refused a read or a write.
    #[error("the vault file could not be read or written: {0}")]
    Io(io::ErrorKind),
}

impl StoreError {
    /// What a person can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotFound => "Check that the disk with the vault is connected.",
            Self::Exists => "Choose another place, or open the vault that is there.",
            Self::NotAVault => "Choose the file vault.keyturn of a vault's folder.",
            Self::Damaged(_) | Self::Ledger(_) => "Restore the vault from a backup.",
            Self::NewerFormat { .. } => "Open it with the newer Keyturn that wrote it.",
            Self::Permissions { place, .. } => place.remedy(),
            Self::Symlink => "Open the vault at the place the link points to.",
            Self::NotRegular => "Remove what stands at the place of the vault file.",
            Self::ReadOnly => "Make the vault's file and folder writable for yourself.",
            Self::Full => "Free some space and try again; nothing was changed.",
            Self::Busy => "Close the other program or wait for it, then try again.",
            Self::TooLarge => "Store less in one secret.",
            Self::Io(_) => "Check the disk and try again.",
        }
    }
}

/// A place on disk whose permissions matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The folder the vault lives in.
    Folder,
    /// The vault file, or a file SQLite keeps beside it.
    File,
}

impl Place {
    fn remedy(self) -> &'static str {
        match self {
            Self::Folder => "Take the rights of others away: chmod 700 on the vault's folder.",
            Self::File => "Take the rights of others away: chmod 600 on the vault's files.",
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Folder => "folder",
            Self::File => "file",
        })
    }
}

/// Why a commit was not made. Nothing of it was applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// Another commit came first: the vault is at a later generation than the batch expects.
    #[error("the vault was changed in between")]
    Stale,
    /// A record no longer has the revision the commit expects.
    #[error("a record was changed in between")]
    Conflict {
        /// The record; empty for the header's body.
        key: Vec<u8>,
    },
    /// The writer stopped before it could say; read again to see whether it was applied.
    #[error("the vault was closed before the change was acknowledged")]
    Interrupted,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => from_failure(failure),
            rusqlite::Error::InvalidPath(_) | rusqlite::Error::NulError(_) => {
                Self::Io(io::ErrorKind::InvalidInput)
            }
            // Our statements fit our tables, so a row of another shape was not written by us.
            _ => Self::Damaged("a row has another shape than ours"),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::AlreadyExists => Self::Exists,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            kind => Self::Io(kind),
        }
    }
}

impl From<rusqlite::Error> for CommitError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

fn from_failure(failure: ffi::Error) -> StoreError {
    match (failure.code, failure.extended_code) {
        (_, ffi::SQLITE_CANTOPEN_SYMLINK) => StoreError::Symlink,
        (_, ffi::SQLITE_IOERR_SHORT_READ) => StoreError::Damaged("the file ends too early"),
        (_, ffi::SQLITE_IOERR_CORRUPTFS) => StoreError::Damaged("the file system is damaged"),
        (
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed,
            _,
        ) => StoreError::Busy,
        (ErrorCode::ReadOnly, _) => StoreError::ReadOnly,
        (ErrorCode::DiskFull, _) => StoreError::Full,
        (ErrorCode::CannotOpen | ErrorCode::PermissionDenied, _) => {
            StoreError::Io(io::ErrorKind::PermissionDenied)
        }
        (ErrorCode::TooBig, _) => StoreError::TooLarge,
        (ErrorCode::NotADatabase, _) => StoreError::NotAVault,
        (ErrorCode::DatabaseCorrupt, _) => StoreError::Damaged("its pages do not fit together"),
        (ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch, _) => {
            StoreError::Damaged("its rows contradict each other")
        }
        (ErrorCode::Unknown | ErrorCode::SchemaChanged, _) => {
            StoreError::Damaged("its tables are not ours")
        }
        (ErrorCode::OutOfMemory, _) => StoreError::Io(io::ErrorKind::OutOfMemory),
        _ => StoreError::Io(io::ErrorKind::Other),
    }
}
