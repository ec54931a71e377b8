//! Goes on with the orders of public certificates in the open vault, and tells when one has ended.

use std::sync::{Arc, Weak};
use std::time::Duration;

use keyturn_api::{Caller, Code, Instance};
use keyturn_vault::{EndedOrder, Vault};

use crate::events::{OrderEnded, PageEvents};
use crate::notices;

/// The clock is looked at this often: it may be set, and a computer that slept tells nobody.
const LOOK: Duration = Duration::from_secs(20);
/// After something that was not done there is a pause.
const PAUSE: Duration = Duration::from_secs(5);

/// Runs the orders of a vault, until it is dropped.
pub(crate) struct Orders(tauri::async_runtime::JoinHandle<()>);

impl Orders {
    /// Begins. `may_notify` tells whether the person wants to hear of an ended order on the desktop, and
    /// does not see it in the window.
    pub(crate) fn start(
        vault: &Arc<Vault>,
        name: String,
        page: PageEvents,
        may_notify: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        let mut changed = vault.changed();
        let vault = Arc::downgrade(vault);
        Self(tauri::async_runtime::spawn(async move {
            loop {
                changed.mark_unchanged();
                let Some(open) = vault.upgrade() else { return };
                let run = open.run_orders(|ended| {
                    tell(&vault, &page, &ended);
                    if may_notify() {
                        notices::order_ended(&name, ended.issued);
                    }
                });
                let next = match run.await {
                    Ok(next) => next.map_or(LOOK, |at| {
                        let millis = at.millis().saturating_sub(open.now().millis());
                        Duration::from_millis(u64::try_from(millis).unwrap_or_default()).min(LOOK)
                    }),
                    Err(problem) if problem.code == Code::VaultLocked => return,
                    Err(_) => PAUSE,
                };
                drop(open);
                let _ = tokio::time::timeout(next, changed.changed()).await;
            }
        }))
    }
}

impl Drop for Orders {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn tell(vault: &Weak<Vault>, page: &PageEvents, ended: &EndedOrder) {
    let id = ended.secret_id.clone();
    let Some(vault) = vault.upgrade() else { return };
    let view = keyturn_vault::wait(vault.secret_metadata(&Caller::schedule(), &id));
    if let Ok(view) = view {
        page.emit(&OrderEnded {
            secret_id: id,
            name: view.metadata.name,
            issued: ended.issued,
        });
    }
}
