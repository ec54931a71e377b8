//! The real `openssl`, in a folder of its own.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test program uses its part"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// A folder where `openssl` works.
pub struct OpenSsl(TempDir);

impl OpenSsl {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs it with arguments divided by spaces; whether it succeeded, and what it printed.
    pub fn try_run(&self, arguments: &str) -> (bool, String) {
        let output = Command::new("openssl")
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        (output.status.success(), text)
    }

    /// Runs it; it must succeed.
    pub fn run(&self, arguments: &str) -> String {
        let (done, text) = self.try_run(arguments);
        assert!(done, "openssl {arguments}: {text}");
        text
    }

    /// A root and an intermediate: `root.pem`, `middle.pem` with their keys.
    pub fn authorities(&self) {
        self.run(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem \
             -days 3650 -subj /CN=Test-Root",
        );
        self.run(
            "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout middle.key -out \
             middle.csr -subj /CN=Test-Intermediate",
        );
        self.write(
            "ca.ext",
            "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n\
             subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n",
        );
        self.run(
            "x509 -req -in middle.csr -CA root.pem -CAkey root.key -CAcreateserial -out middle.pem -days \
             1800 -extfile ca.ext",
        );
    }

    /// A leaf `NAME.pem` with its key `NAME.key`, signed by the intermediate.
    pub fn leaf(&self, name: &str, host: &str, days: u32) {
        self.run(&format!(
            "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {name}.key -out \
             {name}.csr -subj /CN={host}"
        ));
        self.sign(name, host, days);
    }

    /// Signs `NAME.csr` by the intermediate into `NAME.pem`.
    pub fn sign(&self, name: &str, host: &str, days: u32) {
        self.write(
            "leaf.ext",
            format!(
                "subjectAltName=DNS:{host}\nextendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\n\
                 authorityKeyIdentifier=keyid\n"
            ),
        );
        self.run(&format!(
            "x509 -req -in {name}.csr -CA middle.pem -CAkey middle.key -CAcreateserial -out {name}.pem \
             -days {days} -extfile leaf.ext"
        ));
    }
}
