//! One call: who asks, what is sent, and what comes back, bounded and with failures told apart.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, Url};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::{Account, Error, exchange::failure};

/// A call that takes longer is given up.
const TIMEOUT: Duration = Duration::from_secs(20);
/// A page of a list has a hundred entries.
const ANSWER_BYTES: usize = 1024 * 1024;
/// Most characters of what IAM says that are shown.
const SHOWN: usize = 200;
/// Most pages of a list that are read.
const PAGES: usize = 50;

/// What is asked.
pub(crate) struct Ask<'a> {
    pub(crate) method: Method,
    /// Below the address of IAM.
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(&'a str, &'a str)],
    pub(crate) headers: &'a [(&'static str, &'a str)],
    /// JSON.
    pub(crate) body: Option<Vec<u8>>,
}

impl<'a> Ask<'a> {
    pub(crate) const fn new(method: Method, path: &'a str) -> Self {
        Self {
            method,
            path,
            query: &[],
            headers: &[],
            body: None,
        }
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        // nothing that is sent can fail to be written
        self.body = serde_json::to_vec(body).ok();
        self
    }
}

/// What IAM's errors have: two services, two forms.
#[derive(Deserialize)]
struct Container {
    #[serde(default)]
    errors: Vec<Said>,
    #[serde(default, rename = "errorCode")]
    code: Option<String>,
    #[serde(default, rename = "errorMessage")]
    message: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

/// A page of a list.
#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    next: Option<String>,
}

impl Account {
    /// Asks, with a token; once more with another one if that was refused.
    pub(crate) async fn call(&self, ask: Ask<'_>) -> Result<Zeroizing<Vec<u8>>, Error> {
        let token = self.tokens.token().await?;
        match self.send(&ask, &token).await {
            Err(Error::Denied { status: 401, .. } | Error::Status(401)) => {
                self.tokens.forget(&token).await;
                let token = self.tokens.token().await?;
                self.send(&ask, &token).await
            }
            answer => answer,
        }
    }

    /// The same; the JSON that comes back.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, Error> {
        let body = self.call(ask).await?;
        serde_json::from_slice(&body).map_err(|_| Error::Answer)
    }

    /// All pages of a list.
    pub(crate) async fn pages<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..PAGES {
            let mut query = query.to_vec();
            query.push(("pagesize", "100"));
            if let Some(token) = &token {
                query.push(("pagetoken", token));
            }
            let ask = Ask {
                query: &query,
                ..Ask::new(Method::GET, path)
            };
            let body = self.call(ask).await?;
            all.push(serde_json::from_slice(&body).map_err(|_| Error::Answer)?);
            let page: Page = serde_json::from_slice(&body).map_err(|_| Error::Answer)?;
            let next = page.next.and_then(|next| Url::parse(&next).ok());
            let next = next.and_then(|next| {
                let pair = next.query_pairs().find(|(name, _)| name == "pagetoken");
                pair.map(|(_, value)| value.into_owned())
            });
            match next {
                Some(next) => token = Some(next),
                None => break,
            }
        }
        Ok(all)
    }

    async fn send(&self, ask: &Ask<'_>, token: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut url = crate::exchange::below(&self.url, ask.path)?;
        if !ask.query.is_empty() {
            url.query_pairs_mut().extend_pairs(ask.query);
        }
        let mut request = self
            .http
            .request(ask.method.clone(), url)
            .timeout(TIMEOUT)
            .header(ACCEPT, "application/json")
            .bearer_auth(token);
        for (name, value) in ask.headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = &ask.body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let lost = |error: reqwest::Error| match failure(&error) {
            Error::Unreachable if !error.is_connect() => Error::BrokenOff,
            other => other,
        };
        let mut response = request.send().await.map_err(lost)?;
        let status = response.status().as_u16();
        let mut body = Zeroizing::new(Vec::with_capacity(16 * 1024));
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(Error::Answer);
            }
            body.extend_from_slice(&chunk);
        }
        match status {
            200..=299 => Ok(body),
            429 => Err(Error::RateLimited),
            _ => Err(denied(status, &body, &self.key)),
        }
    }
}

/// What IAM says, as far as it can be shown; `key` is not.
fn denied(status: u16, body: &[u8], key: &str) -> Error {
    let Ok(mut container) = serde_json::from_slice::<Container>(body) else {
        return Error::Status(status);
    };
    let said = if container.errors.is_empty() {
        Said {
            code: container.code,
            message: container.message,
        }
    } else {
        container.errors.swap_remove(0)
    };
    let without = |text: Option<String>| text.map(|text| text.replace(key, "…"));
    Said {
        code: without(said.code),
        message: without(said.message),
    }
    .denied(status)
}

impl Said {
    pub(crate) fn denied(self, status: u16) -> Error {
        Error::Denied {
            status,
            code: self.code.as_deref().and_then(shown),
            message: self.message.as_deref().and_then(shown),
        }
    }
}

/// One line of what a server wrote. What looks like a key is not repeated.
fn shown(text: &str) -> Option<String> {
    let is_key = |word: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        // an API key has 44 characters; ids have a word before their UUID
        let parts = word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric());
        parts.len() >= 40 && parts.bytes().all(inside) && !parts.contains("Id-")
    };
    let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control());
    let kept: Vec<&str> = words
        .filter(|word| !word.is_empty())
        .map(|word| if is_key(word) { "…" } else { word })
        .collect();
    let line: String = kept.join(" ").chars().take(SHOWN).collect();
    let line = line.trim_end_matches('.').to_owned();
    (!line.is_empty()).then_some(line)
}

/// An id of an answer, fit to stand in a path.
pub(crate) fn check_id(id: &str) -> Result<(), Error> {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if (1..=160).contains(&id.len()) && id.bytes().all(inside) {
        return Ok(());
    }
    Err(Error::Answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_one_line_without_keys() {
        let key = "x".repeat(44);
        let body = format!(
            "{{\"errors\":[{{\"code\":\"BXNIM0140E\",\"message\":\"No\\n such key '{key}' of \
             ServiceId-0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77.\"}}]}}"
        );
        let Error::Denied {
            status,
            code,
            message,
        } = denied(404, body.as_bytes(), "short")
        else {
            panic!("a refusal");
        };
        assert_eq!((status, code.as_deref()), (404, Some("BXNIM0140E")));
        let message = message.unwrap();
        assert_eq!(
            message,
            "No such key … of ServiceId-0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77"
        );
        assert_eq!(denied(502, b"<html>", "short"), Error::Status(502));
        let plain = denied(
            400,
            br#"{"errorCode":"BXNIM0415E","errorMessage":"No short key."}"#,
            "short",
        );
        assert!(
            plain.to_string().contains("BXNIM0415E: No … key"),
            "{plain}"
        );
    }

    #[test]
    fn ids_lead_nowhere_else() {
        assert!(check_id("ApiKey-0d8b9b7e-5a51-4a57-8a43-1f0e6b6b0a77").is_ok());
        for id in ["", "a/../b", "a?b", "a b", "%2e", &"x".repeat(161)] {
            assert_eq!(check_id(id), Err(Error::Answer), "{id}");
        }
    }
}
