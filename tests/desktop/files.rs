//! Files by the native dialog for saving, and by a real drag over the display.

use std::cell::Cell;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use gtk::gdk::{DragAction, ModifierType};
use gtk::prelude::*;

use crate::harness::page::Page;
use crate::harness::session::Session;
use crate::harness::vaults::{Draft, OpenVault};
use crate::harness::{Desktop, native, processes, until};
use crate::steps;

const NAME: &str = "keystore";
/// Not UTF-8, and with what text tools change.
const BYTES: &[u8] = &[0x30, 0x82, 0xff, 0x00, 0x0d, 0x0a, 0x1a, 0xfe, 0x0a];

/// A window before a vault with one secret, which is binary.
fn before_a_secret() -> (Desktop, OpenVault, Page) {
    let binary = Draft {
        name: NAME,
        value: BYTES,
        ..Draft::default()
    };
    steps::before_vault("Home", |vault| {
        vault.add(&binary);
    })
}

#[test]
fn a_value_is_saved_to_a_file_with_its_very_bytes_for_its_owner_alone() {
    let (desktop, _vault, page) = before_a_secret();
    page.act(NAME, "View secret");
    page.wait_for("dialog", "View secret");
    page.press("Save as file");
    native::save_as("~/saved.p12");
    page.see("Saved saved.p12");
    let saved = desktop.session.home().join("saved.p12");
    assert_eq!(fs::read(&saved).unwrap(), BYTES);
    let mode = fs::metadata(&saved).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
}

#[test]
fn a_dropped_file_becomes_the_new_value() {
    let (desktop, vault, page) = before_a_secret();
    let file = desktop.file("dropped file, ž.der", &[0xff, 0xd8, 0x00, 0x0a]);
    open_rotate(&page);
    drop_files(&desktop, &page, &[&file]);
    page.wait_for("group", "Selected file");
    page.see("dropped file, ž.der");
    page.see("Binary");
    page.see("4 bytes of at most 750,000");
    steps::rotate(&page, NAME);
    let id = vault.secret(NAME).metadata.id;
    assert_eq!(vault.value(&id, "current"), [0xff, 0xd8, 0x00, 0x0a]);
    assert_eq!(vault.value(&id, "previous"), BYTES);
}

#[test]
fn drops_that_cannot_be_taken_say_why_and_the_next_one_is_taken() {
    let (desktop, vault, page) = before_a_secret();
    let file = desktop.file("one.txt", b"one");
    let other = desktop.file("two.txt", b"two");
    let folder = desktop.session.home().join("folder");
    fs::create_dir(&folder).unwrap();

    open_rotate(&page);
    drop_files(&desktop, &page, &[&file, &other]);
    page.see("Nothing was taken: drop one file at a time.");
    drop_files(&desktop, &page, &[&folder]);
    page.see("\"folder\" was not taken: it is a folder, not a file.");
    page.gone("one file at a time");
    drop_files(&desktop, &page, &[&other]);
    page.see("two.txt");
    page.gone("was not taken");
    steps::rotate(&page, NAME);
    let id = vault.secret(NAME).metadata.id;
    assert_eq!(vault.value(&id, "current"), b"two");
}

fn open_rotate(page: &Page) {
    page.act(NAME, "Rotate");
    page.wait_for("dialog", &format!("Rotate {NAME}"));
    page.wait_for("button", "Select a file or drop it here");
}

// --- dragging

/// Names the files to the process that offers them.
const DRAGGED: &str = "KEYTURN_TEST_DRAGGED";
const SOURCE: &str = "Drag source";
/// Title of its window while what is below the pointer would take the files.
const WANTED: &str = "Drag source: wanted";
/// Where the window with the files lies: beside the program's.
const PLACE: (i32, i32) = (1300, 100);
const SIZE: i32 = 100;
/// The pointer goes in so many steps, as a hand moves it.
const STEPS: i32 = 20;
/// How often the other program looks whether its files are wanted.
const LOOK: Duration = Duration::from_millis(10);
const ZONE: &str = "
    const zone = document.querySelector('[role=dialog] [data-drop-zone]').getBoundingClientRect();
    return [zone.left + zone.width / 2, zone.top + zone.height / 2].map(Math.round);";
const HIGHLIGHTED: &str = "
    return document.querySelector('[data-drop-zone] .cds--file__drop-container--drag-over') !== null;";

