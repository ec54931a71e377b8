//! One error type for everything an instance refuses or fails at.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What every operation of an [`Instance`](crate::Instance) returns.
pub type Result<T> = std::result::Result<T, Problem>;

/// Why something was not done, for people (`message`, `remedy`) and for programs (`code`,
/// `target`). Never holds a value of a secret, nor input that was refused.
///
/// On the wire it becomes one entry of IBM's error container (`errors[]`, API Handbook).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// Stable code to branch on.
    pub code: Code,
    /// One sentence: what went wrong and what was kept.
    pub message: String,
    /// The field, parameter or file at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// What to do now, where there is something to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

impl Problem {
    /// A problem with a sentence; add [`Self::at`] and [`Self::remedy`] as they apply.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            target: None,
            remedy: None,
        }
    }

    /// A refusal of the field `name`.
    pub fn field(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Code::BadRequest, message).at(Target::field(name))
    }

    /// The secret, version or configuration is not there, or not for this caller: both read alike.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("The {what} was not found."))
            .remedy("It may have been deleted. Refresh the list.")
    }

    /// Names what is at fault.
    #[must_use]
    pub fn at(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    /// Says what to do now.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

/// What a [`Problem`] is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Target {
    /// Where to look.
    #[serde(rename = "type")]
    pub kind: TargetKind,
    /// Name of the field, parameter or header, as on the wire.
    pub name: String,
}

impl Target {
    /// A field of the request body.
    pub fn field(name: impl Into<String>) -> Self {
        Self {
            kind: TargetKind::Field,
            name: name.into(),
        }
    }

    /// A header of the request.
    pub fn header(name: impl Into<String>) -> Self {
        Self {
            kind: TargetKind::Header,
            name: name.into(),
        }
    }

    /// A query parameter.
    pub fn parameter(name: impl Into<String>) -> Self {
        Self {
            kind: TargetKind::Parameter,
            name: name.into(),
        }
    }
}

/// The three places IBM's error container knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// A field of the body.
    Field,
    /// A query parameter.
    Parameter,
    /// A header.
    Header,
}

/// The codes someone branches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// A field or parameter breaks a rule.
    BadRequest,
    /// No token, or one that is not valid (any longer).
    Unauthorized,
    /// Too many requests; a later one may be answered.
    RateLimited,
    /// Several configurations of different types have this name.
    Ambiguous,
    /// The role lacks the action.
    Forbidden,
    /// Unknown id or name, or outside the caller's groups.
    NotFound,
    /// A secret of the same type, or a group, has this name.
    NameTaken,
    /// Somebody else changed it since it was read.
    Conflict,
    /// A limit of the service is reached.
    LimitReached,
    /// The state of the secret forbids it (expired, failed).
    WrongState,
    /// A secret group still has secrets in it.
    NotEmpty,
    /// A lock forbids it.
    Locked,
    /// A file is encrypted, and no password was given.
    PasswordNeeded,
    /// The password does not open a file.
    PasswordWrong,
    /// The next rotation would come after the version has expired; IBM's code.
    #[serde(rename = "Error02009")]
    IntervalPastExpiry,
    /// The value of this version is no longer kept.
    ValueGone,
    /// The instance cannot do this at all.
    NotSupported,
    /// The vault is locked.
    VaultLocked,
    /// The vault has no unlock method besides the keyring yet.
    RecoveryRequired,
    /// Passphrase or recovery code does not open the vault.
    WrongKey,
    /// The operating system's keyring is not there.
    KeyringAbsent,
    /// The keyring is locked, or its prompt was dismissed.
    KeyringLocked,
    /// The keyring has no entry for this vault.
    KeyringNoEntry,
    /// The keyring holds a key of something else.
    KeyringForeignKey,
    /// The vault file is damaged, or was changed from outside.
    Damaged,
    /// The file is not a vault.
    NotAVault,
    /// The vault was written by a newer Keyturn.
    NewerFormat,
    /// The vault's file or folder has wider rights than it may have.
    Permissions,
    /// The vault can be read but not written.
    ReadOnly,
    /// No space is left on the disk.
    DiskFull,
    /// Another program holds the vault for too long.
    Busy,
    /// A file given for import cannot be taken.
    File,
    /// Reading or writing failed.
    Io,
}
