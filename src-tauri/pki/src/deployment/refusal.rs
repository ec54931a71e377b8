//! Why a server could not be looked at.

use serde::Serialize;
use specta::Type;

/// Why, to branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProbeCode {
    /// It is no address of a server.
    AddressInvalid,
    /// The host name leads nowhere.
    NameNotFound,
    /// Nobody answers there.
    Unreachable,
    /// It took too long.
    TimedOut,
    /// What answers does not speak TLS.
    NotTls,
    /// TLS could not be agreed upon.
    HandshakeFailed,
    /// The server sent no certificate that can be read.
    CertificateUnreadable,
}

/// Why a server could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[error("{message}")]
pub struct ProbeRefusal {
    /// Why, to branch on.
    pub code: ProbeCode,
    /// Why, in a sentence.
    pub message: String,
    /// What to do.
    pub remedy: Option<String>,
}

impl ProbeRefusal {
    pub(super) fn new(code: ProbeCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            remedy: None,
        }
    }

    #[must_use]
    pub(super) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}