/// Drags files from another program over the zone for files, and drops them.
fn drop_files(desktop: &Desktop, page: &Page, files: &[&Path]) {
    let _source = Source::start(&desktop.session, files);
    let (x, y) = zone(page);
    let from = (PLACE.0 + SIZE / 2, PLACE.1 + SIZE / 2);
    point_at(from);
    native::xdotool(&["mousedown", "1"]).unwrap();
    for step in 1..=STEPS {
        let along = |from: i32, to: i32| from + (to - from) * step / STEPS;
        point_at((along(from.0, x), along(from.1, y)));
    }
    // The first move over a window only tells that there is something; the answer comes later.
    let nudge = Cell::new(0);
    page.wait("the zone shows that it takes the file", |page| {
        nudge.set((nudge.get() + 1) % 5);
        point_at((x + nudge.get(), y));
        let shown = page.script(HIGHLIGHTED, vec![]) == true;
        // who lets go before the other program knows of it has dropped nothing
        (shown && !native::windows(WANTED).is_empty()).then_some(())
    });
    native::xdotool(&["mouseup", "1"]).unwrap();
    page.wait("the drag is over", |page| {
        (page.script(HIGHLIGHTED, vec![]) == false).then_some(())
    });
}

/// The middle of the zone on the display.
fn zone(page: &Page) -> (i32, i32) {
    let middle: (i32, i32) = serde_json::from_value(page.script(ZONE, vec![])).unwrap();
    let window = native::windows("Keyturn").pop().unwrap();
    let placed = native::xdotool(&["getwindowgeometry", "--shell", &window]).unwrap();
    let at = |name: &str| -> i32 {
        let line = placed.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().parse().unwrap()
    };
    (at("X=") + middle.0, at("Y=") + middle.1)
}

fn point_at((x, y): (i32, i32)) {
    native::xdotool(&["mousemove", &x.to_string(), &y.to_string()]).unwrap();
}

/// Another program, whose window offers files to be dragged.
struct Source(Child);

impl Source {
    fn start(session: &Session, files: &[&Path]) -> Self {
        let program = std::env::current_exe().unwrap();
        let child = session
            .command(program.to_str().unwrap())
            .args(["--exact", "files::drag_source", "--ignored", "--nocapture"])
            .env(DRAGGED, std::env::join_paths(files).unwrap())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let source = Self(child);
        until("the window with the files is there", || {
            (!native::windows(SOURCE).is_empty()).then_some(())
        });
        source
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        processes::kill(self.0.id());
        let _ = self.0.wait();
        until("the window with the files is gone", || {
            native::windows(&format!("{SOURCE}.*"))
                .is_empty()
                .then_some(())
        });
    }
}

#[test]
#[ignore = "the other program of a drag: the tests of drops start it"]
fn drag_source() {
    let Some(files) = std::env::var_os(DRAGGED) else {
        return;
    };
    let files: Vec<PathBuf> = std::env::split_paths::<OsString>(&files).collect();
    offer(&files);
}

/// Shows a window from which these files can be dragged, until the process is ended.
fn offer(files: &[PathBuf]) {
    gtk::init().unwrap();
    let addresses = files.iter().map(|file| {
        let address = gtk::glib::filename_to_uri(file, None).unwrap();
        address.to_string()
    });
    let addresses: Vec<String> = addresses.collect();
    let window = gtk::Window::new(gtk::WindowType::Popup); // there is nobody to place others
    window.set_title(SOURCE);
    window.set_default_size(SIZE, SIZE);
    window.move_(PLACE.0, PLACE.1);
    window.drag_source_set(ModifierType::BUTTON1_MASK, &[], DragAction::COPY);
    window.drag_source_add_uri_targets();
    window.connect_drag_data_get(move |_, _, data, _, _| {
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        data.set_uris(&addresses);
    });
    window.connect_drag_begin(|window, drag| {
        let (window, drag) = (window.clone(), drag.clone());
        gtk::glib::timeout_add_local(LOOK, move || {
            let wanted = drag.selected_action() == DragAction::COPY;
            window.set_title(if wanted { WANTED } else { SOURCE });
            gtk::glib::ControlFlow::Continue
        });
    });
    window.show_all();
    gtk::main();
}
