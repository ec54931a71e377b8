//! Certificates made by the real programs, in a folder that is gone with the test.

#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// Kinds of keys, as openssl is asked for them.
pub const KINDS: [(&str, &[&str]); 4] = [
    ("rsa", &["-newkey", "rsa:2048"]),
    (
        "p256",
        &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    ),
    (
        "p384",
        &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
    ),
    ("ed25519", &["-newkey", "ed25519"]),
];

/// The password of all that is encrypted.
pub const PASSWORD: &str = "correct horse";

/// A root, an intermediate and a certificate with its key: `root.pem`, `mid.pem`, `leaf.pem`,
/// `leaf.key`.
pub struct Made {
    folder: TempDir,
}

impl Made {
    /// An empty folder.
    pub fn nothing() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// All three, with keys of one kind.
    pub fn of(kind: &str) -> Self {
        let made = Self::nothing();
        made.authority(kind, "root", "Root", None);
        made.authority(kind, "mid", "Intermediate", Some("root"));
        made.leaf(kind, "leaf", "leaf.example", "mid");
        made
    }

    /// All three, with keys that are quick to make.
    pub fn quick() -> Self {
        Self::of("p256")
    }

    /// An authority, signed by another one or by itself.
    pub fn authority(&self, kind: &str, file: &str, name: &str, issuer: Option<&str>) {
        self.certificate(
            kind,
            file,
            name,
            issuer,
            &["basicConstraints=critical,CA:TRUE"],
        );
    }

    /// The certificate of a server.
    pub fn leaf(&self, kind: &str, file: &str, name: &str, issuer: &str) {
        let names = format!("subjectAltName=DNS:{name},DNS:www.{name}");
        let extensions = ["basicConstraints=critical,CA:FALSE", &names];
        self.certificate(kind, file, name, Some(issuer), &extensions);
    }

    /// Another certificate for the key of one that is there.
    pub fn again(&self, key: &str, file: &str, name: &str, issuer: &str) {
        let (subject, days) = (format!("/CN={name}"), "-days 300");
        let line = format!(
            "req -x509 -key {key}.key -out {file}.pem {days} -CA {issuer}.pem -CAkey {issuer}.key \
             -addext basicConstraints=critical,CA:TRUE -subj"
        );
        let mut args: Vec<&str> = line.split(' ').collect();
        args.push(&subject);
        self.run("openssl", &args);
        fs::copy(
            self.path(&format!("{key}.key")),
            self.path(&format!("{file}.key")),
        )
        .unwrap();
    }

    fn certificate(
        &self,
        kind: &str,
        file: &str,
        name: &str,
        issuer: Option<&str>,
        extensions: &[&str],
    ) {
        let (_, algorithm) = KINDS.iter().find(|(known, _)| *known == kind).unwrap();
        let (key, pem) = (format!("{file}.key"), format!("{file}.pem"));
        let subject = format!("/O=Example/CN={name}");
        let mut args = vec![
            "req", "-x509", "-nodes", "-days", "300", "-keyout", &key, "-out", &pem,
        ];
        args.extend(*algorithm);
        args.extend(["-subj", &subject]);
        let (mut issuer_pem, mut issuer_key) = (String::new(), String::new());
        if let Some(issuer) = issuer {
            issuer_pem = format!("{issuer}.pem");
            issuer_key = format!("{issuer}.key");
        }
        if issuer.is_some() {
            args.extend(["-CA", &issuer_pem, "-CAkey", &issuer_key]);
        }
        for extension in extensions {
            args.extend(["-addext", extension]);
        }
        self.run("openssl", &args);
    }

    /// Runs a program in the folder; its output.
    pub fn run(&self, program: &str, args: &[&str]) -> String {
        let ran = Command::new(program)
            .args(args)
            .current_dir(&self.folder)
            .output();
        let ran = ran.unwrap_or_else(|error| panic!("{program} cannot be run: {error}"));
        let text = String::from_utf8_lossy(&ran.stdout).into_owned();
        let errors = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{program} {args:?}: {text}{errors}");
        text
    }

    /// Runs openssl with arguments that hold no blank, and `PASS` for the password.
    pub fn openssl(&self, line: &str) -> String {
        self.run("openssl", &words(line))
    }

    /// Runs keytool likewise.
    pub fn keytool(&self, line: &str) -> String {
        let mut args = vec!["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"];
        args.extend(words(line));
        self.run("keytool", &args)
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes a file.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// Several files as one text.
    pub fn joined(&self, names: &[&str]) -> String {
        names.iter().map(|name| self.text(name)).collect()
    }
}

fn words(line: &str) -> Vec<&str> {
    let words = line.split_whitespace();
    words
        .map(|word| if word == "PASS" { PASSWORD } else { word })
        .collect()
}
