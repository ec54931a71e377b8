//! Remembers how many secrets a remote instance has, for the list of instances.

use std::sync::Arc;
use std::time::Duration;

use keyturn_api::{Caller, Instance, ListSecrets};
use keyturn_client::Remote;

/// A number that changes often is asked for so seldom.
const PAUSE: Duration = Duration::from_secs(10);

/// Counts the secrets of an instance when it is opened and after changes, until it is dropped.
pub(crate) struct SecretCount(tauri::async_runtime::JoinHandle<()>);

impl SecretCount {
    /// Begins. `note` gets each number.
    pub(crate) fn start(
        remote: &Arc<Remote>,
        caller: Caller,
        note: impl Fn(u32) + Send + Sync + 'static,
    ) -> Self {
        let mut changed = remote.changed();
        let remote = Arc::downgrade(remote);
        Self(tauri::async_runtime::spawn(async move {
            let one = ListSecrets {
                limit: 1,
                ..ListSecrets::default()
            };
            loop {
                let Some(remote) = remote.upgrade() else {
                    break;
                };
                if let Ok(page) = remote.list_secrets(&caller, &one).await {
                    note(page.total_count);
                }
                drop(remote);
                tokio::time::sleep(PAUSE).await;
                if changed.changed().await.is_err() {
                    break;
                }
            }
        }))
    }
}

impl Drop for SecretCount {
    fn drop(&mut self) {
        self.0.abort();
    }
}
