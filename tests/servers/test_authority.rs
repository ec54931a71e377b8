//! A certificate authority that `openssl` makes for one test, and the certificate it issues for
//! servers on this computer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const CONFIG: &str = "
[req]
distinguished_name = name
prompt = no
[name]
CN = test
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
";

/// An authority with one server's certificate, in files.
pub(crate) struct TestAuthority {
    folder: TempDir,
}

impl TestAuthority {
    /// Makes both.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("openssl.cnf"), CONFIG).unwrap();
        let made = Self { folder };
        made.issue("root", &["-subj", "/CN=Test root"]);
        let signed = [
            "-subj",
            "/CN=localhost",
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
        ];
        made.issue("server", &signed);
        made
    }

    /// The certificate of the authority.
    pub(crate) fn root_pem(&self) -> String {
        fs::read_to_string(self.path("root.pem")).unwrap()
    }

    /// The certificate of the server.
    pub(crate) fn server_pem(&self) -> PathBuf {
        self.path("server.pem")
    }

    /// The key of the server, PKCS#8.
    pub(crate) fn server_key(&self) -> PathBuf {
        self.path("server.key")
    }

    /// The folder, for whatever else the server needs.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn issue(&self, name: &str, arguments: &[&str]) {
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-config",
                "openssl.cnf",
                "-days",
                "30",
                "-nodes",
            ])
            .args(["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
            .args(["-extensions", name])
            .args([
                "-keyout",
                &format!("{name}.key"),
                "-out",
                &format!("{name}.pem"),
            ])
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("openssl is installed");
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{said}");
    }
}
