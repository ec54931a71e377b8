//! Servers that suites run against, each in a folder of its own and on free ports. Suites of any
//! crate take them by `#[path = "…/tests/servers/mod.rs"]`.
//!
//! They need the programs `openssl`, `pebble`, `pebble-challtestsrv` and `python3`, and the crates `rustls`,
//! `rustls-pki-types`, `serde_json` and `tempfile`.
#![allow(dead_code, reason = "no suite uses all of them")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

pub(crate) mod acme_stand_in;
pub(crate) mod challtestsrv;
pub(crate) mod iam;
pub(crate) mod issuing_stand_in;
#[path = "named.rs"] // what it needs stands beside it
pub(crate) mod named;
pub(crate) mod pebble;
pub(crate) mod test_authority;

use std::net::{TcpListener, TcpStream};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// A program that ends with the test.
pub(crate) struct Running(Child);

impl Running {
    /// Waits until the program accepts connections on all ports; false if it ended instead, as it
    /// does when another program was faster to take a port.
    fn is_up(&mut self, ports: &[u16]) -> bool {
        let late = Instant::now() + Duration::from_secs(20);
        while !ports
            .iter()
            .all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
        {
            if self.0.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(Instant::now() < late, "a server does not start");
            thread::sleep(Duration::from_millis(5));
        }
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Ports that nobody uses now.
fn free_ports<const N: usize>() -> [u16; N] {
    // All are held until the last is found, so that no two are the same.
    let held = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}
