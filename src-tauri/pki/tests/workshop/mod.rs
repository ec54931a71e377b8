//! Certificates made by the real `openssl` in a folder of their own, with dates that stand still.
#![allow(dead_code, reason = "no suite uses all of it")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use keyturn_pki::{Certificate, Part, PrivateKey};
use tempfile::TempDir;

/// 2026-06-01: all that says nothing else is valid from 2026-01-01 to 2027-01-01.
pub(crate) const NOW: i64 = 1_780_272_000;

/// Extensions of a server's certificate.
pub(crate) const SERVER: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n";
/// Extensions of an authority.
pub(crate) const AUTHORITY: &str =
    "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";

/// A folder in which certificates are made.
pub(crate) struct Workshop {
    dir: TempDir,
}

/// What is to be made.
pub(crate) struct Order<'a> {
    /// Its files are called this, and its key if there is none of that name.
    pub(crate) name: &'a str,
    /// `/CN=…`.
    pub(crate) subject: &'a str,
    /// The name of who issues it; itself if there is none.
    pub(crate) issuer: Option<&'a str>,
    /// Lines of extensions.
    pub(crate) extensions: &'a str,
    /// Start and end.
    pub(crate) dates: (&'a str, &'a str),
    /// What it is signed with.
    pub(crate) digest: &'a str,
}

impl Default for Order<'_> {
    fn default() -> Self {
        Self {
            name: "leaf",
            subject: "/CN=leaf.test",
            issuer: None,
            extensions: SERVER,
            dates: ("20260101000000Z", "20270101000000Z"),
            digest: "sha256",
        }
    }
}

impl Workshop {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("ca.cnf"), CONFIG).unwrap();
        fs::write(dir.path().join("index.txt"), "").unwrap();
        Self { dir }
    }

    /// Where a file is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs `openssl` within the folder.
    pub(crate) fn openssl(&self, arguments: &[&str]) -> Vec<u8> {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.dir.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        output.stdout
    }

    /// Makes a key: `EC`, `RSA:1024`, `ED25519`.
    pub(crate) fn key(&self, name: &str, kind: &str) -> PrivateKey {
        let file = format!("{name}.key");
        let (algorithm, option) = match kind.split_once(':') {
            Some((algorithm, bits)) => (algorithm, format!("rsa_keygen_bits:{bits}")),
            None => (kind, "ec_paramgen_curve:P-256".to_owned()),
        };
        let mut arguments = vec!["genpkey", "-algorithm", algorithm, "-out", &file];
        if kind != "ED25519" {
            arguments.extend(["-pkeyopt", &option]);
        }
        self.openssl(&arguments);
        self.read_key(name)
    }

    /// Reads a key that was made.
    pub(crate) fn read_key(&self, name: &str) -> PrivateKey {
        let file = format!("{name}.key");
        let der = self.openssl(&["pkey", "-in", &file, "-outform", "DER"]);
        let der = match PrivateKey::from_pkcs8_der(&der) {
            Ok(key) => return key,
            Err(_) => self.openssl(&[
                "pkcs8", "-topk8", "-nocrypt", "-in", &file, "-outform", "DER",
            ]),
        };
        PrivateKey::from_pkcs8_der(&der).unwrap()
    }

    /// Makes a certificate.
    pub(crate) fn issue(&self, order: &Order<'_>) -> Certificate {
        let name = order.name;
        let [key, csr, pem, ext] = ["key", "csr", "pem", "ext"].map(|end| format!("{name}.{end}"));
        if !self.path(&key).exists() {
            self.key(name, "EC");
        }
        fs::write(self.path(&ext), order.extensions).unwrap();
        self.openssl(&[
            "req",
            "-new",
            "-utf8",
            "-config",
            "ca.cnf",
            "-key",
            &key,
            "-subj",
            order.subject,
            "-out",
            &csr,
        ]);
        let issuer = order.issuer.unwrap_or(name);
        let (issuer_key, issuer_pem) = (format!("{issuer}.key"), format!("{issuer}.pem"));
        let mut arguments = vec![
            "ca",
            "-batch",
            "-notext",
            "-preserveDN",
            "-config",
            "ca.cnf",
            "-in",
            &csr,
            "-out",
            &pem,
            "-keyfile",
            &issuer_key,
            "-extfile",
            &ext,
            "-startdate",
            order.dates.0,
            "-enddate",
            order.dates.1,
            "-md",
            order.digest,
        ];
        match order.issuer {
            Some(_) => arguments.extend(["-cert", &issuer_pem]),
            None => arguments.push("-selfsign"),
        }
        self.openssl(&arguments);
        self.read(name)
    }

    /// An authority of a name, issued by another one or by itself.
    pub(crate) fn authority(&self, name: &str, issuer: Option<&str>) -> Certificate {
        self.issue(&Order {
            name,
            subject: &format!("/CN={name}"),
            issuer,
            extensions: AUTHORITY,
            ..Order::default()
        })
    }

    /// Makes a certificate with `openssl req -x509`, by lines of a configuration.
    pub(crate) fn self_made(&self, name: &str, config: &str, arguments: &[&str]) -> Certificate {
        let (file, pem, key) = (
            format!("{name}.cnf"),
            format!("{name}.pem"),
            format!("{name}.key"),
        );
        fs::write(self.path(&file), config).unwrap();
        if !self.path(&key).exists() {
            self.key(name, "EC");
        }
        let mut all = vec![
            "req", "-x509", "-new", "-utf8", "-config", &file, "-key", &key, "-out", &pem,
        ];
        all.extend(arguments);
        self.openssl(&all);
        self.read(name)
    }

    /// Reads a certificate that was made.
    pub(crate) fn read(&self, name: &str) -> Certificate {
        let pem = format!("{name}.pem");
        let der = self.openssl(&["x509", "-in", &pem, "-outform", "DER"]);
        Certificate::from_der(Part::Certificate, &der).unwrap()
    }
}

/// The same certificate with bytes of it replaced; its signature is wrong then.
pub(crate) fn patched(certificate: &Certificate, from: &[u8], to: &[u8]) -> Certificate {
    assert_eq!(from.len(), to.len());
    let mut der = certificate.der().to_vec();
    let found = |der: &[u8]| der.windows(from.len()).rposition(|part| part == from);
    let mut count = 0;
    while let Some(at) = found(&der) {
        der[at..at + to.len()].copy_from_slice(to);
        count += 1;
    }
    assert!(count > 0, "nothing to replace");
    Certificate::from_der(Part::Certificate, &der).unwrap()
}

const CONFIG: &str = "
[req]
distinguished_name = dn
[dn]
[ca]
default_ca = default
[default]
database = index.txt
new_certs_dir = .
unique_subject = no
rand_serial = yes
policy = any
[any]
commonName = optional
";
