//! What stands behind an address, what a key may do there, and whether it answers.

use keyturn_api::{Problem, Timestamp};
use serde::{Deserialize, Serialize};

/// Whether an instance answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It answered last time.
    Online,
    /// It did not.
    Offline {
        /// Since when.
        since: Timestamp,
        /// Why.
        problem: Problem,
        /// How old what is shown of it is; none: nothing is.
        seen_at: Option<Timestamp>,
    },
}

/// What stands behind an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServiceKind {
    /// Secrets Manager of IBM Cloud.
    IbmCloud,
    /// A Keyturn server.
    Keyturn {
        /// Its version.
        version: String,
    },
    /// Something else that speaks API v2.
    Other,
}

/// What an instance answered to a first question.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What it is.
    pub kind: ServiceKind,
    /// How many secrets the key sees.
    pub secrets_total: u32,
    /// What the key may do.
    pub allowed: Vec<Allowed>,
}

/// Something that a key may do, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// What.
    pub what: AllowedAction,
    /// Whether it may.
    pub yes: bool,
}

/// What is asked to see what a key may do. Of an instance that tells the role, all of it is known;
/// elsewhere only what can be tried without changing anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowedAction {
    /// List secrets.
    ListSecrets,
    /// Read values.
    ReadValues,
    /// Create and rotate secrets.
    Rotate,
    /// Delete secrets, and manage groups and locks.
    Manage,
    /// Read the configurations of engines.
    ReadConfigurations,
}

/// Whether an address is one of IBM's service: requests are paced there.
pub(crate) fn is_ibm_cloud(url: &str) -> bool {
    let host = reqwest::Url::parse(url.trim()).ok();
    let host = host.as_ref().and_then(reqwest::Url::host_str);
    host.is_some_and(|host| {
        let host = host.to_ascii_lowercase();
        host.ends_with(".secrets-manager.appdomain.cloud")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ibms_hosts_are_known_by_their_end() {
        for (url, is) in [
            ("https://x.us-south.secrets-manager.appdomain.cloud", true),
            (
                "https://x.private.eu-de.SECRETS-MANAGER.appdomain.cloud/",
                true,
            ),
            (
                "https://secrets-manager.appdomain.cloud.example.test",
                false,
            ),
            (
                "https://example.test/secrets-manager.appdomain.cloud",
                false,
            ),
            ("nonsense", false),
        ] {
            assert_eq!(is_ibm_cloud(url), is, "{url}");
        }
    }
}
