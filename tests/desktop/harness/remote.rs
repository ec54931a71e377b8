//! A remote instance of a test: a vault in a home of its own, made and served by the command line, and
//! the choice to run a journey there instead of in a vault of this computer.

use std::cell::Cell;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::command_line::{CommandLine, Served};
use super::vaults::{self, OpenVault, PASSPHRASE};

thread_local! {
    static ASKED_FOR: Cell<bool> = const { Cell::new(false) };
}

/// Whether journeys run on a remote instance: one of this thread does, or all do.
pub(crate) fn is_asked_for() -> bool {
    ASKED_FOR.get() || std::env::var("KEYTURN_JOURNEYS").is_ok_and(|place| place == "remote")
}

/// Runs a journey on a remote instance.
pub(crate) fn remotely(journey: impl FnOnce()) {
    struct Journey;
    impl Drop for Journey {
        fn drop(&mut self) {
            ASKED_FOR.set(false);
        }
    }
    ASKED_FOR.set(true);
    let _journey = Journey;
    journey();
}

/// A vault that `keyturn serve` serves, and a key for it.
pub(crate) struct RemoteInstance {
    line: CommandLine,
    data: PathBuf,
    served: Option<Served>,
    pub(crate) name: String,
    /// Host and port; they stay the same when it is started again.
    pub(crate) address: String,
    /// The key of a manager, as made last.
    pub(crate) api_key: String,
    /// Its id.
    key_id: String,
}

impl RemoteInstance {
    /// Makes the vault and a key below a folder, and serves it.
    pub(crate) fn start(folder: &Path, name: &str) -> Self {
        let data = data(folder);
        let home = data.parent().unwrap();
        DirBuilder::new().mode(0o700).create(home).unwrap();
        let line = CommandLine::new(&data);
        line.run(&["vault", "create", "--name", name]);
        let (key_id, api_key) = make_key(&line, "window");
        let served = line.serve();
        Self {
            line,
            data,
            address: served.address.clone(),
            served: Some(served),
            name: name.into(),
            api_key,
            key_id,
        }
    }

    /// Its service URL.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The vault behind it, opened by the test as by one more program over there.
    pub(crate) fn vault(&self) -> OpenVault {
        vaults::open(&self.data, vaults::passphrase(PASSPHRASE))
    }

    /// Ends the server as a fault of its own would.
    pub(crate) fn stop(&mut self) {
        self.served = None;
    }

    /// Serves the vault again where it was.
    pub(crate) fn start_again(&mut self) {
        assert!(self.served.is_none(), "the server runs already");
        self.served = Some(self.line.serve_at(&self.address));
    }

    /// Makes another key, which counts from now on, and revokes the one before.
    pub(crate) fn change_key(&mut self) {
        let (key_id, api_key) = make_key(&self.line, "window-anew");
        self.line.run(&["api-key", "delete", "--id", &self.key_id]);
        (self.key_id, self.api_key) = (key_id, api_key);
    }
}

/// The data folder over there, below that of a session.
pub(crate) fn data(folder: &Path) -> PathBuf {
    folder.join("elsewhere/keyturn")
}

/// Id and key of a manager.
fn make_key(line: &CommandLine, name: &str) -> (String, String) {
    let made = line.run(&["api-key", "create", "--name", name, "--role", "Manager"]);
    let text = |field: &str| made.get(field).and_then(Value::as_str).map(str::to_owned);
    let field = |name: &str| text(name).unwrap_or_else(|| panic!("no {name} was printed"));
    (field("id"), field("apikey"))
}
