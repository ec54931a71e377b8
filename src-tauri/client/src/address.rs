//! Where an instance is, and the addresses below it.

use std::net::IpAddr;

use keyturn_api::{Code, Problem, Result, Target};
use reqwest::Url;

/// Address of an instance, without `/api/v2`.
#[derive(Clone, Debug)]
pub(crate) struct Address(Url);

impl Address {
    /// HTTPS; HTTP only within this computer. `/api` at the end, as IBM's console shows it, is left
    /// out.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let text = text.trim().trim_end_matches('/');
        let text = text.strip_suffix("/api").unwrap_or(text);
        let url = Url::parse(text).map_err(|_| refused("The service URL is not a URL."))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "The service URL must not contain a user or password.",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("The service URL ends with its path."));
        }
        let secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
        if !secure || !url.has_host() {
            return Err(refused(
                "The service URL must begin with https://. Only on this computer it may begin with \
                 http://.",
            ));
        }
        Ok(Self(url))
    }

    /// Whether another address is that of the same server.
    pub(crate) fn is_same_server(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }

    /// The address of a request. It cannot leave the instance, whatever the path is.
    pub(crate) fn join(&self, path_and_query: &str) -> Result<Url> {
        let base = self.0.as_str().trim_end_matches('/');
        let outside = || refused("The request would leave the instance.");
        if !path_and_query.starts_with('/') {
            return Err(outside());
        }
        let url = Url::parse(&format!("{base}{path_and_query}")).map_err(|_| outside())?;
        let path = path_and_query.split('?').next().unwrap_or_default();
        let kept = url.path() == format!("{}{path}", self.0.path().trim_end_matches('/'));
        let same = url.origin() == self.0.origin() && url.fragment().is_none();
        if kept && same {
            Ok(url)
        } else {
            Err(outside())
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn refused(message: &str) -> Problem {
    Problem::new(Code::BadRequest, message)
        .at(Target::parameter("service_url"))
        .remedy("Copy it from the Endpoints page of the instance.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_reached_securely_or_within_this_computer() {
        for (taken, joined) in [
            (
                "https://a.example.test",
                "https://a.example.test/api/v2/secrets?limit=1",
            ),
            (
                "https://a.example.test/api/",
                "https://a.example.test/api/v2/secrets?limit=1",
            ),
            (
                "https://a.example.test/kt",
                "https://a.example.test/kt/api/v2/secrets?limit=1",
            ),
            (
                " http://127.0.0.1:8200/",
                "http://127.0.0.1:8200/api/v2/secrets?limit=1",
            ),
            ("http://[::1]:1", "http://[::1]:1/api/v2/secrets?limit=1"),
        ] {
            let url = Address::parse(taken).and_then(|base| base.join("/api/v2/secrets?limit=1"));
            assert_eq!(url.unwrap().as_str(), joined);
        }
        for wrong in [
            "",
            "a.example.test",
            "http://a.example.test",
            "https://u@a.example.test",
            "https://a.example.test/?x",
            "https://a.example.test/#x",
            "file:///etc/passwd",
            "http://localhost.example.test",
            "http://10.0.0.1",
        ] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_path_leaves_the_instance() {
        let base = Address::parse("https://a.example.test/kt").unwrap();
        for path in [
            "",
            "api",
            "@evil.test/",
            "//evil.test/x/../..",
            "/../x",
            "/a/%2e%2e/b",
            "/a#b",
            "/a/./b",
            "\\evil.test",
        ] {
            assert!(base.join(path).is_err(), "{path}");
        }
        assert!(base.join("/api/v2/secrets/%2E").is_err());
        assert!(base.join("/api/v2/configurations/a%2Fb").is_ok());
    }
}
