//! The native windows on the display, used as a person does: by keyboard and pointer (xdotool).

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::until;

/// Titles of the two dialogs.
pub(crate) const OPEN: &str = "Open File";
pub(crate) const SAVE: &str = "Save File";
/// Between two characters. Faster, and the dialog's completion mixes itself into the name.
const TYPING: &str = "60";
/// The dialog says to nobody when its entry is there and when its completion is done.
const SETTLE: Duration = Duration::from_millis(600);

/// Chooses a file in the dialog that the program has opened. `path` may begin with `~/`.
pub(crate) fn choose_file(path: &str) {
    point_to_file(path);
    key("Return");
    wait_until_closed(OPEN);
}

/// Names a file in the dialog that the program has opened: Return chooses it.
pub(crate) fn point_to_file(path: &str) {
    focus(OPEN);
    key("ctrl+l");
    thread::sleep(SETTLE);
    type_text(path);
    thread::sleep(SETTLE);
}

/// Names a file in the save dialog. `path` may begin with `~/`.
pub(crate) fn save_as(path: &str) {
    focus(SAVE);
    key("ctrl+a");
    type_text(path);
    thread::sleep(SETTLE);
    key("Return");
    wait_until_closed(SAVE);
}

/// Closes a native dialog without an answer.
pub(crate) fn dismiss(title: &str) {
    focus(title);
    key("Escape");
    wait_until_closed(title);
}

/// Waits for a window with this title, and gives it the keyboard.
pub(crate) fn focus(title: &str) -> String {
    let window = until(&format!("a window titled {title}"), || windows(title).pop());
    until("the window takes the focus", || {
        xdotool(&["windowfocus", &window])?;
        (xdotool(&["getwindowfocus"])?.trim() == window).then_some(())
    });
    window
}

/// The windows on the display that have this title, in the order in which they came.
pub(crate) fn windows(title: &str) -> Vec<String> {
    let found = xdotool(&["search", "--onlyvisible", "--name", &format!("^{title}$")]);
    found
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect()
}

fn wait_until_closed(title: &str) {
    until(&format!("{title} closes"), || {
        windows(title).is_empty().then_some(())
    });
}

/// Presses a key, such as `ctrl+l` or `Return`.
pub(crate) fn key(name: &str) {
    xdotool(&["key", "--clearmodifiers", name]).expect("xdotool presses a key");
}

/// Types a text into the window that has the focus.
pub(crate) fn type_text(text: &str) {
    xdotool(&["type", "--delay", TYPING, text]).expect("xdotool types");
}

/// A picture of the whole display.
pub(crate) fn picture(file: &Path) {
    let _ = Command::new("import")
        .args(["-window", "root"])
        .arg(file)
        .status();
}

/// What xdotool prints; `None` if it fails.
pub(crate) fn xdotool(arguments: &[&str]) -> Option<String> {
    let output = Command::new("xdotool")
        .args(arguments)
        .output()
        .expect("xdotool is installed");
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
