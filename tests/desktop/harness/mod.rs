//! A desktop with the program in it, for one test.
//!
//! [`Desktop`] owns a session (home, bus, keyring), the program with its driver, and the native
//! windows on the display. All of it ends when the value is dropped; no process stays behind. When a
//! test fails, pictures of the page and of the display, and what the program printed, are kept in
//! `target/desktop/`.

pub(crate) mod axe;
pub(crate) mod clipboard;
pub(crate) mod command_line;
pub(crate) mod native;
pub(crate) mod page;
pub(crate) mod processes;
pub(crate) mod program;
pub(crate) mod remote;
pub(crate) mod session;
pub(crate) mod vaults;

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use page::Page;
use program::Program;
use remote::RemoteInstance;
use session::Session;

/// How long a condition is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// Everything one test needs.
pub(crate) struct Desktop {
    // in the order in which they end
    program: Option<Program>,
    /// What the journey runs on, if not on a vault of this computer.
    pub(crate) remote: Option<RemoteInstance>,
    pub(crate) session: Session,
    environment: Vec<(String, String)>,
    runtime: Rc<Runtime>,
}

impl Desktop {
    /// A desktop with an unlocked keyring. The program is not started yet.
    pub(crate) fn new() -> Self {
        let mut desktop = Self::without_keyring();
        desktop.session.start_keyring();
        desktop
    }

    /// A desktop on which no keyring runs.
    pub(crate) fn without_keyring() -> Self {
        Self {
            program: None,
            remote: None,
            session: Session::start(),
            environment: Vec::new(),
            runtime: Rc::new(Builder::new_current_thread().enable_all().build().unwrap()),
        }
    }

    /// Adds to the environment of the program.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.environment.push((name.into(), value.into()));
    }

    /// Starts the program and waits until its page shows something.
    pub(crate) fn open(&mut self) -> Page {
        assert!(self.program.is_none(), "the program runs already");
        self.program = Some(Program::start(
            &self.runtime,
            &self.session,
            &self.environment,
        ));
        let page = self.page();
        page.wait_for_page();
        page
    }

    /// Starts the program once more beside the one that runs.
    pub(crate) fn open_another(&self) -> Program {
        let another = Program::start(&self.runtime, &self.session, &self.environment);
        another.page.wait_for_page();
        another
    }

    /// Ends the program as at a logout.
    pub(crate) fn quit(&mut self) {
        self.program.take().expect("the program runs").quit();
    }

    /// Ends the program and starts it again on the same home.
    pub(crate) fn restart(&mut self) -> Page {
        self.quit();
        self.open()
    }

    /// Ends the program as faults of its own would, in every one of its processes.
    pub(crate) fn crash(&mut self) {
        self.program.take().expect("the program runs").crash();
    }

    /// Locks as `how` says, and goes over to the fresh window. The page that was open is gone by
    /// then, with the process that ran it.
    pub(crate) fn lock(&self, how: impl FnOnce(&Page)) -> Page {
        self.locked_within(PATIENCE, how)
    }

    /// The same, if it may take so long.
    pub(crate) fn locked_within(&self, limit: Duration, how: impl FnOnce(&Page)) -> Page {
        let program = self.program();
        let before = program.web_processes();
        how(&program.page);
        within(limit, "the process of the open page ends", || {
            (!before.iter().any(|id| processes::is_running(*id))).then_some(())
        });
        program.page.go_to_fresh_window();
        self.page()
    }

    /// The program that runs.
    pub(crate) fn program(&self) -> &Program {
        self.program.as_ref().expect("the program runs")
    }

    /// The page of the window.
    pub(crate) fn page(&self) -> Page {
        self.program().page.clone()
    }

    /// Puts a file into the home folder, where native dialogs find it as `~/name`.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.session.home().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Keeps what shows why a test failed.
    fn keep_evidence(&self) {
        let name = thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        let folder = target().join("desktop");
        let _ = fs::create_dir_all(&folder);
        native::picture(&folder.join(format!("{name}-display.png")));
        if let Some(program) = &self.program {
            program
                .page
                .keep_picture(&folder.join(format!("{name}-page.png")));
        }
        let _ = fs::copy(
            program::log(&self.session),
            folder.join(format!("{name}.log")),
        );
        eprintln!("pictures and log: {}/{name}*", folder.display());
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        if thread::panicking() {
            self.keep_evidence();
        }
    }
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Waits for a condition, not for a time.
pub(crate) fn until<T>(what: &str, condition: impl FnMut() -> Option<T>) -> T {
    within(PATIENCE, what, condition)
}

/// Waits so long for a condition.
pub(crate) fn within<T>(
    limit: Duration,
    what: &str,
    mut condition: impl FnMut() -> Option<T>,
) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = condition() {
            return found;
        }
        assert!(started.elapsed() < limit, "waited in vain: {what}");
        thread::sleep(PAUSE);
    }
}
