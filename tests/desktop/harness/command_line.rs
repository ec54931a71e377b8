//! The command line and the server it starts, on the vault of a test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::vaults::PASSPHRASE;

/// Where the program is: beside that of the window.
pub(crate) fn program() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_keyturn-desktop")).with_file_name("keyturn")
}

/// The command line on the data folder of a session.
#[derive(Clone)]
pub(crate) struct CommandLine {
    data: PathBuf,
    passphrase: PathBuf,
}

impl CommandLine {
    pub(crate) fn new(data: &Path) -> Self {
        let passphrase = data.with_file_name("passphrase");
        std::fs::write(&passphrase, PASSPHRASE).unwrap();
        Self {
            data: data.to_owned(),
            passphrase,
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments)
            .arg("--passphrase-file")
            .arg(&self.passphrase)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.data.with_file_name(""))
            .env("KEYTURN_HOME", &self.data)
            .stdin(Stdio::null());
        command
    }

    /// Runs a command and gives the JSON it prints.
    pub(crate) fn run(&self, arguments: &[&str]) -> Value {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--output", "json"]);
        let output = self.command(&arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    }

    /// Serves the vault until the value is dropped.
    pub(crate) fn serve(&self) -> Served {
        self.serve_at("127.0.0.1:0")
    }

    /// The same at a certain address.
    pub(crate) fn serve_at(&self, address: &str) -> Served {
        let mut child = self
            .command(&["serve", "--address", address])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        let at = line.rfind("127.0.0.1:").unwrap_or_else(|| panic!("{line}"));
        let port = line[at + 10..].chars().take_while(char::is_ascii_digit);
        Served {
            child,
            _said: said,
            address: format!("127.0.0.1:{}", port.collect::<String>()),
        }
    }
}

/// A vault that is served.
pub(crate) struct Served {
    child: Child,
    /// Held open: what it says later has somewhere to go.
    _said: BufReader<std::process::ChildStderr>,
    pub(crate) address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request of HTTP; the status and the JSON of the answer. None: nobody listens.
pub(crate) fn request(
    address: &str,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let kind = if path == "/identity/token" {
        "application/x-www-form-urlencoded"
    } else {
        "application/json"
    };
    let text = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.get(9..12)?.parse().ok()?;
    let (_, json) = answer.split_once("\r\n\r\n")?;
    Some((status, serde_json::from_str(json).unwrap_or_default()))
}

/// The token for an API key.
pub(crate) fn token(address: &str, api_key: &str) -> String {
    let form = format!("grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey={api_key}");
    let (status, json) = request(address, "POST", "/identity/token", "", &form).unwrap();
    assert_eq!(status, 200, "{json}");
    json["access_token"].as_str().unwrap().to_owned()
}
