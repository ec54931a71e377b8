//! A desktop session of one test: a home that is thrown away, a private bus that starts nothing by
//! itself, and, if the test wants one, a real gnome-keyring on it.

use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::processes;
use super::until;

const PACKAGES: &str =
    "run `make setup` first: dbus, gnome-keyring and webkit2gtk-driver are needed";
/// What the programs of a session get from the surroundings; everything else is made here.
const PASSED_ON: [&str; 10] = [
    "PATH",
    "DISPLAY",
    "XAUTHORITY",
    "GDK_BACKEND",
    "XDG_SESSION_TYPE",
    "LC_ALL",
    "TZ",
    "RUST_BACKTRACE",
    "KEYTURN_SESSION",
    "LLVM_PROFILE_FILE",
];
const LOGIN_COLLECTION: &str = "/org/freedesktop/secrets/collection/login";

/// Folders, bus and keyring of one test. All of it ends with the value.
pub(crate) struct Session {
    keyring: Option<Child>,
    notices: Option<Child>,
    bus: Child,
    folder: tempfile::TempDir,
}

impl Session {
    /// A session whose bus is up and whose home is empty.
    pub(crate) fn start() -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some(),
            "needs a display: run it inside setup/desktop-session"
        );
        let folder = tempfile::Builder::new().prefix("kt").tempdir().unwrap();
        for name in ["home", "run", "tmp", "home/.config", "home/.config/gtk-3.0"] {
            DirBuilder::new()
                .mode(0o700)
                .create(folder.path().join(name))
                .unwrap();
        }
        // what a person can set, too: nothing slides or fades, so that pictures come out the same
        fs::write(
            folder.path().join("home/.config/gtk-3.0/settings.ini"),
            "[Settings]\ngtk-enable-animations=false\n",
        )
        .unwrap();
        let bus = start_bus(folder.path());
        Self {
            keyring: None,
            notices: None,
            bus,
            folder,
        }
    }

    /// The home folder; `~` in the native dialogs.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The data folder of the program.
    pub(crate) fn data(&self) -> PathBuf {
        self.home().join("keyturn")
    }

    /// Everything a program of this session can have written to.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program that runs in this session and in no other.
    pub(crate) fn command(&self, program: &str) -> Command {
        let home = self.home();
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(
                std::env::vars_os()
                    .filter(|(name, _)| PASSED_ON.iter().any(|passed| name == passed)),
            )
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("XDG_DATA_HOME", home.join(".local/share"))
            .env("XDG_CACHE_HOME", home.join(".cache"))
            .env("XDG_STATE_HOME", home.join(".local/state"))
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("TMPDIR", self.folder.path().join("tmp"))
            .env("KEYTURN_HOME", self.data())
            .env("DBUS_SESSION_BUS_ADDRESS", address(self.folder.path()))
            // neither an accessibility bus nor a store of settings is there to look for
            .env("NO_AT_BRIDGE", "1")
            .env("GSETTINGS_BACKEND", "memory")
            .current_dir(&home);
        command
    }

    /// Starts gnome-keyring with its login collection open, as after a login with a password.
    pub(crate) fn start_keyring(&mut self) {
        let mut daemon = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .arg(format!(
                "--control-directory={}",
                self.folder.path().join("run/keyring").display()
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(PACKAGES);
        daemon
            .stdin
            .take()
            .unwrap()
            .write_all(b"login password")
            .unwrap();
        self.keyring = Some(daemon);
        until("gnome-keyring answers", || {
            let default = self.ask_keyring("ReadAlias", "string:default");
            default.contains(LOGIN_COLLECTION).then_some(())
        });
    }

    /// Starts a notification daemon, as desktops have one.
    pub(crate) fn start_notices(&mut self) {
        let daemon = self
            .command("dunst")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dunst is installed (Debian: dunst)");
        self.notices = Some(daemon);
        until("dunst answers", || {
            self.ask_notices("count").contains('0').then_some(())
        });
    }

    /// What was told on the desktop: summaries and texts.
    pub(crate) fn notices(&self) -> String {
        // what is on the screen goes into the history when it is closed
        self.ask_notices("close-all");
        self.ask_notices("history")
    }

    fn ask_notices(&self, what: &str) -> String {
        let answer = self.command("dunstctl").arg(what).output();
        let answer = answer.expect("dunstctl is installed (Debian: dunst)");
        String::from_utf8_lossy(&answer.stdout).into_owned()
    }

    /// Ends gnome-keyring; what it keeps stays in its file.
    pub(crate) fn stop_keyring(&mut self) {
        if let Some(mut daemon) = self.keyring.take() {
            processes::terminate(daemon.id());
            daemon.wait().unwrap();
        }
    }

    /// Ends gnome-keyring and removes what it keeps, as when somebody resets a forgotten keyring.
    pub(crate) fn reset_keyring(&mut self) {
        self.stop_keyring();
        fs::remove_dir_all(self.home().join(".local/share/keyrings")).unwrap();
        self.start_keyring();
    }

    /// How many entries the keyring has for us, as any other program can count them.
    pub(crate) fn keyring_entries(&self) -> usize {
        self.ask_keyring("SearchItems", "dict:string:string:service,keyturn")
            .lines()
            .filter(|line| line.contains("object path"))
            .count()
    }

    /// What the only entry holds that the keyring has for us.
    pub(crate) fn keyring_key(&self) -> Vec<u8> {
        let found = self
            .command("secret-tool")
            .args(["lookup", "service", "keyturn"])
            .output()
            .expect("secret-tool is installed (Debian: libsecret-tools)");
        found.stdout
    }

    /// Another program writes over the only entry that the keyring has for us.
    pub(crate) fn replace_keyring_key(&self, key: &str) {
        self.plant_keyring_key(key, &[]);
    }

    /// Another program adds an entry that looks like ours.
    pub(crate) fn add_keyring_key(&self, key: &str) {
        self.plant_keyring_key(key, &["planted", "yes"]);
    }

    fn plant_keyring_key(&self, key: &str, more: &[&str]) {
        let mut planted = self
            .command("secret-tool")
            .args(["store", "--label=planted"])
            .args(self.keyring_attributes())
            .args(more)
            .stdin(Stdio::piped())
            .spawn()
            .expect("secret-tool is installed (Debian: libsecret-tools)");
        let mut input = planted.stdin.take().unwrap();
        input.write_all(key.as_bytes()).unwrap();
        drop(input);
        assert!(planted.wait().unwrap().success());
    }

    /// Names and values of the attributes by which our entry is found.
    fn keyring_attributes(&self) -> Vec<String> {
        let found = self
            .command("secret-tool")
            .args(["search", "service", "keyturn"])
            .output()
            .expect("secret-tool is installed (Debian: libsecret-tools)");
        let printed = [found.stdout, found.stderr].concat();
        let printed = String::from_utf8_lossy(&printed).into_owned();
        printed
            .lines()
            .filter_map(|line| line.strip_prefix("attribute.")?.split_once(" = "))
            .flat_map(|(name, value)| [name.to_owned(), value.to_owned()])
            .collect()
    }

    fn ask_keyring(&self, method: &str, argument: &str) -> String {
        let answer = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
            ])
            .arg("/org/freedesktop/secrets")
            .arg(format!("org.freedesktop.Secret.Service.{method}"))
            .arg(argument)
            .output()
            .expect(PACKAGES);
        String::from_utf8_lossy(&answer.stdout).into_owned()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let daemons = [self.keyring.take(), self.notices.take()];
        for mut daemon in daemons.into_iter().flatten() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

fn start_bus(folder: &Path) -> Child {
    let config = folder.join("bus.conf");
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
        address(folder)
    );
    fs::write(&config, text).unwrap();
    let log = File::create(folder.join("bus.log")).unwrap();
    let bus = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--nopidfile"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect(PACKAGES);
    until("the bus listens", || {
        folder.join("bus").exists().then_some(())
    });
    bus
}

fn address(folder: &Path) -> String {
    format!("unix:path={}", folder.join("bus").display())
}
