//! What the page is told without asking. Events reach every page and may be read by any script in
//! it, so none of them carries a value.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use keyturn_api::{Changed, Problem};
use keyturn_pki::dns::Checked;
use serde::Serialize;
use specta::Type;
use tauri::AppHandle;
use tauri_specta::Event;

use crate::window;

/// At most ten changes a second are told; a bulk change is one refresh.
const PAUSE: Duration = Duration::from_millis(100);

/// Something in the active instance changed: what the page holds of it is stale.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct InstanceChanged {}

/// The value Keyturn put onto the clipboard is gone from there.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct ClipboardCleared {}

/// An order of a public certificate has ended.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct OrderEnded {
    /// Its secret.
    pub(crate) secret_id: String,
    /// Name of that.
    pub(crate) name: String,
    /// Whether the certificate was issued.
    pub(crate) issued: bool,
}

/// A record of an order was looked up; the command that does so answers with all of them.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct DnsRecordChecked {
    /// The secret of the order.
    pub(crate) secret_id: String,
    /// What was found; it says for which record.
    pub(crate) checked: Checked,
}

/// A secret is being copied to another instance.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct CopyProgressed {
    /// The secret, in the active instance.
    pub(crate) secret_id: String,
    /// Versions that are there and were read back.
    pub(crate) done: u32,
    /// Versions that come along.
    pub(crate) total: u32,
}

/// A file was dropped and is kept; where, in pixels of the page.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct FileDropped {
    /// Names the kept file.
    pub(crate) token: String,
    /// Name of the file, without its folder.
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: u32,
    /// Whether it is not UTF-8 text.
    pub(crate) binary: bool,
    /// From the left.
    pub(crate) x: i32,
    /// From the top.
    pub(crate) y: i32,
}

/// What was dropped was not taken.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct FileDropRefused {
    /// Why.
    pub(crate) problem: Problem,
    /// From the left.
    pub(crate) x: i32,
    /// From the top.
    pub(crate) y: i32,
}

/// A file is being dragged over the window.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(crate) struct FileDragged {
    /// False when it left.
    pub(crate) inside: bool,
    /// From the left.
    pub(crate) x: i32,
    /// From the top.
    pub(crate) y: i32,
}

/// Where events for the page go, from the moment there is one.
#[derive(Clone, Default)]
pub(crate) struct PageEvents(Arc<OnceLock<AppHandle>>);

impl PageEvents {
    /// From now on there is a page to tell.
    pub(crate) fn connect(&self, app: &AppHandle) {
        let _ = self.0.set(app.clone());
    }

    /// Tells the page. Without one nobody needs to know: a new page asks for everything.
    pub(crate) fn emit<E: Event + Clone + Serialize>(&self, event: &E) {
        if let Some(app) = self.0.get() {
            let _ = event.emit(app);
        }
    }

    /// Whether a person works in the window, and so sees what the page is told.
    pub(crate) fn is_watched(&self) -> bool {
        self.0.get().is_some_and(window::has_focus)
    }
}

/// Tells the page of changes in a vault, until it is dropped.
pub(crate) struct Forwarder(tauri::async_runtime::JoinHandle<()>);

impl Forwarder {
    /// Begins.
    pub(crate) fn start(mut changed: Changed, page: PageEvents) -> Self {
        Self(tauri::async_runtime::spawn(async move {
            while changed.changed().await.is_ok() {
                page.emit(&InstanceChanged {});
                tokio::time::sleep(PAUSE).await;
            }
        }))
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        self.0.abort();
    }
}
