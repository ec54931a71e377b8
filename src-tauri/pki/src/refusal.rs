//! Why something was not taken: which part is wrong, and what to do.

use serde::Serialize;
use specta::Type;

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Refusal>;

/// Result of what is asked for field by field: a refusal comes with the name that the API has for
/// the field that is wrong.
pub type FieldResult<T> = std::result::Result<T, (&'static str, Refusal)>;

/// Which part of what was given is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A file as a whole.
    File,
    /// The certificate itself (leaf).
    Certificate,
    /// The certificates between it and a root.
    Intermediate,
    /// The private key.
    PrivateKey,
    /// The certificate signing request.
    Csr,
    /// The password of a file.
    Password,
}

impl Part {
    /// The name of the field of API v2, or of the window.
    pub const fn field(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Certificate => "certificate",
            Self::Intermediate => "intermediate",
            Self::PrivateKey => "private_key",
            Self::Csr => "csr",
            Self::Password => "password",
        }
    }
}

/// Reasons that somebody acts upon; all others are told in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is encrypted, and no password was given.
    PasswordNeeded,
    /// It is encrypted, and the password does not open it.
    PasswordWrong,
    /// Anything else.
    Other,
}

/// Something that was not taken. Holds no part of a key or password, and no text of the input but
/// names of algorithms and of PEM labels that are known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Which part is wrong.
    pub part: Part,
    /// What to branch on.
    pub reason: Reason,
    /// One sentence: what is wrong.
    pub message: String,
    /// One sentence: what to do.
    pub remedy: Option<String>,
}

impl Refusal {
    /// A refusal in words.
    pub fn new(part: Part, message: impl Into<String>) -> Self {
        Self {
            part,
            reason: Reason::Other,
            message: message.into(),
            remedy: None,
        }
    }

    /// With the field that is wrong.
    pub(crate) fn of(field: &'static str) -> impl Fn(Self) -> (&'static str, Self) {
        move |refusal| (field, refusal)
    }

    /// With what to do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// An encrypted key or key store that came without its password.
    pub fn password_needed(part: Part, what: &str) -> Self {
        Self {
            reason: Reason::PasswordNeeded,
            ..Self::new(part, format!("{what} is encrypted."))
        }
        .remedy("Enter its password.")
    }

    /// A password that does not open what it should.
    pub fn password_wrong(what: &str) -> Self {
        Self {
            reason: Reason::PasswordWrong,
            ..Self::new(
                Part::Password,
                format!("The password does not open {what}, or {what} is damaged."),
            )
        }
        .remedy("Check the password and enter it again.")
    }
}
