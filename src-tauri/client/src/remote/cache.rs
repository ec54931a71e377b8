//! The last seen metadata, kept where it can be read while the instance cannot be reached. Values are
//! never among it.

use keyturn_api::{ConfigurationView, SecretGroupView, SecretView, Timestamp, VersionView};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Where what was last seen is kept. Whoever implements it seals it.
pub trait Cache: Send + Sync {
    /// What was stored last; none if there is nothing that can be read.
    fn load(&self) -> Option<Zeroizing<Vec<u8>>>;

    /// Keeps it in the place of what was there. It may fail silently: the next time comes.
    fn store(&self, seen: &[u8]);
}

/// The secrets among what was stored.
pub fn seen_secrets(stored: &[u8]) -> Vec<SecretView> {
    Seen::read(stored).secrets
}

/// Versions are kept of so many secrets, those that were looked at last.
pub(super) const HISTORIES: usize = 200;

/// What was seen of an instance.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Seen {
    /// When all of it was last known to be so, or the first of it was read.
    pub(super) at: Option<Timestamp>,
    pub(super) secrets: Vec<SecretView>,
    pub(super) groups: Vec<SecretGroupView>,
    pub(super) configurations: Vec<ConfigurationView>,
    /// By id of the secret, the oldest look first.
    pub(super) histories: Vec<(String, Vec<VersionView>)>,
}

impl Seen {
    /// Reads what was stored; what is no longer understood counts as nothing.
    pub(super) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    pub(super) fn write(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Remembers the versions of a secret.
    pub(super) fn remember(&mut self, id: &str, versions: &[VersionView]) {
        self.forget(id);
        if self.histories.len() >= HISTORIES {
            self.histories.remove(0);
        }
        self.histories.push((id.to_owned(), versions.to_vec()));
    }

    pub(super) fn forget(&mut self, id: &str) {
        self.histories.retain(|(other, _)| other != id);
    }

    pub(super) fn history(&self, id: &str) -> Option<&[VersionView]> {
        let found = self.histories.iter().find(|(other, _)| other == id);
        found.map(|(_, versions)| versions.as_slice())
    }
}
