//! BIND's `named` on loopback, for tests: the authority of test zones, the recursive server that
//! finds them, and a target of dynamic updates. Suites include this file by its path.
//!
//! Each server has a folder of its own that goes with it, and no process stays behind.

#![allow(dead_code, reason = "a suite uses what it needs")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use relay::Relay;
use tempfile::TempDir;

mod relay;

/// The first server's address, and that of all zones' `ns1`.
pub(crate) const FIRST: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// The second server's address, and that of all zones' `ns2`.
pub(crate) const SECOND: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// The name of the key that may change the zones.
pub(crate) const KEY_NAME: &str = "keyturn-test";
/// Keys that may do so as well, each with its algorithm and the same secret.
pub(crate) const OTHER_KEYS: [(&str, &str); 2] = [
    ("keyturn-test-384", "hmac-sha384"),
    ("keyturn-test-512", "hmac-sha512"),
];
/// A key that the servers know, but that may change nothing.
pub(crate) const STRANGER: &str = "keyturn-stranger";
/// The secret of all keys, in base64.
pub(crate) const KEY: &str = "S2V5dHVybiB0ZXN0cyBpdHMgdXBkYXRlcyB3aXRoIHRoaXMga2V5LCAzMiBiLg==";
/// Its algorithm.
pub(crate) const KEY_ALGORITHM: &str = "hmac-sha256";
/// How long it may be remembered that a name is not there.
pub(crate) const NEGATIVE_TTL: u32 = 5;

/// Where Debian installs it, which is not on everybody's path.
const NAMED: &str = "/usr/sbin/named";
/// Ports that are tried until one is free everywhere.
const TRIES: usize = 20;

/// A zone of a server.
#[derive(Clone, Debug)]
pub(crate) struct Zone {
    /// Its name, such as `example.test`.
    pub(crate) name: String,
    /// The addresses of its name servers `ns1`, `ns2`…
    pub(crate) servers: Vec<Ipv4Addr>,
}

impl Zone {
    /// A zone with these servers.
    pub(crate) fn new(name: &str, servers: &[Ipv4Addr]) -> Self {
        Self {
            name: name.to_owned(),
            servers: servers.to_vec(),
        }
    }

    fn text(&self) -> String {
        let mut text =
            format!("$TTL 60\n@ IN SOA ns1 hostmaster 1 3600 600 86400 {NEGATIVE_TTL}\n");
        for (index, address) in self.servers.iter().enumerate() {
            let server = format!("ns{}", index + 1);
            writeln!(text, "@ IN NS {server}\n{server} IN A {address}").unwrap();
        }
        text
    }
}

/// One server; it ends with its value.
pub(crate) struct Named {
    child: Child,
    /// Where it listens, for UDP and TCP.
    pub(crate) address: SocketAddr,
    folder: TempDir,
    relay: Option<Relay>,
}

