//! Looks after the API keys that the open vault has in IAM.

use std::sync::Arc;

use keyturn_vault::Vault;

/// Rotates and removes them, until it is dropped.
pub(crate) struct Credentials(tauri::async_runtime::JoinHandle<()>);

impl Credentials {
    /// Begins.
    pub(crate) fn start(vault: &Arc<Vault>) -> Self {
        Self(tauri::async_runtime::spawn(vault.keep_credentials()))
    }
}

impl Drop for Credentials {
    fn drop(&mut self) {
        self.0.abort();
    }
}
