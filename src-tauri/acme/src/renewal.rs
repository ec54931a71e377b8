//! When the server wants a certificate to be renewed (RFC 9773).

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;

use crate::{Answer, Client, Error, Result, parse_url, url};

/// The window that a server suggests for the renewal of a certificate (RFC 9773 section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalInfo {
    /// Its start; if that is past already, the server wants the renewal at once.
    pub start: Timestamp,
    /// Its end, after its start.
    pub end: Timestamp,
    /// Where the server explains why, such as an incident.
    pub explanation_url: Option<Url>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    suggested_window: Window,
    #[serde(rename = "explanationURL", default, deserialize_with = "url::lenient")]
    explanation_url: Option<Url>,
}

#[derive(Deserialize)]
struct Window {
    start: Timestamp,
    end: Timestamp,
}

impl Client {
    /// Asks when to renew a certificate, by the identifier of its issuer's key and its serial
    /// number (see [`certificate_id`]); none if the server does not offer that. The answer says
    /// when to ask again (RFC 9773 section 4.3).
    pub async fn renewal_info(
        &self,
        authority_key_identifier: &[u8],
        serial: &[u8],
    ) -> Result<Option<Answer<RenewalInfo>>> {
        let Some(base) = self.directory().await?.renewal_info.clone() else {
            return Ok(None);
        };
        let id = certificate_id(authority_key_identifier, serial);
        let url = parse_url(&format!("{}/{id}", base.as_str().trim_end_matches('/')))?;
        let answer = self.get(&url).await?.json::<Answered>("a renewal window")?;
        let Window { start, end } = answer.value.suggested_window;
        // Section 4.2 has the client take such an answer for a failure.
        if start >= end {
            return Err(Error::not_acme(
                &url,
                "its renewal window ends before it starts",
            ));
        }
        Ok(Some(answer.map(|answered| RenewalInfo {
            start,
            end,
            explanation_url: answered.explanation_url,
        })))
    }
}

/// What a certificate is called here (RFC 9773 section 4.1): from the `keyIdentifier` of its
/// authority key identifier, and its serial number as DER has it (big endian, with the sign in the
/// first bit).
pub fn certificate_id(authority_key_identifier: &[u8], serial: &[u8]) -> String {
    let encode = |bytes| BASE64URL_NOPAD.encode(bytes);
    format!("{}.{}", encode(authority_key_identifier), encode(serial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_called_as_in_the_example_of_the_standard() {
        let identifier = [
            0x69, 0x88, 0x5B, 0x6B, 0x87, 0x46, 0x40, 0x41, 0xE1, 0xB3, 0x7B, 0x84, 0x7B, 0xA0,
            0xAE, 0x2C, 0xDE, 0x01, 0xC8, 0xD4,
        ];
        let serial = [0x00, 0x87, 0x65, 0x43, 0x21];
        let expected = "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE";
        assert_eq!(certificate_id(&identifier, &serial), expected);
    }
}
