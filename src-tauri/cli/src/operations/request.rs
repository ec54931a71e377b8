//! What a command sends.

use std::fmt::Write;

use http::Method;
use zeroize::Zeroizing;

use super::List;

/// One HTTP request.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    /// Names one of several configurations with the same name.
    pub(crate) config_type: Option<String>,
    pub(crate) body: Zeroizing<Vec<u8>>,
    /// For collections: what a table shows.
    pub(crate) list: Option<&'static List>,
    /// Whether to ask for page after page.
    pub(crate) all_pages: bool,
}

impl Request {
    /// Path and query, as they go out.
    pub(crate) fn target(&self) -> String {
        self.target_with(None)
    }

    /// The same from another offset on.
    pub(crate) fn target_from(&self, offset: u64) -> String {
        self.target_with(Some(offset))
    }

    /// The same request for another page, without a body.
    pub(crate) fn again(&self) -> Self {
        Self {
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            config_type: self.config_type.clone(),
            body: Zeroizing::default(),
            ..*self
        }
    }

    fn target_with(&self, offset: Option<u64>) -> String {
        let mut target = self.path.clone();
        let mut separator = '?';
        let kept = |(name, _): &&(&'static str, String)| offset.is_none() || *name != "offset";
        for (name, value) in self.query.iter().filter(kept) {
            // an array is one parameter with commas in it
            let _ = write!(target, "{separator}{name}={}", encode(value, ","));
            separator = '&';
        }
        if let Some(offset) = offset {
            let _ = write!(target, "{separator}offset={offset}");
        }
        target
    }
}

/// Percent-encoding (RFC 3986); `kept` stays as it is, besides what always does.
pub(super) fn encode(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let character = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~".contains(character) || kept.contains(character) {
            encoded.push(character);
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
