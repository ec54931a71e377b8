//! Why there is no token, or why something was not done. No text holds a key, or what the server
//! wrote about one.

/// What went wrong between an API key and its token, or with what was asked of IAM.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address cannot be used.
    #[error("{0}")]
    Address(&'static str),
    /// A root certificate or the proxy cannot be used.
    #[error("{0}")]
    Setup(&'static str),
    /// The key has a character that no key has.
    #[error("The API key has characters that an API key does not have.")]
    Key,
    /// The server does not know the key, or does not take it any longer.
    #[error("The API key was not accepted.")]
    Refused,
    /// The server asks to come back later.
    #[error("The token server has too many requests.")]
    RateLimited,
    /// The server answered with something else than a token.
    #[error("The token server answered with HTTP status {0}.")]
    Status(u16),
    /// What came back is no token.
    #[error("The answer of the token server is not a token.")]
    Answer,
    /// Nobody answers.
    #[error("The token server cannot be reached.")]
    Unreachable,
    /// Its certificate is not trusted.
    #[error("The certificate of the token server is not trusted.")]
    Untrusted,
    /// Nobody answered in time.
    #[error("The token server did not answer in time.")]
    TimedOut,
    /// The connection ended before the answer came.
    #[error("The connection to IAM was lost before its answer came.")]
    BrokenOff,
    /// IAM did not do what it was asked, and says why.
    #[error("IAM answered with HTTP status {status}{}.", told(.code.as_deref(), .message.as_deref()))]
    Denied {
        /// That of HTTP.
        status: u16,
        /// IAM's own, such as `BXNIM0140E`.
        code: Option<String>,
        /// One line, at most 200 characters.
        message: Option<String>,
    },
}

impl Error {
    /// Whether IAM may have done what it was asked all the same.
    pub const fn may_be_done(&self) -> bool {
        match self {
            Self::TimedOut | Self::BrokenOff | Self::Answer => true,
            Self::Status(status) | Self::Denied { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// Whether what was named is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Denied { status: 404, .. } | Self::Status(404))
    }
}

fn told(code: Option<&str>, message: Option<&str>) -> String {
    match (code, message) {
        (Some(code), Some(message)) => format!(" ({code}: {message})"),
        (Some(text), None) | (None, Some(text)) => format!(" ({text})"),
        (None, None) => String::new(),
    }
}
