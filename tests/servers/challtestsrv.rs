//! A DNS server that says what a test tells it: `pebble-challtestsrv`. It knows no zones.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use serde_json::json;

use super::{Running, free_ports};

/// A server that ends with the test.
pub(crate) struct Challtestsrv {
    dns_port: u16,
    management_port: u16,
    _running: Running,
}

impl Challtestsrv {
    /// Starts one and waits until it answers.
    pub(crate) fn start() -> Self {
        for _ in 0..5 {
            let [dns_port, management_port] = free_ports();
            let running = Command::new("pebble-challtestsrv")
                .args(["-http01", "", "-https01", "", "-tlsalpn01", ""])
                .args(["-dns01", &format!("127.0.0.1:{dns_port}")])
                .args(["-management", &format!("127.0.0.1:{management_port}")])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
            let mut running = Running(running.expect("pebble-challtestsrv is installed"));
            if running.is_up(&[dns_port, management_port]) {
                return Self {
                    dns_port,
                    management_port,
                    _running: running,
                };
            }
        }
        panic!("pebble-challtestsrv does not start");
    }

    /// Where it answers, over UDP and TCP.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.dns_port)
    }

    /// Adds a TXT record; the name ends with a dot.
    pub(crate) fn add_txt(&self, name: &str, value: &str) {
        self.manage("/set-txt", &json!({"host": name, "value": value}));
    }

    /// Removes the TXT records of a name.
    pub(crate) fn clear_txt(&self, name: &str) {
        self.manage("/clear-txt", &json!({"host": name}));
    }

    fn manage(&self, path: &str, body: &serde_json::Value) {
        let mut server = TcpStream::connect(("127.0.0.1", self.management_port)).unwrap();
        let (body, mut answer) = (body.to_string(), String::new());
        write!(
            server,
            "POST {path} HTTP/1.0\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        server.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(" 200 "), "{answer}");
    }
}
