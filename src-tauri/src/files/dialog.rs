//! The native dialogs, opened by this program and never by the page.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyturn_api::{Code, Problem, Result};
use rfd::AsyncFileDialog;
use tauri::{Manager, WebviewWindow};

use super::reading::{self, ReadFile};
use super::{FilePurpose, PickedFile};
use crate::desk::Desk;

/// Whether a dialog is on the screen.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Asks for a file, reads and checks it. A file for metadata is handed to the page as text; any
/// other is kept.
pub(crate) async fn pick(
    window: &WebviewWindow,
    desk: &Arc<Desk>,
    purpose: FilePurpose,
) -> Result<Option<PickedFile>> {
    check_open(desk, purpose)?;
    let Some(path) = ask_open(window).await? else {
        return Ok(None);
    };
    let desk = Arc::clone(desk);
    let picked = tauri::async_runtime::spawn_blocking(move || {
        let file = reading::open(&path, desk.home()?.path())?.read(purpose)?;
        check_open(&desk, purpose)?; // it may have been locked while the dialog stood open
        picked(&desk, file, purpose)
    });
    picked
        .await
        .unwrap_or_else(|_| Err(super::refused("The file was not read.")))
        .map(Some)
}

/// Refuses a file that is for an instance while none is open.
fn check_open(desk: &Desk, purpose: FilePurpose) -> Result<()> {
    if purpose.is_for_instance() {
        desk.instance()?;
    }
    Ok(())
}

fn picked(desk: &Desk, file: ReadFile, purpose: FilePurpose) -> Result<PickedFile> {
    let (name, size, binary) = (file.name.clone(), file.size(), file.is_binary());
    let (token, text) = if purpose.keeps() {
        (desk.files.keep(file)?, None)
    } else {
        (String::new(), Some(file.text()?))
    };
    Ok(PickedFile {
        token,
        name,
        size,
        binary,
        text,
    })
}

/// A file to open; none if the person cancels.
async fn ask_open(window: &WebviewWindow) -> Result<Option<PathBuf>> {
    let dialog = dialog(window, "Open File");
    one_at_a_time(window, || dialog.pick_file()).await
}

/// Where to save; none if the person cancels. The dialog asks before it replaces a file.
pub(crate) async fn ask_save(window: &WebviewWindow, name: &str) -> Result<Option<PathBuf>> {
    let dialog = dialog(window, "Save File").set_file_name(name);
    one_at_a_time(window, || dialog.save_file()).await
}

fn dialog(window: &WebviewWindow, title: &str) -> AsyncFileDialog {
    AsyncFileDialog::new().set_title(title).set_parent(window)
}

/// Shows a dialog and waits for the answer. A second one is refused: two of them could not be told
/// apart.
async fn one_at_a_time<A: Future<Output = Option<rfd::FileHandle>>>(
    window: &WebviewWindow,
    show: impl FnOnce() -> A,
) -> Result<Option<PathBuf>> {
    if OPEN.swap(true, Ordering::AcqRel) {
        return Err(Problem::new(Code::Busy, "A file dialog is open already.")
            .remedy("Answer it first; it may lie behind another window."));
    }
    let _closed = Closed;
    let answer = show();
    #[cfg(target_os = "linux")]
    gtk_dialogs::keep_above(window.clone());
    let answer = answer.await;
    window.state::<Arc<Desk>>().activity.touch();
    Ok(answer.map(|file| file.path().to_owned()))
}

/// Notes that the dialog is gone, also when nobody waits for its answer any more.
struct Closed;

impl Drop for Closed {
    fn drop(&mut self) {
        OPEN.store(false, Ordering::Release);
    }
}

/// What rfd leaves to do with GTK's dialogs: its own `set_parent` has no effect on them.
#[cfg(target_os = "linux")]
pub(crate) mod gtk_dialogs {
    use std::sync::Arc;

    use gtk::gdk;
    use gtk::glib::{self, prelude::*};
    use gtk::prelude::*;
    use tauri::{Manager, WebviewWindow};

    use crate::desk::Desk;

    /// Ties the dialog that is about to be shown to its window. rfd builds it in an idle callback;
    /// this one runs after it, on the same thread.
    pub(super) fn keep_above(window: WebviewWindow) {
        glib::idle_add_once(move || {
            if let Ok(parent) = window.gtk_window() {
                for dialog in shown() {
                    dialog.set_transient_for(Some(&parent));
                    dialog.set_modal(true);
                    watch(&dialog, &window);
                }
            }
        });
    }

    /// Who looks for a file is there, although the page hears nothing of it.
    fn watch(dialog: &gtk::FileChooserDialog, window: &WebviewWindow) {
        dialog.add_events(
            gdk::EventMask::KEY_PRESS_MASK
                | gdk::EventMask::BUTTON_PRESS_MASK
                | gdk::EventMask::POINTER_MOTION_MASK,
        );
        let window = window.clone();
        dialog.connect_event(move |_, _| {
            window.state::<Arc<Desk>>().activity.touch();
            glib::Propagation::Proceed
        });
    }

    /// Answers open dialogs with *Cancel*. Called on the thread of the windows.
    pub(crate) fn dismiss() {
        for dialog in shown() {
            dialog.response(gtk::ResponseType::Cancel);
        }
    }

    fn shown() -> impl Iterator<Item = gtk::FileChooserDialog> {
        gtk::Window::list_toplevels()
            .into_iter()
            .filter_map(|window| window.downcast::<gtk::FileChooserDialog>().ok())
            .filter(WidgetExt::is_visible)
    }
}
