//! Certificates as openssl and keytool make and read them, in the home of a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::Desktop;
use crate::harness::session::Session;

/// The folder where other programs work: the home of the person at the window.
pub(crate) struct Workshop(PathBuf);

/// What key stores are locked with.
pub(crate) const PASSWORD: &str = "changeit";

impl Workshop {
    /// A root, an intermediate below it, and certificates for two hosts with their keys.
    pub(crate) fn of(desktop: &Desktop) -> Self {
        Self::at(&desktop.session)
    }

    /// The same in a session without a window.
    pub(crate) fn at(session: &Session) -> Self {
        let workshop = Self(session.home().clone());
        workshop.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem \
             -days 3650 -subj /CN=Test-Root",
        );
        workshop.request("middle", "Test-Intermediate");
        workshop.sign(
            "middle",
            "root",
            1800,
            "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n",
        );
        workshop.leaf("one", "one.example", 90);
        workshop.leaf("two", "two.example", 200);
        workshop
    }

    /// A request `NAME.csr` with its key `NAME.key`.
    pub(crate) fn request(&self, name: &str, common_name: &str) {
        self.openssl(&format!(
            "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {name}.key -out \
             {name}.csr -subj /CN={common_name}"
        ));
    }

    /// A certificate `NAME.pem` for a host, signed by the intermediate.
    pub(crate) fn leaf(&self, name: &str, host: &str, days: u32) {
        self.request(name, host);
        self.sign_leaf(name, host, days);
    }

    /// Signs the request `NAME.csr` for a host by the intermediate.
    pub(crate) fn sign_leaf(&self, name: &str, host: &str, days: u32) {
        let extensions = format!("subjectAltName=DNS:{host}\nextendedKeyUsage=serverAuth\n");
        self.sign(name, "middle", days, &extensions);
    }

    pub(crate) fn sign(&self, name: &str, by: &str, days: u32, extensions: &str) {
        fs::write(self.path("extensions"), extensions).unwrap();
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {by}.pem -CAkey {by}.key -CAcreateserial -out {name}.pem -days \
             {days} -extfile extensions"
        ));
    }

    /// A file of the home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Several files one after the other, in one.
    pub(crate) fn join(&self, names: &[&str], into: &str) {
        let all: String = names.iter().map(|name| self.text(name)).collect();
        fs::write(self.path(into), all).unwrap();
    }

    /// Runs `openssl`, which must succeed, and gives what it printed.
    pub(crate) fn openssl(&self, arguments: &str) -> String {
        let (done, text) = self.try_openssl(arguments);
        assert!(done, "openssl {arguments}: {text}");
        text
    }

    pub(crate) fn try_openssl(&self, arguments: &str) -> (bool, String) {
        run(&self.0, "openssl", arguments)
    }

    /// Runs `keytool`, which must succeed, and gives what it printed.
    pub(crate) fn keytool(&self, arguments: &str) -> String {
        let (done, text) = run(&self.0, "keytool", arguments);
        assert!(done, "keytool {arguments}: {text}");
        text
    }
}

fn run(folder: &Path, program: &str, arguments: &str) -> (bool, String) {
    let output = Command::new(program)
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env("LC_ALL", "C")
        .output()
        .expect("the program is installed");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}
