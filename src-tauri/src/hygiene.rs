//! What the process forbids itself before it has a second thread (`SECURITY.md`, process hygiene).

use rustix::fs::Mode;
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask,
};
use rustix::thread::disable_transparent_huge_pages;

/// Settings by which others steer or watch the web view, and one that hands file dialogs to the
/// desktop's portal, which refuses a program that hides its memory.
const STEERING: [&str; 3] = [
    "GTK_USE_PORTAL",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
];
/// What lets a driver steer the window, and where it waits for it; heard by the test build only.
const AUTOMATION: [&str; 2] = ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER"];
/// Makes the web view paint by itself. Where there is no graphics card, painting through GL in
/// software takes longer and 40 MiB more (`make bench`). To leave out GL altogether would save more,
/// but then the page stands still now and then (WebKitGTK 2.50).
const PAINT_WITHOUT_GL: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

/// Must be the first thing `main` does. None of it stops the program where the system refuses it.
pub(crate) fn begin() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // no memory image after a crash, of this process or of the web view's
    let _ = setrlimit(Resource::Core, none);
    // no other program of the same person reads this memory
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    // the allocator asks for huge pages, of which a window fills a small part
    let _ = disable_transparent_huge_pages(true);
    // files are for their owner
    umask(Mode::RWXG | Mode::RWXO);
    // a write that is refused is an error to be told, not an end; Rust ignores SIGPIPE by itself
    ignore_file_size_signal();
    remove_steering();
    if !has_graphics_card() {
        paint_without_gl();
    }
}

#[expect(
    unsafe_code,
    reason = "the standard library has no call for signal dispositions"
)]
fn ignore_file_size_signal() {
    // SAFETY: SIG_IGN installs no handler, so nothing of ours runs in a signal's context.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
}

#[expect(
    unsafe_code,
    reason = "the environment may only change while there is one thread"
)]
fn remove_steering() {
    let automation = cfg!(not(feature = "webdriver")).then_some(AUTOMATION);
    for name in STEERING.into_iter().chain(automation.into_iter().flatten()) {
        // SAFETY: called first in `main`; no other thread reads the environment yet.
        unsafe { std::env::remove_var(name) };
    }
}

/// Whether the kernel offers a card that renders.
fn has_graphics_card() -> bool {
    let devices = std::fs::read_dir("/dev/dri")
        .into_iter()
        .flatten()
        .flatten();
    devices
        .into_iter()
        .any(|device| device.file_name().as_encoded_bytes().starts_with(b"render"))
}

#[expect(
    unsafe_code,
    reason = "the environment may only change while there is one thread"
)]
fn paint_without_gl() {
    if std::env::var_os(PAINT_WITHOUT_GL).is_none() {
        // SAFETY: called first in `main`; no other thread reads the environment yet.
        unsafe { std::env::set_var(PAINT_WITHOUT_GL, "1") };
    }
}
