//! A stand-in of IBM Cloud's IAM, `iam_stand_in.py`, and what a test tells it. It needs Python 3.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Running;

/// The key that the stand-in knows from the start.
pub(crate) const API_KEY: &str = "the-key-of-the-engine";
/// The account of that key.
pub(crate) const ACCOUNT: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// Access groups that are there.
pub(crate) const GROUPS: [&str; 2] = [
    "AccessGroupId-11111111-1111-4111-8111-111111111111",
    "AccessGroupId-22222222-2222-4222-8222-222222222222",
];
/// A service ID that is there.
pub(crate) const SERVICE_ID: &str = "ServiceId-33333333-3333-4333-8333-333333333333";

/// A server that ends with the test.
pub(crate) struct Iam {
    address: String,
    _running: Running,
}

impl Iam {
    /// Starts one and waits until it answers.
    pub(crate) fn start() -> Self {
        let program = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/servers/iam_stand_in.py"
        );
        let program = if std::path::Path::new(program).exists() {
            program
        } else {
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers/iam_stand_in.py")
        };
        let mut running = Command::new("python3")
            .args(["-B", program])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed");
        let mut said = BufReader::new(running.stdout.take().unwrap());
        let mut address = String::new();
        said.read_line(&mut address).unwrap();
        Self {
            address: address.trim().to_owned(),
            _running: Running(running),
        }
    }

    /// `http://127.0.0.1:…`
    pub(crate) fn url(&self) -> &str {
        &self.address
    }

    /// Lets the next call fail whose path begins so.
    pub(crate) fn fail(&self, how: &Value) {
        self.control("POST", "fail", Some(how));
    }

    /// Forgets failures and calls.
    pub(crate) fn reset(&self) {
        self.control("POST", "reset", Some(&json!({})));
    }

    /// Removes a service ID with its keys.
    pub(crate) fn forget_service_id(&self, id: &str) {
        self.control("DELETE", &format!("service_ids/{id}"), None);
    }

    /// Service IDs but the one that is there from the start.
    pub(crate) fn service_ids(&self) -> Vec<Value> {
        let state = self.control("GET", "state", None);
        let mut all = state["service_ids"].as_array().unwrap().clone();
        all.retain(|one| one["id"] != SERVICE_ID);
        all
    }

    /// API keys of service IDs.
    pub(crate) fn api_keys(&self) -> Vec<Value> {
        let state = self.control("GET", "state", None);
        state["api_keys"].as_array().unwrap().clone()
    }

    /// Calls so far: method and path.
    pub(crate) fn calls(&self) -> Vec<String> {
        let state = self.control("GET", "state", None);
        let calls = state["calls"].as_array().unwrap().iter();
        calls.map(|one| one.as_str().unwrap().to_owned()).collect()
    }

    /// Whether a call is held.
    pub(crate) fn holds(&self) -> bool {
        self.control("GET", "state", None)["held"] != 0
    }

    /// Waits until a call is held.
    pub(crate) fn wait_until_held(&self) {
        let late = Instant::now() + Duration::from_secs(30);
        while !self.holds() {
            assert!(Instant::now() < late, "no call came that is to be held");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Lets calls go on that are held, and returns once none is under way.
    pub(crate) fn release(&self) {
        self.control("POST", "release", Some(&json!({})));
    }

    /// Whether a value is that of a key.
    pub(crate) fn knows(&self, value: &str) -> bool {
        let keys = self.control("GET", "keys", None);
        keys.as_object().unwrap().values().any(|one| one == value)
    }

    fn control(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let address = self.address.trim_start_matches("http://");
        let mut server = TcpStream::connect(address).unwrap();
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} /control/{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        server.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        server.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 20"), "{head}");
        serde_json::from_str(body).unwrap_or_default()
    }
}
