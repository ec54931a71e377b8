//! Remote instances as this computer knows them: where each is (`list`), the form they are given by
//! (`form`), their API keys (`keys`), and what the window tells of them.
//!
//! **Invariant:** an API key lies in the operating system's keyring, or in memory where the person
//! wants to be asked each time; never in a file, a text or the page.

pub(crate) mod count;
pub(crate) mod form;
pub(crate) mod keys;
mod list;
mod report;
pub(crate) mod seen;

use keyturn_api::{Code, Problem, Timestamp};
use keyturn_client::{Reach, ServiceKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

pub(crate) use list::Remotes;
pub(crate) use report::ConnectionReport;

/// A remote instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RemoteEntry {
    /// Names it on this computer.
    pub(crate) id: Uuid,
    /// What the person calls it.
    pub(crate) name: String,
    /// Mark, 0–7.
    pub(crate) color: u8,
    /// What answered when it was connected.
    pub(crate) kind: RemoteKind,
    /// How it is reached.
    pub(crate) route: Route,
    /// How many secrets there were last.
    pub(crate) secrets_total: Option<u32>,
    /// Whether the person gives the key each time, and the keyring keeps none.
    #[serde(default)]
    pub(crate) ask_for_key: bool,
}

/// What stands behind an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RemoteKind {
    /// Secrets Manager of IBM Cloud.
    IbmCloud,
    /// A Keyturn server.
    KeyturnServer,
    /// Something else that speaks API v2.
    #[serde(other)]
    Other,
}

/// How an instance is reached. Nothing of it is confidential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Route {
    /// Service URL.
    pub(crate) url: String,
    /// Where its key is exchanged; none: where it usually is.
    #[serde(default)]
    pub(crate) iam_url: Option<String>,
    /// Address of a proxy; none: no proxy.
    #[serde(default)]
    pub(crate) proxy: Option<String>,
    /// Certificates to trust besides the system's, PEM.
    #[serde(default)]
    pub(crate) root_certificates: Option<String>,
    /// Region of an instance in IBM Cloud.
    #[serde(default)]
    pub(crate) region: Option<String>,
    /// Id of an instance in IBM Cloud.
    #[serde(default)]
    pub(crate) instance_id: Option<String>,
}

/// Where programs find an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct RemoteAddress {
    /// Service URL.
    pub(crate) service_url: String,
    /// Where a key is exchanged for a token; `/identity/token` is added.
    pub(crate) iam_url: String,
    /// Id of an instance in IBM Cloud.
    pub(crate) instance_id: Option<String>,
}

/// That an instance does not answer, and how old what is shown of it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Offline {
    /// Since when.
    pub(crate) since: Timestamp,
    /// When what is shown was read; none: nothing was.
    pub(crate) seen_at: Option<Timestamp>,
    /// Why.
    pub(crate) problem: Problem,
}

impl Offline {
    /// Why something cannot be done then.
    pub(crate) const HINDRANCE: &str = "The instance cannot be reached.";

    /// What the page is told of a reach; nothing while the instance answers.
    pub(crate) fn of(reach: Reach) -> Option<Self> {
        match reach {
            Reach::Online => None,
            Reach::Offline {
                since,
                problem,
                seen_at,
            } => Some(Self {
                since,
                seen_at,
                problem,
            }),
        }
    }

    /// Whether it answers, but does not take the key.
    pub(crate) fn is_refusal(&self) -> bool {
        self.problem.code == Code::Unauthorized
    }
}

impl Route {
    /// Where programs find it.
    pub(crate) fn address(&self) -> RemoteAddress {
        let usual = || keyturn_client::iam_url(&self.url);
        RemoteAddress {
            service_url: self.url.clone(),
            iam_url: self.iam_url.clone().unwrap_or_else(usual),
            instance_id: self.instance_id.clone(),
        }
    }

    /// Host and port, as a person tells instances apart.
    pub(crate) fn host(&self) -> String {
        let url = tauri::Url::parse(&self.url).ok();
        let host = url.as_ref().and_then(|url| {
            let host = url.host_str()?;
            Some(match url.port() {
                Some(port) => format!("{host}:{port}"),
                None => host.to_owned(),
            })
        });
        host.unwrap_or_else(|| self.url.clone())
    }
}

impl RemoteKind {
    /// The same as the client knows it, so that it need not ask again.
    pub(crate) fn service(self) -> Option<ServiceKind> {
        match self {
            Self::IbmCloud => Some(ServiceKind::IbmCloud),
            Self::KeyturnServer => Some(ServiceKind::Keyturn {
                version: String::new(),
            }),
            Self::Other => None,
        }
    }
}

impl From<&ServiceKind> for RemoteKind {
    fn from(kind: &ServiceKind) -> Self {
        match kind {
            ServiceKind::IbmCloud => Self::IbmCloud,
            ServiceKind::Keyturn { .. } => Self::KeyturnServer,
            ServiceKind::Other => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_told_by_its_host() {
        for (url, host) in [
            ("https://kt.example.test/api", "kt.example.test"),
            ("http://127.0.0.1:8200", "127.0.0.1:8200"),
        ] {
            assert_eq!(form::tests::route(url).host(), host);
        }
    }
}
