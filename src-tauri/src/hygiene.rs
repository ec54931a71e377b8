//! What the process forbids itself before it has a second thread (`SECURITY.md`, process hygiene).

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
    keyturn_vault::hygiene::begin();
    remove_steering();
    if !has_graphics_card() {
        paint_without_gl();
    }
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
