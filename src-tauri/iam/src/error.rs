//! Why there is no token. No text holds the key, or what the server wrote about it.

/// What went wrong between an API key and its token.
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
}
