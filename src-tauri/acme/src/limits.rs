//! How much is taken from a server, and how often it is asked.

use std::time::Duration;

/// Bytes of one answer.
pub const BODY_BYTES: usize = 1024 * 1024;

/// Bytes of an address that came from a server or was given for one.
pub const URL_BYTES: usize = 2048;

/// Characters of a text of the server that is shown to a person.
pub const TEXT_CHARS: usize = 500;

/// Problems below a problem (RFC 8555 section 6.7.1): one for each name of an order.
pub const SUBPROBLEMS: usize = 100;

/// Bytes of a nonce or a token.
pub const TOKEN_BYTES: usize = 512;

/// Nonces that are kept for the next requests.
pub const NONCES: usize = 16;

/// How often one request is sent while the server does not take its nonce (RFC 8555 section 6.5).
pub const NONCE_TRIES: usize = 20;

/// Pages of a list of orders (RFC 8555 section 7.1.2.1).
pub const ORDER_PAGES: usize = 100;

/// The longest time to wait that a server is believed.
pub const RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
