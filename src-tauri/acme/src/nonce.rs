//! Nonces that the server gave for the next requests (RFC 8555 section 6.5).

use std::sync::{Mutex, PoisonError};

use reqwest::header::{HeaderMap, HeaderName};

use crate::{answer, limits, text};

/// Some nonces, the newest used first: it is the one that the server knows longest.
#[derive(Default)]
pub(crate) struct Nonces(Mutex<Vec<String>>);

impl Nonces {
    pub(crate) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    pub(crate) fn keep(&self, nonce: Option<String>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == limits::NONCES {
            kept.remove(0);
        }
        kept.extend(nonce);
    }
}

/// The nonce of an answer; one that does not have the right form must be ignored (section 6.5.1).
pub(crate) fn of(headers: &HeaderMap) -> Option<String> {
    let nonce = answer::text(headers, &HeaderName::from_static("replay-nonce"))?;
    text::is_base64url(nonce).then(|| nonce.to_owned())
}
