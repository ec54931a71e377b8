//! The program under test, started and steered by `WebKit`'s own driver.

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::rc::Rc;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::runtime::Runtime;

use super::page::Page;
use super::processes::{self, Process};
use super::session::Session;
use super::until;

/// The program's file name, as the kernel keeps it.
const NAME: &str = "keyturn-desktop";
/// The process that runs the page, as the kernel keeps its name.
const WEB: &str = "WebKitWebProces";

/// How long a session with a window may take.
const OPENING: Duration = Duration::from_secs(60);

/// A driver, the program it started, and the session with its page.
pub(crate) struct Program {
    driver: Child,
    id: u32,
    pub(crate) page: Page,
}

impl Program {
    /// Starts the program, with `more` in its environment. What it prints is added to the log.
    pub(crate) fn start(
        runtime: &Rc<Runtime>,
        session: &Session,
        more: &[(String, String)],
    ) -> Self {
        let port = free_port();
        let log = || {
            OpenOptions::new()
                .append(true)
                .create(true)
                .open(log(session))
                .unwrap()
        };
        let driver = session
            .command("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(more.iter().cloned())
            .stdin(Stdio::null())
            .stdout(log())
            .stderr(log())
            .spawn()
            .expect("WebKitWebDriver is installed (Debian: webkit2gtk-driver)");
        let driver = Unwatched(Some(driver));
        let client = connect(runtime, port);
        let mut driver = driver;
        let driver = driver.0.take().unwrap();
        let id = until("the program runs", || {
            processes::below(driver.id())
                .into_iter()
                .find(|process| process.name == NAME)
        })
        .id;
        Self {
            driver,
            id,
            page: Page::new(Rc::clone(runtime), client),
        }
    }

    /// The program's own process.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// The program and all it started.
    pub(crate) fn processes(&self) -> Vec<Process> {
        processes::below(self.driver.id())
    }

    /// The processes that run pages.
    pub(crate) fn web_processes(&self) -> Vec<u32> {
        let processes = processes::below(self.id);
        processes
            .into_iter()
            .filter(|process| process.name == WEB)
            .map(|process| process.id)
            .collect()
    }

    /// Ends the program as the system does when a person logs out.
    pub(crate) fn quit(self) {
        let started = self.processes();
        processes::terminate(self.id);
        until("the program ends when asked to", || {
            (!processes::is_running(self.id)).then_some(())
        });
        wait_for_the_end(&started);
    }

    /// Ends the program and what it started as faults of their own would.
    pub(crate) fn crash(self) {
        let started = self.processes();
        for process in processes::below(self.id) {
            processes::crash(process.id);
        }
        processes::crash(self.id);
        wait_for_the_end(&started);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        end(&mut self.driver);
    }
}

fn wait_for_the_end(started: &[Process]) {
    until("its processes end with it", || {
        let left = started
            .iter()
            .any(|process| processes::is_running(process.id));
        (!left).then_some(())
    });
}

/// The file that gets all the program prints.
pub(crate) fn log(session: &Session) -> PathBuf {
    session.folder().join("program.log")
}

/// A driver whose session could not be opened does not stay behind.
struct Unwatched(Option<Child>);

impl Drop for Unwatched {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            end(driver);
        }
    }
}

fn end(driver: &mut Child) {
    for process in processes::below(driver.id()) {
        processes::kill(process.id);
    }
    let _ = driver.kill();
    let _ = driver.wait();
}

fn connect(runtime: &Runtime, port: u16) -> Client {
    let capabilities = json!({
        "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_keyturn-desktop"), "args": [] }
    });
    let serde_json::Value::Object(capabilities) = capabilities else {
        unreachable!()
    };
    until("the driver listens", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).ok()
    });
    let opened = runtime.block_on(async {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let opening = builder.capabilities(capabilities).connect(&address);
        tokio::time::timeout(OPENING, opening).await
    });
    opened
        .expect("the driver does not tell when the program ended before its window: see its log")
        .expect("a session with the window")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}
