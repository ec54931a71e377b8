//! Addresses: of the directory, and those that a server gives.

use reqwest::Url;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{Error, ErrorKind, Result, limits};

/// Reads an address that was kept, such as that of an account or an order. It must begin with
/// `https://` (RFC 8555 section 6.1), name no user, and be of a sensible length.
pub fn parse_url(text: &str) -> Result<Url> {
    checked(text).map_err(|reason| Error::new(ErrorKind::Setup(reason.into())))
}

/// An address that is taken, or the sentence that says why not.
pub(crate) fn checked(text: &str) -> std::result::Result<Url, &'static str> {
    if text.len() > limits::URL_BYTES {
        return Err("The address is too long.");
    }
    secure(Url::parse(text).map_err(|_| "The address is not a URL.")?)
}

/// An address in a header may be given from where the answer came from (RFC 9110 section 10.2.2).
pub(crate) fn from_header(base: &Url, text: &str) -> Option<Url> {
    if text.len() > limits::URL_BYTES {
        return None;
    }
    secure(base.join(text).ok()?).ok()
}

fn secure(url: Url) -> std::result::Result<Url, &'static str> {
    if url.scheme() != "https" || !url.has_host() {
        return Err("The address must begin with https://.");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("The address must not contain a user or password.");
    }
    Ok(url)
}

/// An address that must be there.
pub(crate) fn required<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Url, D::Error> {
    checked(&String::deserialize(from)?).map_err(D::Error::custom)
}

/// An address that may be missing.
pub(crate) fn optional<'de, D>(from: D) -> std::result::Result<Option<Url>, D::Error>
where
    D: Deserializer<'de>,
{
    let text = Option::<String>::deserialize(from)?.filter(|text| !text.is_empty());
    text.map(|text| checked(&text).map_err(D::Error::custom))
        .transpose()
}

/// An address that is only shown; one that is not taken counts as missing.
pub(crate) fn lenient<'de, D>(from: D) -> std::result::Result<Option<Url>, D::Error>
where
    D: Deserializer<'de>,
{
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_str().and_then(|text| checked(text).ok()))
}

/// A list of addresses.
pub(crate) fn list<'de, D>(from: D) -> std::result::Result<Vec<Url>, D::Error>
where
    D: Deserializer<'de>,
{
    let texts = Vec::<String>::deserialize(from)?;
    let urls = texts.iter().map(|text| checked(text));
    urls.collect::<std::result::Result<_, _>>()
        .map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_without_a_user_is_taken() {
        assert!(checked("https://ca.example.test:14000/dir?a=b").is_ok());
        for wrong in [
            "http://ca.example.test/",
            "file:///etc/passwd",
            "https://user:secret@ca.example.test/",
            "https://",
            "dir",
            &format!("https://ca.example.test/{}", "a".repeat(limits::URL_BYTES)),
        ] {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
        let base = checked("https://ca.example.test/acme/new").unwrap();
        let near = from_header(&base, "/order/1").unwrap();
        assert_eq!(near.as_str(), "https://ca.example.test/order/1");
        assert_eq!(from_header(&base, "http://ca.example.test/order/1"), None);
    }
}
