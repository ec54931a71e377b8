//! What an open vault does by itself while it is served.

use std::sync::Arc;

use keyturn_vault::Vault;
use tokio::task::JoinHandle;

/// Runs until it is stopped or the vault is closed.
pub(super) struct Work([JoinHandle<()>; 3]);

/// Begins.
pub(super) fn start(vault: &Arc<Vault>) -> Work {
    Work([
        tokio::spawn(vault.keep_schedule(|_| {})),
        tokio::spawn(vault.keep_orders(|_, _| {})),
        tokio::spawn(vault.keep_credentials()),
    ])
}

impl Work {
    /// Ends it, between two steps: each step is a whole one in the vault.
    pub(super) async fn stop(self) {
        for work in self.0 {
            work.abort();
            let _ = work.await;
        }
    }
}
