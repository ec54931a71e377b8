//! Goes on with the orders of public certificates in the open vault, and tells when one has ended.

use std::sync::{Arc, Weak};

use keyturn_api::{Caller, Instance};
use keyturn_vault::{EndedOrder, Vault};

use crate::events::{OrderEnded, PageEvents};
use crate::notices;

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
        let keeping = vault.keep_orders(move |vault, ended| {
            tell(vault, &page, ended);
            if may_notify() {
                notices::order_ended(&name, ended.issued);
            }
        });
        Self(tauri::async_runtime::spawn(keeping))
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
