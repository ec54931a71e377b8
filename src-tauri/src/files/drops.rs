//! Files dropped on the window.
//!
//! Tauri's own drop events are of no use here: `manager/window.rs` and `manager/webview.rs` of Tauri
//! 2.12 send the paths to every listener in the page and widen the scopes, and neither can be kept
//! from it. So its handler is off (`dragDropEnabled` in `tauri.conf.json`), and GTK's signals of the
//! web view are taken here. The engine connects to them behind us: what we answer it never sees, so the
//! page gets no file either and cannot be navigated to one. Other drags (a selected text) go to it.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gtk::gdk::{Atom, DragAction, DragContext};
use gtk::glib::{self, prelude::*};
use gtk::prelude::*;
use keyturn_api::Result;
use tauri::{Manager, WebviewWindow};

use super::reading;
use super::{FilePurpose, refused};
use crate::desk::Desk;
use crate::events::{FileDragged, FileDropRefused, FileDropped};

/// Files are offered under this name (RFC 2483).
const FILES: &str = "text/uri-list";
/// The page is told this often where a drag is.
const PAUSE: Duration = Duration::from_millis(40);

/// Takes drops on a window.
pub(crate) fn accept(window: &WebviewWindow) -> tauri::Result<()> {
    let desk = Arc::clone(window.state::<Arc<Desk>>().inner());
    window.with_webview(move |webview| connect(&webview.inner(), &desk))
}

fn connect(view: &impl IsA<gtk::Widget>, desk: &Arc<Desk>) {
    let told: Rc<Cell<Option<Instant>>> = Rc::default();
    let awaited: Rc<Cell<Option<(i32, i32)>>> = Rc::default();

    view.connect_drag_motion({
        let (desk, told) = (Arc::clone(desk), Rc::clone(&told));
        move |_, context, x, y, time| {
            if !has_files(context) {
                return false;
            }
            context.drag_status(DragAction::COPY, time);
            if told.get().is_none_or(|last| last.elapsed() >= PAUSE) {
                told.set(Some(Instant::now()));
                desk.activity.touch();
                desk.page.emit(&FileDragged { inside: true, x, y });
            }
            true
        }
    });
    view.connect_drag_leave({
        let desk = Arc::clone(desk);
        move |_, _, _| {
            if told.take().is_some() {
                desk.page.emit(&FileDragged {
                    inside: false,
                    x: 0,
                    y: 0,
                });
            }
        }
    });
    view.connect_drag_drop({
        let awaited = Rc::clone(&awaited);
        move |view, context, x, y, time| {
            let files = has_files(context);
            if files {
                awaited.set(Some((x, y)));
                view.drag_get_data(context, &Atom::intern(FILES), time);
            }
            files
        }
    });
    let desk = Arc::clone(desk);
    view.connect_drag_data_received(move |view, context, _, _, data, _, time| {
        if let Some((x, y)) = awaited.take() {
            view.stop_signal_emission_by_name("drag-data-received");
            let path = one_path(&data.uris());
            context.drag_finish(path.is_ok(), false, time);
            take(Arc::clone(&desk), path, x, y);
        }
    });
}

fn has_files(context: &DragContext) -> bool {
    context
        .list_targets()
        .iter()
        .any(|target| target.name() == FILES)
}

fn one_path(addresses: &[glib::GString]) -> Result<PathBuf> {
    let [address] = addresses else {
        return Err(refused("Nothing was taken: drop one file at a time."));
    };
    glib::filename_from_uri(address)
        .map(|(path, _)| path)
        .map_err(|_| {
            refused("Nothing was taken: this is not a file on this computer.")
                .remedy("Save it to a folder first, and drop it from there.")
        })
}

/// Reads a dropped file away from the window's thread, and tells the page.
fn take(desk: Arc<Desk>, path: Result<PathBuf>, x: i32, y: i32) {
    tauri::async_runtime::spawn_blocking(move || match path.and_then(|path| keep(&desk, &path)) {
        Ok((token, name, size, binary)) => desk.page.emit(&FileDropped {
            token,
            name,
            size,
            binary,
            x,
            y,
        }),
        Err(problem) => desk.page.emit(&FileDropRefused { problem, x, y }),
    });
}

fn keep(desk: &Desk, path: &Path) -> Result<(String, String, u32, bool)> {
    let file = reading::open(path, desk.home()?.path())?.read(FilePurpose::LARGEST)?;
    desk.instance()?;
    let (name, size, binary) = (file.name.clone(), file.size(), file.is_binary());
    Ok((desk.files.keep(file)?, name, size, binary))
}
