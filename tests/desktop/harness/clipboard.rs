//! The clipboard of the display, as any other program reads and fills it (xclip).

use std::process::{Child, Stdio};

use super::processes;
use super::session::Session;
use super::until;

/// The two there are: what was copied, and what is selected at the moment.
pub(crate) const SELECTIONS: [&str; 2] = ["clipboard", "primary"];

/// The text that lies there; none if nothing does.
pub(crate) fn text(session: &Session) -> String {
    read(session, SELECTIONS[0], "UTF8_STRING")
}

/// The forms in which it is offered.
pub(crate) fn forms(session: &Session) -> Vec<String> {
    let targets = read(session, SELECTIONS[0], "TARGETS");
    targets.lines().map(str::to_owned).collect()
}

/// What a selection holds in this form.
pub(crate) fn read(session: &Session, selection: &str, form: &str) -> String {
    let output = session
        .command("xclip")
        .args(["-selection", selection, "-target", form, "-out"])
        .output()
        .expect("xclip is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Another program that put a text there, for as long as it runs.
pub(crate) struct Other(Child);

impl Other {
    /// Puts a text there.
    pub(crate) fn copies(session: &Session, text: &str) -> Self {
        let file = session.home().join("copied-elsewhere");
        std::fs::write(&file, text).unwrap();
        let child = session
            .command("xclip")
            .args(["-quiet", "-selection", SELECTIONS[0], "-in"])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("xclip is installed");
        let other = Self(child);
        until("the other program's text lies there", || {
            (self::text(session) == text).then_some(())
        });
        other
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        processes::kill(self.0.id());
        let _ = self.0.wait();
    }
}
