//! What is secret stays in the vault: not in a log, not in a file, not in the arguments or the
//! environment of a process, not on the clipboard of a locked program, not after a crash
//! (`SECURITY.md`). And the files are for their owner alone.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use rustix::fs::Mode;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit, umask};

use crate::canaries::{Canaries, files_below};
use crate::harness::page::Page;
use crate::harness::vaults::{self, Draft, PASSPHRASE};
use crate::harness::{Desktop, clipboard, native, program, until};
use crate::steps::{self, NewVault};

/// Every way to make the program and what it is built of talk.
const TALKATIVE: [(&str, &str); 6] = [
    ("RUST_LOG", "trace"),
    ("RUST_BACKTRACE", "full"),
    ("G_MESSAGES_DEBUG", "all"),
    ("G_DBUS_DEBUG", "all"),
    ("WEBKIT_DEBUG", "all"),
    ("GTK_DEBUG", "misc"),
];

/// All that a person tells the program in the journey; each part of it is a canary.
struct Told {
    name: String,
    description: String,
    label: String,
    metadata: String,
    version_metadata: String,
    value: String,
    text: String,
    binary: Vec<u8>,
    passphrase: String,
    // what is refused
    wrong_passphrase: String,
    wrong_code: String,
    bad_name: String,
    bad_metadata: String,
    too_large: String,
    search: String,
}

impl Told {
    fn new(canaries: &mut Canaries) -> Self {
        let mut text = |what| canaries.text(what);
        Self {
            name: text("name"),
            description: text("description"),
            label: text("label"),
            metadata: text("metadata"),
            version_metadata: text("version metadata"),
            value: text("typed value"),
            text: text("text of a file"),
            passphrase: text("passphrase"),
            wrong_passphrase: text("wrong passphrase"),
            wrong_code: text("wrong recovery code"),
            bad_name: text("refused name"),
            bad_metadata: text("refused metadata"),
            too_large: text("refused value"),
            search: text("search text"),
            binary: canaries.binary("bytes of a file"),
        }
    }

    /// The files that it is told by.
    fn write_files(&self, desktop: &Desktop) -> Vec<PathBuf> {
        let large = self.too_large.repeat(1_000_000 / self.too_large.len() + 1);
        vec![
            desktop.file("text.txt", self.text.as_bytes()),
            desktop.file("binary.bin", &self.binary),
            desktop.file("large.txt", large.as_bytes()),
            desktop.file("bad.json", self.bad_json().as_bytes()),
        ]
    }

