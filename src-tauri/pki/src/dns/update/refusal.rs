//! Why a dynamic update was not made.

use serde::Serialize;
use specta::Type;

/// Why, to branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UpdateCode {
    /// It is no name or text that a record can have.
    RecordInvalid,
    /// Nobody answers there.
    Unreachable,
    /// It took too long.
    TimedOut,
    /// The server does not know the key (BADKEY).
    KeyUnknown,
    /// The server does not accept the signature (BADSIG).
    SignatureWrong,
    /// The clocks are too far apart (BADTIME).
    ClockDiffers,
    /// The server is no authority for the zone (NOTAUTH).
    NotAuthoritative,
    /// The name is not in the zone (NOTZONE).
    NotInZone,
    /// The key may not change this name (REFUSED).
    Refused,
    /// The server failed (SERVFAIL).
    ServerFailed,
    /// The answer is not signed, or not by who has the key.
    AnswerUntrusted,
    /// Any other answer.
    Rejected,
}

/// Why a dynamic update was not made. Holds no part of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[error("{message}")]
pub struct UpdateRefusal {
    /// Why, to branch on.
    pub code: UpdateCode,
    /// Why, in a sentence.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl UpdateRefusal {
    pub(super) fn new(
        code: UpdateCode,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}
