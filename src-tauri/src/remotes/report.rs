//! What a test of a connection found.

use keyturn_client::{Allowed, Probe, ServiceKind};
use serde::Serialize;
use specta::Type;

use super::RemoteKind;
use crate::desk::instances::InstanceKind;

/// What stands behind an address, and what the key may do there.
#[derive(Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct ConnectionReport {
    /// What it is.
    kind: InstanceKind,
    /// Version of a Keyturn server.
    version: Option<String>,
    /// Number of secrets that the key sees.
    secrets_total: u32,
    /// What the key may do, and what not.
    allowed: Vec<AllowedRow>,
}

/// Something that a key may do, or not.
#[derive(Debug, PartialEq, Eq, Serialize, Type)]
struct AllowedRow {
    /// Name of what was asked, in snake case.
    what: String,
    /// Whether it may.
    yes: bool,
}

impl From<&Probe> for ConnectionReport {
    fn from(probe: &Probe) -> Self {
        Self {
            kind: RemoteKind::from(&probe.kind).into(),
            version: match &probe.kind {
                ServiceKind::Keyturn { version } => Some(version.clone()),
                _ => None,
            },
            secrets_total: probe.secrets_total,
            allowed: probe.allowed.iter().map(AllowedRow::from).collect(),
        }
    }
}

impl From<&Allowed> for AllowedRow {
    fn from(allowed: &Allowed) -> Self {
        let what = serde_json::to_value(allowed.what).unwrap_or_default();
        Self {
            what: what.as_str().unwrap_or_default().to_owned(),
            yes: allowed.yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use keyturn_client::AllowedAction;

    use super::*;

    #[test]
    fn a_probe_is_told_with_what_the_key_may_do() {
        let probe = Probe {
            kind: ServiceKind::IbmCloud,
            secrets_total: 7,
            allowed: vec![Allowed {
                what: AllowedAction::ListSecrets,
                yes: true,
            }],
        };
        let told = serde_json::to_value(ConnectionReport::from(&probe)).unwrap();
        let expected = serde_json::json!({
            "kind": "ibm_cloud", "version": null, "secrets_total": 7,
            "allowed": [{"what": "list_secrets", "yes": true}],
        });
        assert_eq!(told, expected);
    }
}