    fn bad_json(&self) -> String {
        format!(r#"{{ "a": {} }}"#, self.bad_metadata)
    }
}

#[test]
fn a_whole_journey_leaves_nothing_secret_behind() {
    let mut canaries = Canaries::default();
    let told = Told::new(&mut canaries);
    let mut desktop = Desktop::new();
    for (name, value) in TALKATIVE {
        desktop.set(name, value);
    }
    let files = told.write_files(&desktop);
    let page = with_core_files(|| desktop.open());

    let code = steps::create_vault(&page, "Home", NewVault::Keyring);
    canaries.add_recovery_code(&code);
    canaries.add("key in the keyring", &desktop.session.keyring_key());
    steps::set_passphrase(&page, &told.passphrase);
    page.click("link", "Secrets");
    keep(&page, &told);
    rotate(&page, &told);
    look_at_processes(&desktop, &canaries);
    be_refused(&page, &told);
    look_at(&desktop, &page, &told);
    look_at_processes(&desktop, &canaries);

    let page = desktop.lock(|page| page.press("Lock"));
    look_at_clipboard(&desktop, &canaries);
    unlock_at_last(&page, &told);
    look_at_processes(&desktop, &canaries);
    desktop.crash();

    for file in files {
        fs::remove_file(file).unwrap();
    }
    let folder = desktop.session.folder();
    assert!(fs::read(program::log(&desktop.session)).unwrap().len() > 1000);
    assert!(cores_below(folder).is_empty());
    assert_eq!(canaries.below(folder), [""; 0]);

    // the same search, with something there to find
    fs::write(folder.join("tmp/left"), &told.value).unwrap();
    assert_eq!(canaries.below(folder).len(), 1);
}

/// Adds a secret that is told in every field.
fn keep(page: &Page, told: &Told) {
    steps::open_add(page);
    page.fill("Name", &told.name);
    page.fill("Description (optional)", &told.description);
    page.fill_and_enter("Labels", &told.label);
    steps::fill_metadata(page, "Metadata", &json(&told.metadata));
    page.press("Next");
    steps::enter_value(page, &told.value);
    page.press("Next");
    page.see("Review");
    page.press("Add");
    page.see(&format!("Added {}", told.name));
}

/// Rotates by both files, the second time with a comment.
fn rotate(page: &Page, told: &Told) {
    for file in ["~/text.txt", "~/binary.bin"] {
        open_rotate(page, told);
        steps::select_value_file(page, file);
        page.wait_for("group", "Selected file");
        if file.ends_with("bin") {
            steps::fill_metadata(page, "Version metadata", &json(&told.version_metadata));
        }
        steps::rotate(page, &told.name);
    }
}

fn open_rotate(page: &Page, told: &Told) {
    steps::dismiss_toasts(page);
    page.act(&told.name, "Rotate");
    page.wait_for("dialog", &format!("Rotate {}", told.name));
}

/// Gives a canary wherever something is checked and refused.
fn be_refused(page: &Page, told: &Told) {
    open_rotate(page, told);
    steps::select_value_file(page, "~/large.txt");
    page.see("\"large.txt\" was not taken.");
    steps::fill_metadata(page, "Metadata", &told.bad_json());
    page.see("at line 1");
    page.fill("Metadata", "{}");
    page.gone("at line 1");
    steps::select_metadata_file(page, "Metadata", "~/bad.json");
    page.see("at line 1");
    steps::drop_changes(page);

    steps::open_add(page);
    page.fill("Name", &format!("{} with spaces", told.bad_name));
    page.see("A name consists of");
    page.fill("Name", &told.name);
    page.press("Next");
    steps::enter_value(page, &told.too_large);
    page.press("Next");
    page.press("Add");
    page.see("A secret with the same name already exists");
    steps::drop_changes(page);
}

/// Searches, shows and copies, and does not save after all.
fn look_at(desktop: &Desktop, page: &Page, told: &Told) {
    page.fill("Search secrets", &told.search);
    page.see("No secret matches");
    page.fill("Search secrets", &told.name);
    page.act(&told.name, "Version history");
    page.wait_for("heading", "Version 3");
    page.press("View version 1");
    page.wait_for("dialog", "View version 1");
    page.press("Show");
    page.wait_for("textbox", "Value");
    assert_eq!(page.value("Value"), told.value);
    page.press("Copy");
    page.see("Copied version 1 of");
    assert_eq!(clipboard::text(&desktop.session), told.value);
    page.press("Save as file");
    native::focus(native::SAVE);
    assert_eq!(titles_with(&told.value), [""; 0]);
    native::dismiss(native::SAVE);
    steps::escape(page);
    page.wait_for_no("dialog", "View version 1");
    steps::escape(page);
    page.wait_for_no("dialog", "");
}

/// Fails to unlock in two ways before it works.
fn unlock_at_last(page: &Page, told: &Told) {
    page.click("tab", "Recovery code");
    page.fill("Recovery code", &told.wrong_code);
    page.press("Unlock");
    page.wait("what is wrong with the code is said", |page| {
        (!page.description("textbox", "Recovery code").is_empty()).then_some(())
    });
    page.click("tab", "Passphrase");
    page.fill("Passphrase", &told.wrong_passphrase);
    page.press("Unlock");
    page.see("This passphrase does not open the vault.");
    steps::unlock(page, "Passphrase", &told.passphrase);
    page.wait_for("button", &format!("Actions for {}", told.name));
}

fn json(value: &str) -> String {
    format!(r#"{{ "about": "{value}" }}"#)
}

fn look_at_processes(desktop: &Desktop, canaries: &Canaries) {
    let program = desktop.program();
    let processes = program.processes();
    assert!(processes.len() >= 3, "{processes:?}");
    let known = fs::read(format!("/proc/{}/cmdline", program.id())).unwrap();
    assert!(!known.is_empty());
    for process in processes {
        assert_eq!(canaries.in_process(process.id), [""; 0], "{process:?}");
    }
}

fn look_at_clipboard(desktop: &Desktop, canaries: &Canaries) {
    for selection in clipboard::SELECTIONS {
        let text = clipboard::read(&desktop.session, selection, "UTF8_STRING");
        assert_eq!(canaries.in_bytes(selection, text.as_bytes()), [""; 0]);
    }
}

/// Titles of windows that contain this text.
fn titles_with(text: &str) -> Vec<String> {
    native::windows(&format!(".*{text}.*"))
}

/// Lets what is started write core files as far as the system lets us, which is not usual.
fn with_core_files<T>(start: impl FnOnce() -> T) -> T {
    let before = getrlimit(Resource::Core);
    let most = Rlimit {
        current: before.maximum,
        ..before
    };
    setrlimit(Resource::Core, most).unwrap();
    let started = start();
    setrlimit(Resource::Core, before).unwrap();
    started
}

/// Memory images that the kernel left, in its usual names.
fn cores_below(folder: &Path) -> Vec<PathBuf> {
    let name = |path: &Path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("core"))
    };
    let mut files = files_below(folder);
    files.retain(|path| name(path));
    files
}

#[test]
fn what_was_selected_is_gone_after_locking() {
    let mut desktop = Desktop::without_keyring();
    vaults::create(&desktop.session.data(), "Home", vaults::clock()).add(&Draft {
        name: "deploy-key",
        value: b"before",
        ..Draft::default()
    });
    let page = desktop.open();
    steps::unlock(&page, "Passphrase", PASSPHRASE);
    page.act("deploy-key", "Rotate");
    steps::enter_value(&page, "selected value");
    page.click("switch", ""); // shows what is typed: dots cannot be copied
    page.click("textbox", "New value");
    page.chord(Key::Control, "a"); // on X11 that is a copy
    until("the selection is with the desktop", || {
        (selected(&desktop) == "selected value").then_some(())
    });
    steps::drop_changes(&page);
    desktop.lock(|page| page.press("Lock"));
    assert_eq!(selected(&desktop), "");
}

fn selected(desktop: &Desktop) -> String {
    clipboard::read(&desktop.session, clipboard::SELECTIONS[1], "UTF8_STRING")
}

#[test]
fn files_are_for_their_owner_whatever_the_umask() {
    let mut desktop = Desktop::without_keyring();
    let before = umask(Mode::empty());
    let page = desktop.open();
    umask(before);
    assert_eq!(
        mode(&program::log(&desktop.session)),
        0o666,
        "the program starts with a umask that gives everything to everybody"
    );

    steps::create_vault(&page, "Home", NewVault::Passphrase("three unlikely words"));
    steps::add_secret(&page, "deploy-key", "value");
    page.press("Dark theme"); // so that there are settings, too
    page.wait_for("button", "Light theme");
    let data = desktop.session.data();
    assert_private(&data); // with the files that SQLite has while it works
    desktop.lock(|page| page.press("Lock"));
    desktop.quit();
    assert!(data.join("settings.json").exists());
    assert_private(&data);
}

fn assert_private(folder: &Path) {
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_private(&path);
        } else {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}
