//! A desktop session of its own: a private bus, a real gnome-keyring, a home that is thrown away.
//!
//! Which bus a process talks to is a matter of its environment, so each test runs itself again as
//! a child with such an environment; the child starts the daemons that its state needs.

use std::fs::{self, DirBuilder};
use std::io::{Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use keyturn_vault::seal::{KeyringStore, KeyringTrouble, OsKeyring, Sensitive};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

const PACKAGES: &str = "needs the Debian packages dbus, gnome-keyring and libsecret-tools";
const DIR: &str = "KEYTURN_KEYRING_TEST_DIR";
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs `state` in a child process of this test whose session is a fresh directory.
pub(crate) fn in_own_session(test: &str, state: impl FnOnce(&Session)) {
    if let Some(dir) = std::env::var_os(DIR) {
        return state(&Session { dir: dir.into() });
    }
    let dir = tempfile::tempdir().unwrap();
    for sub in ["home", "runtime"] {
        DirBuilder::new()
            .mode(0o700)
            .create(dir.path().join(sub))
            .unwrap();
    }
    let home = dir.path().join("home");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "RUST_BACKTRACE"))
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_RUNTIME_DIR", dir.path().join("runtime"))
        .env("DBUS_SESSION_BUS_ADDRESS", address(dir.path()))
        .env(DIR, dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // what the child starts ends with it, however it ends
        .process_group(0)
        .spawn()
        .unwrap();
    let group = Pid::from_child(&child);
    let (stdout, stderr) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let status = wait_at_most(&mut child, Duration::from_secs(90));
    let _ = kill_process_group(group, Signal::KILL);
    let (stdout, stderr) = (stdout.join().unwrap(), stderr.join().unwrap());
    print!("{stdout}");
    let passed = status.is_some_and(|status| status.success()) && stdout.contains("1 passed");
    assert!(passed, "{test}: {status:?}\n{stderr}");
}

/// The session of a child process.
pub(crate) struct Session {
    dir: PathBuf,
}

/// A running program, killed when dropped.
pub(crate) struct Daemon(Child);

impl Session {
    /// A bus that starts nothing by itself, so what is on it is what the test put there.
    pub(crate) fn start_bus(&self) -> Daemon {
        let config = self.dir.join("bus.conf");
        let text = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#,
            address(&self.dir)
        );
        fs::write(&config, text).unwrap();
        let bus = start(
            Command::new("dbus-daemon")
                .arg(format!("--config-file={}", config.display()))
                .args(["--nofork", "--nopidfile"]),
        );
        until(|| self.dir.join("bus").exists(), "the bus listens");
        bus
    }

    /// gnome-keyring with its login collection unlocked, which it creates the first time.
    pub(crate) fn start_keyring(&self) -> Daemon {
        self.start_gnome_keyring(&["--unlock"], b"login password")
    }

    /// gnome-keyring as after a login without a password: the collection is locked.
    pub(crate) fn start_locked_keyring(&self) -> Daemon {
        self.start_gnome_keyring(&[], b"")
    }

    fn start_gnome_keyring(&self, args: &[&str], password: &[u8]) -> Daemon {
        let mut command = Command::new("gnome-keyring-daemon");
        command
            .args(["--foreground", "--components=secrets"])
            .arg(format!(
                "--control-directory={}",
                self.dir.join("runtime/keyring").display()
            ))
            .args(args)
            .stdin(Stdio::piped());
        let mut daemon = start(&mut command);
        daemon.0.stdin.take().unwrap().write_all(password).unwrap();
        until(
            || OsKeyring::new().get("nobody").err() != Some(KeyringTrouble::Absent),
            "gnome-keyring answers",
        );
        daemon
    }
}

impl Daemon {
    pub(crate) fn pause(&self) {
        kill_process(Pid::from_child(&self.0), Signal::STOP).unwrap();
    }

    pub(crate) fn resume(&self) {
        kill_process(Pid::from_child(&self.0), Signal::CONT).unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How many entries the keyring has for us, as another program sees them.
pub(crate) fn count_entries() -> usize {
    let found = secret_tool(&["search", "--all", "service", "keyturn"], b"");
    String::from_utf8_lossy(&found.stdout)
        .lines()
        .filter(|line| line.starts_with('['))
        .count()
}

/// Another program writes an entry that answers to the same search.
pub(crate) fn plant_entry(user: &str, secret: &[u8]) {
    let attributes = ["service", "keyturn", "username", user, "planted", "yes"];
    let stored = secret_tool(&[&["store", "--label=x"], &attributes[..]].concat(), secret);
    assert!(stored.status.success(), "{stored:?}");
}

/// Somebody removes the entries of that user, as a keyring application does.
pub(crate) fn clear_entries(user: &str) {
    let cleared = secret_tool(&["clear", "service", "keyturn", "username", user], b"");
    assert!(cleared.status.success(), "{cleared:?}");
}

/// A real keyring that reads back something else than was written.
pub(crate) struct Forgetful(pub(crate) OsKeyring);

impl KeyringStore for Forgetful {
    fn get(&self, user: &str) -> Result<Option<Sensitive>, KeyringTrouble> {
        let read = self.0.get(user)?;
        Ok(read.map(|_| Sensitive::from_string("something else".into())))
    }

    fn set(&self, user: &str, entry: &Sensitive) -> Result<(), KeyringTrouble> {
        self.0.set(user, entry)
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        self.0.delete(user)
    }
}

fn address(dir: &Path) -> String {
    format!("unix:path={}", dir.join("bus").display())
}

fn start(command: &mut Command) -> Daemon {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Daemon(child.unwrap_or_else(|error| panic!("{PACKAGES}: {error}")))
}

fn secret_tool(args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new("secret-tool")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{PACKAGES}: {error}"));
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    child.wait_with_output().unwrap()
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    let mut pipe = pipe.unwrap();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait_at_most(child: &mut Child, limit: Duration) -> Option<std::process::ExitStatus> {
    let started = Instant::now();
    while started.elapsed() < limit {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}

/// Waits for a condition, not for a time.
pub(crate) fn until(mut condition: impl FnMut() -> bool, what: &str) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < PATIENCE, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
