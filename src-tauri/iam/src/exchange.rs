//! One exchange: the form that is sent, and the token that comes back.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Proxy, Url, redirect};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{Error, Settings};

/// As long as IBM's own clients wait.
const TIMEOUT: Duration = Duration::from_secs(60);
/// An answer has a few kilobytes: two tokens and some numbers.
const ANSWER_BYTES: usize = 256 * 1024;
const GRANT: &str = "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey\
                     &response_type=cloud_iam&apikey=";

/// A token as it came.
pub(crate) struct Granted {
    pub(crate) access_token: Zeroizing<String>,
    pub(crate) life: Duration,
}

#[derive(Deserialize)]
struct Answer {
    access_token: Zeroizing<String>,
    expires_in: u64,
}

/// Where tokens are made, below the address of IAM.
pub(crate) fn address(base: &str) -> Result<Url, Error> {
    below(base, "identity/token")
}

/// An address below that of IAM.
pub(crate) fn below(base: &str, path: &str) -> Result<Url, Error> {
    let base = base.trim_end_matches('/');
    let url = Url::parse(&format!("{base}/{path}"))
        .map_err(|_| Error::Address("The address of the token server is not a URL."))?;
    if !url.username().is_empty() || url.password().is_some() {
        let reason = "The address of the token server must not contain a user or password.";
        return Err(Error::Address(reason));
    }
    if url.query().is_some() || url.fragment().is_some() {
        let reason = "The address of the token server ends with its path.";
        return Err(Error::Address(reason));
    }
    let secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    if !secure || !url.has_host() {
        let reason = "The address of the token server must begin with https://. Only on this \
                      computer it may begin with http://.";
        return Err(Error::Address(reason));
    }
    Ok(url)
}

/// Whether an address stays within this computer.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// No redirects, for the key would follow them; no proxy that nobody named.
pub(crate) fn http(settings: &Settings) -> Result<Client, Error> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .user_agent(concat!("keyturn/", env!("CARGO_PKG_VERSION")))
        .timeout(TIMEOUT)
        .no_proxy();
    for pem in &settings.authorities {
        let roots = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|_| Error::Setup("The root certificate cannot be read."))?;
        builder = builder.tls_certs_merge(roots);
    }
    if let Some(proxy) = &settings.proxy {
        // what goes by HTTP stays within this computer
        let proxy = Proxy::https(proxy.as_str())
            .map_err(|_| Error::Setup("The address of the proxy is not a URL."))?;
        builder = builder.proxy(proxy);
    }
    builder
        .build()
        .map_err(|_| Error::Setup("The root certificates of the system cannot be used."))
}

/// Exchanges the key for a token.
pub(crate) async fn exchange(http: &Client, url: &Url, key: &str) -> Result<Granted, Error> {
    let request = http
        .post(url.clone())
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form(key));
    let mut response = request.send().await.map_err(|error| failure(&error))?;
    let status = response.status().as_u16();
    match status {
        200..=299 => {}
        400 | 401 | 403 => return Err(Error::Refused),
        429 => return Err(Error::RateLimited),
        _ => return Err(Error::Status(status)),
    }
    let mut body = Zeroizing::new(Vec::with_capacity(ANSWER_BYTES));
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + chunk.len() > ANSWER_BYTES {
            return Err(Error::Answer);
        }
        body.extend_from_slice(&chunk);
    }
    let answer: Answer = serde_json::from_slice(&body).map_err(|_| Error::Answer)?;
    let visible = |byte: u8| byte.is_ascii_graphic();
    if answer.access_token.is_empty() || !answer.access_token.bytes().all(visible) {
        return Err(Error::Answer);
    }
    Ok(Granted {
        access_token: answer.access_token,
        life: Duration::from_secs(answer.expires_in),
    })
}

/// The body of the request, wiped when it was sent.
fn form(key: &str) -> Bytes {
    // room for all of it: growing would leave copies behind
    let mut form = Zeroizing::new(Vec::with_capacity(GRANT.len() + 3 * key.len()));
    form.extend_from_slice(GRANT.as_bytes());
    for byte in key.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => form.push(byte),
            _ => {
                let digit = |half: u8| b"0123456789ABCDEF"[usize::from(half & 15)];
                form.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte)]);
            }
        }
    }
    Bytes::from_owner(form)
}

pub(crate) fn failure(error: &reqwest::Error) -> Error {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if error.is_timeout() {
        Error::TimedOut
    } else if error.is_connect() && cause.to_string().contains("certificate") {
        Error::Untrusted
    } else {
        Error::Unreachable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_stays_within_this_computer() {
        for taken in [
            "https://iam.cloud.ibm.com",
            "https://iam.cloud.ibm.com/",
            "https://example.test:8443/below",
            "http://127.0.0.1:8200",
            "http://[::1]:8200",
            "http://localhost:8200",
        ] {
            let url = address(taken).unwrap();
            assert!(url.path().ends_with("/identity/token"), "{taken}");
            assert!(!url.path().contains("//"), "{taken}");
        }
        for refused in [
            "",
            "iam.cloud.ibm.com",
            "http://iam.cloud.ibm.com",
            "http://127.0.0.1.example.test",
            "https://user:word@iam.cloud.ibm.com",
            "https://iam.cloud.ibm.com/?to=",
            "ftp://127.0.0.1",
        ] {
            assert!(address(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn the_form_is_that_of_the_grant() {
        let expected = "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey\
                        &response_type=cloud_iam&apikey=a-_.~%2B%26%3D%C3%A9";
        assert_eq!(form("a-_.~+&=é"), expected.as_bytes());
    }
}
