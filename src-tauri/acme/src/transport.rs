//! Requests over HTTPS, and what comes back: bounded, and with failures told apart.

use std::io;
use std::time::Duration;

use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{Certificate, RequestBuilder, Url, redirect};
use rustls::CertificateError;
use rustls_pki_types::CertificateDer;
use serde::de::DeserializeOwned;

use crate::{Answer, Error, ErrorKind, Problem, Result, answer, limits, text, url};

/// An answer as it came.
pub(crate) struct Reply {
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    status: u16,
}

/// What all requests have in common: no redirects, no cookies, no compression, HTTPS only.
pub(crate) fn http(
    roots: &[CertificateDer<'static>],
    timeout: Duration,
    user_agent: &str,
) -> Result<reqwest::Client> {
    let setup = |reason: &str| Error::new(ErrorKind::Setup(reason.into()));
    let roots: std::result::Result<Vec<_>, _> = roots
        .iter()
        .map(|root| Certificate::from_der(root))
        .collect();
    let roots = roots.map_err(|_| setup("The root certificate cannot be read."))?;
    let agent = HeaderValue::from_str(user_agent)
        .map_err(|_| setup("The name of the program cannot be sent in a header."))?;
    // Section 6.1 of RFC 8555 wants both.
    let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]);
    reqwest::Client::builder()
        .https_only(true)
        .redirect(redirect::Policy::none())
        .referer(false)
        .user_agent(agent)
        .default_headers(headers)
        .timeout(timeout)
        // A connection that the server is about to close would cost a request.
        .pool_idle_timeout(Duration::from_secs(20))
        .tls_certs_merge(roots)
        .build()
        .map_err(|_| setup("The root certificate, or those of the system, cannot be used."))
}

/// Sends a request and reads its answer to the end, whatever its status.
pub(crate) async fn send(url: &Url, request: RequestBuilder) -> Result<Reply> {
    let failed = |error| failure(url, &error);
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > limits::BODY_BYTES {
            return Err(Error::not_acme(url, "its answer is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply {
        url: url.clone(),
        headers,
        body,
        status,
    })
}

impl Reply {
    /// Only an answer that grants what was asked for.
    pub(crate) fn granted(self) -> Result<Self> {
        let kind = match self.status {
            200..=299 => return Ok(self),
            300..=399 => ErrorKind::NotAcme("it redirects, which is not followed".into()),
            status => match serde_json::from_slice::<Problem>(&self.body) {
                Ok(problem) => ErrorKind::Problem(Box::new(Problem {
                    status: Some(status),
                    ..problem
                })),
                // What stands in front of a server says so without a problem document.
                Err(_) if matches!(status, 408 | 425 | 429 | 500..) => {
                    ErrorKind::Problem(Box::new(Problem {
                        status: Some(status),
                        ..Problem::default()
                    }))
                }
                Err(_) => ErrorKind::NotAcme(format!("HTTP status {status} without a reason")),
            },
        };
        Err(Error {
            retry_after: self.retry_after(),
            ..Error::at(kind, &self.url)
        })
    }

    /// Its JSON; `what` names what was expected, for what the server sent is not to be shown.
    pub(crate) fn json<T: DeserializeOwned>(&self, what: &str) -> Result<Answer<T>> {
        let value = serde_json::from_slice(&self.body).map_err(|error| {
            let reason = if error.is_data() {
                format!("its answer is not {what} of the form it must have")
            } else {
                "its answer is not JSON".to_owned()
            };
            Error::not_acme(&self.url, reason)
        })?;
        Ok(Answer {
            value,
            retry_after: self.retry_after(),
        })
    }

    /// The address of what was made.
    pub(crate) fn location(&self) -> Result<Url> {
        answer::text(&self.headers, &LOCATION)
            .and_then(|location| url::from_header(&self.url, location))
            .ok_or_else(|| Error::not_acme(&self.url, "its answer has no valid Location"))
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        answer::retry_after(&self.headers)
    }
}

/// Why there is no answer.
fn failure(url: &Url, error: &reqwest::Error) -> Error {
    if let Some(reason) = distrusted(error) {
        return Error::at(ErrorKind::Untrusted(distrust(reason)), url);
    }
    if error.is_timeout() {
        return Error::at(ErrorKind::TimedOut, url);
    }
    // The innermost cause says it best: «Connection refused», for one.
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let reason = cause.to_string();
    Error::at(ErrorKind::Unreachable(text::shown(&reason)), url)
}

/// Why a certificate was not accepted, if that is what an error comes from. An error of I/O does
/// not give what it was made from as its source, so that is looked into as well.
fn distrusted<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a CertificateError> {
    if let Some(rustls::Error::InvalidCertificate(reason)) = error.downcast_ref() {
        return Some(reason);
    }
    let inner = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    let found = inner.and_then(|inner| distrusted(inner));
    found.or_else(|| error.source().and_then(distrusted))
}

fn distrust(reason: &CertificateError) -> String {
    let known = match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another name"
        }
        CertificateError::Revoked => "it was revoked",
        // The second: an authority with the name of one that is trusted, and another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "it was not issued by an authority that is trusted"
        }
        other => return text::shown(&format!("it is not valid ({other})")),
    };
    known.to_owned()
}