impl Named {
    /// Starts a server for zones at 127.0.0.1, or nothing if the port is taken.
    fn start(port: u16, zones: &[Zone], options: &str) -> Option<Self> {
        let address = SocketAddr::from((FIRST, port));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut conf = configuration(address, &path.display().to_string(), options);
        let others = OTHER_KEYS.map(|(name, _)| name);
        let keys = [KEY_NAME].into_iter().chain(others);
        let keys: String = keys.flat_map(|name| ["key ", name, "; "]).collect();
        // The root is a zone like others, so that no question leaves this computer.
        let root = Zone::new(".", &[FIRST]);
        for zone in zones.iter().chain([&root]) {
            let file = format!("{}.zone", zone.name);
            fs::write(path.join(&file), zone.text()).unwrap();
            let name = &zone.name;
            writeln!(
                conf,
                "zone \"{name}\" {{ type primary; file \"{file}\"; allow-update {{ {keys} }}; }};"
            )
            .unwrap();
        }
        fs::write(path.join("named.conf"), conf).unwrap();
        let mut child = Command::new(copy_of_named(path))
            .args(["-g", "-4", "-n", "1", "-c"])
            .arg(path.join("named.conf"))
            .current_dir(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let (mut log, mut line) = (String::new(), String::new());
        while said.read_line(&mut line).unwrap() > 0 && !line.trim_end().ends_with(" running") {
            log.push_str(&line);
            line.clear();
        }
        if line.is_empty() || log.contains("address in use") {
            let _ = child.kill();
            let _ = child.wait();
            assert!(
                log.contains("address in use"),
                "named did not start:\n{log}"
            );
            return None;
        }
        // Else it would wait for somebody to read what it says.
        thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Some(Self {
            child,
            address,
            folder,
            relay: None,
        })
    }

    /// Starts a server that is reached at another address.
    fn start_at(address: SocketAddr, zones: &[Zone], options: &str) -> Option<Self> {
        let mut named = Self::start(free_port(&[FIRST]), zones, options)?;
        named.relay = Some(Relay::start(address, named.address).ok()?);
        named.address = address;
        Some(named)
    }

    /// Its folder, which ends with it.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Adds a TXT record.
    pub(crate) fn set_txt(&self, name: &str, value: &str) {
        self.set(name, "TXT", &quoted(value));
    }

    /// Removes a TXT record; others at the name stay.
    pub(crate) fn remove_txt(&self, name: &str, value: &str) {
        self.update(&format!("update delete {name} TXT {}\n", quoted(value)));
    }

    /// Adds a record, its data written as in a zone file.
    pub(crate) fn set(&self, name: &str, kind: &str, data: &str) {
        self.update(&format!("update add {name} 60 {kind} {data}\n"));
    }

    /// Removes all records of a name.
    pub(crate) fn clear(&self, name: &str) {
        self.update(&format!("update delete {name}\n"));
    }

    /// Runs a script of `nsupdate`, all of it in one update of one zone.
    pub(crate) fn update(&self, script: &str) {
        let mut nsupdate = Command::new("nsupdate")
            .args(["-v", "-y", &format!("{KEY_ALGORITHM}:{KEY_NAME}:{KEY}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("nsupdate runs (Debian: bind9-dnsutils)");
        let (host, port) = (self.address.ip(), self.address.port());
        let script = format!("server {host} {port}\n{script}send\n");
        let mut input = nsupdate.stdin.take().unwrap();
        input.write_all(script.as_bytes()).unwrap();
        drop(input);
        let output = nsupdate.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}{said}");
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two servers for the same zones, on one port; each has records of its own.
pub(crate) struct Pair {
    /// That on 127.0.0.1.
    pub(crate) first: Named,
    /// That on 127.0.0.2.
    pub(crate) second: Named,
    /// The port of both.
    pub(crate) port: u16,
}

impl Pair {
    /// Two servers for `example.test` and `other.test`.
    pub(crate) fn start() -> Self {
        let both = ["example.test", "other.test"].map(|name| Zone::new(name, &[FIRST, SECOND]));
        Self::with(&both, "")
    }

    /// Two servers for these zones, with further options (`named.conf`, within `options`).
    pub(crate) fn with(zones: &[Zone], options: &str) -> Self {
        let servers = zones.iter().flat_map(|zone| &zone.servers);
        let hosts: Vec<_> = servers.copied().chain([FIRST, SECOND]).collect();
        for _ in 0..TRIES {
            let port = free_port(&hosts);
            if let Some(first) = Named::start(port, zones, options)
                && let Some(second) = Named::start_at((SECOND, port).into(), zones, options)
            {
                return Self {
                    first,
                    second,
                    port,
                };
            }
        }
        panic!("no port is free");
    }

    /// Adds a TXT record to both.
    pub(crate) fn set_txt(&self, name: &str, value: &str) {
        self.first.set_txt(name, value);
        self.second.set_txt(name, value);
    }

    /// Removes a TXT record from both.
    pub(crate) fn remove_txt(&self, name: &str, value: &str) {
        self.first.remove_txt(name, value);
        self.second.remove_txt(name, value);
    }

    /// Adds a record to both.
    pub(crate) fn set(&self, name: &str, kind: &str, data: &str) {
        self.first.set(name, kind, data);
        self.second.set(name, kind, data);
    }
}

/// A port that nobody has at any of these addresses, for UDP and TCP.
fn free_port(hosts: &[Ipv4Addr]) -> u16 {
    loop {
        let probe = UdpSocket::bind((FIRST, 0)).unwrap();
        let port = probe.local_addr().unwrap().port();
        drop(probe);
        let free = |host: Ipv4Addr| {
            let address = (IpAddr::from(host), port);
            UdpSocket::bind(address).is_ok() && TcpListener::bind(address).is_ok()
        };
        if hosts.iter().copied().all(free) {
            return port;
        }
    }
}

/// Debian's `apparmor` profile keeps the installed program, by its path, from folders like ours. `cp`
/// makes the copy, because what this process writes may still be open in a child of another thread.
fn copy_of_named(folder: &Path) -> PathBuf {
    let copy = folder.join("named");
    let done = Command::new("cp").arg(NAMED).arg(&copy).status().unwrap();
    assert!(done.success(), "{NAMED} is there (Debian: bind9)");
    copy
}

fn configuration(address: SocketAddr, folder: &str, options: &str) -> String {
    let (host, port) = (address.ip(), address.port());
    let mut conf = format!(
        r#"
options {{
    directory "{folder}";
    pid-file none;
    session-keyfile none;
    listen-on port {port} {{ {host}; }};
    listen-on-v6 {{ none; }};
    query-source address {host};
    recursion yes;
    allow-recursion {{ 127.0.0.0/8; }};
    dnssec-validation no;
    empty-zones-enable no;
    notify no;
    {options}
}};
controls {{ }};
"#
    );
    let keys = [(KEY_NAME, KEY_ALGORITHM), (STRANGER, KEY_ALGORITHM)];
    for (name, algorithm) in keys.into_iter().chain(OTHER_KEYS) {
        writeln!(
            conf,
            "key \"{name}\" {{ algorithm {algorithm}; secret \"{KEY}\"; }};"
        )
        .unwrap();
    }
    conf
}

/// A text as in a zone file.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
