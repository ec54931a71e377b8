//! What real and false servers serve, and that looking at them ends.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod workshop;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use keyturn_pki::{
    Certificate, ChainSent, PROBE_TIME, ProbeCode, ProbeRefusal, Served, Serves, probe, verdict,
};
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use workshop::{Order, SERVER, Workshop};

/// `openssl s_server` that ends with the test.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(workshop: &Workshop, arguments: &[&str]) -> Self {
        let mut child = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(workshop.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "no server");
            if let Some(address) = line.strip_prefix("ACCEPT ") {
                break address.trim().rsplit(':').next().unwrap().parse().unwrap();
            }
        };
        // Else it would wait for somebody to read what it says.
        thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child, port }
    }

    fn probe(&self, server_name: Option<&str>) -> Result<Served, ProbeRefusal> {
        probe("127.0.0.1", self.port, server_name, PROBE_TIME)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that does something else than TLS with each who comes.
fn false_server(answer: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream);
        }
    });
    port
}

fn leaf(workshop: &Workshop, name: &str, host: &str) -> Certificate {
    if !workshop.path("root.pem").exists() {
        workshop.authority("root", None);
        workshop.authority("middle", Some("root"));
    }
    let subject = format!("/CN={host}");
    let extensions = format!("{SERVER}subjectAltName=DNS:{host},IP:127.0.0.1\n");
    workshop.issue(&Order {
        name,
        subject: &subject,
        issuer: Some("middle"),
        extensions: &extensions,
        ..Order::default()
    })
}

#[test]
fn a_server_that_serves_the_current_version_is_recognized() {
    let workshop = Workshop::new();
    let current = leaf(&workshop, "current", "a.test");
    for (version, option) in [("TLS 1.3", "-tls1_3"), ("TLS 1.2", "-tls1_2")] {
        let host = Server::start(
            &workshop,
            &[
                "-cert",
                "current.pem",
                "-key",
                "current.key",
                "-cert_chain",
                "middle.pem",
                option,
            ],
        );
        let served = host.probe(Some("a.test")).unwrap();
        assert_eq!(served.tls_version, version);
        assert_eq!(served.address.port(), host.port);
        assert_eq!(
            served.certificates,
            [current.clone(), workshop.read("middle")]
        );
        let verdict = verdict(&served, &current, &[]);
        let intermediates_sent = true;
        assert_eq!(verdict.serves, Serves::Current { intermediates_sent });
        assert_eq!(verdict.chain, ChainSent::Complete);
        assert!(verdict.covers_name);
    }
}

#[test]
fn a_server_that_still_serves_an_older_version_is_told() {
    let workshop = Workshop::new();
    let old = leaf(&workshop, "old", "a.test");
    let current = leaf(&workshop, "current", "a.test");
    let host = Server::start(&workshop, &["-cert", "old.pem", "-key", "old.key"]);
    let served = host.probe(Some("b.test")).unwrap();
    let found = verdict(&served, &current, &[(1, current.clone()), (2, old)]);
    assert_eq!(found.serves, Serves::Older { number: 2 });
    let issuer = "middle".to_owned();
    assert_eq!(found.chain, ChainSent::Missing { issuer });
    assert!(!found.covers_name);
    // By address it is asked without a name.
    let served = host.probe(None).unwrap();
    let found = verdict(&served, &current, &[]);
    assert!(found.covers_name);
    let Serves::Other { facts } = found.serves else {
        panic!("{found:?}");
    };
    assert_eq!(facts.subject.common_name.as_deref(), Some("a.test"));
}

#[test]
fn the_name_decides_which_certificate_is_shown() {
    let workshop = Workshop::new();
    let first = leaf(&workshop, "first", "a.test");
    let second = leaf(&workshop, "second", "b.test");
    let host = Server::start(
        &workshop,
        &[
            "-cert",
            "first.pem",
            "-key",
            "first.key",
            "-servername",
            "b.test",
            "-cert2",
            "second.pem",
            "-key2",
            "second.key",
        ],
    );
    let served = |name| host.probe(Some(name)).unwrap().certificates[0].clone();
    assert_eq!(served("a.test"), first);
    assert_eq!(served("b.test"), second);
}

#[test]
fn odd_certificates_and_demanding_servers_are_looked_at_as_well() {
    let workshop = Workshop::new();
    leaf(&workshop, "current", "a.test");
    // Version 1 and long expired: no client would take it.
    let config = "[req]\ndistinguished_name = dn\n[dn]\n";
    workshop.key("old", "RSA:2048");
    let old = workshop.self_made("old", config, &["-subj", "/CN=x", "-days", "1"]);
    for option in ["-tls1_2", "-tls1_3"] {
        let host = Server::start(&workshop, &["-cert", "old.pem", "-key", "old.key", option]);
        let served = host.probe(Some("a.test")).unwrap();
        let found = verdict(&served, &old, &[]);
        assert_eq!(found.chain, ChainSent::SelfSigned, "{option}");
        assert!(!found.covers_name);
        let host = Server::start(
            &workshop,
            &[
                "-cert",
                "current.pem",
                "-key",
                "current.key",
                "-Verify",
                "1",
                "-verify_return_error",
                option,
            ],
        );
        assert!(host.probe(Some("a.test")).is_ok(), "{option}");
    }
    let broken = [
        "-cert",
        "current.pem",
        "-key",
        "current.key",
        "-cert_chain",
        "root.pem",
    ];
    let host = Server::start(&workshop, &broken);
    let served = host.probe(None).unwrap();
    let issuer = "middle".to_owned();
    assert_eq!(
        verdict(&served, &old, &[]).chain,
        ChainSent::Broken { issuer }
    );
}

#[test]
fn who_does_not_speak_tls_is_told_by_what_it_says() {
    for (greeting, word) in [
        ("220 mail.test ESMTP\r\n", "SMTP"),
        ("* OK IMAP4rev1\r\n", "IMAP"),
        ("+OK POP3\r\n", "POP3"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "SSH"),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP"),
        ("something else entirely\r\n", "does not speak TLS"),
    ] {
        let port = false_server(move |mut stream| {
            let _ = stream.write_all(greeting.as_bytes());
            // What came is read, else the answer could be lost with the connection.
            let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
            let _ = stream.read(&mut [0; 4_096]);
        });
        let refused = probe("127.0.0.1", port, Some("a.test"), PROBE_TIME).unwrap_err();
        assert_eq!(refused.code, ProbeCode::NotTls, "{greeting}");
        assert!(refused.message.contains(word), "{greeting}: {refused}");
        assert!(refused.remedy.is_some());
    }
}

#[test]
fn nobody_there_and_nobody_answering_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let refused = probe("127.0.0.1", port, None, PROBE_TIME).unwrap_err();
    assert_eq!(refused.code, ProbeCode::Unreachable);
    assert!(refused.message.contains(&port.to_string()), "{refused}");
    let refused = probe("no.such.host.invalid", 443, None, PROBE_TIME).unwrap_err();
    assert!(matches!(
        refused.code,
        ProbeCode::NameNotFound | ProbeCode::TimedOut
    ));
    let port = false_server(drop);
    let refused = probe("127.0.0.1", port, None, PROBE_TIME).unwrap_err();
    assert_eq!(refused.code, ProbeCode::NotTls, "{refused}");
}

#[test]
fn a_server_that_hangs_or_drips_ends_in_time() {
    let hangs = false_server(|stream| {
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(20));
            drop(stream);
        });
    });
    // A record of 16 KiB that never ends, byte by byte.
    let drips = false_server(|mut stream| {
        thread::spawn(move || {
            let _ = stream.write_all(&[22, 3, 3, 0x40, 0]);
            while stream.write_all(&[2]).is_ok() {
                thread::sleep(Duration::from_millis(20));
            }
        });
    });
    for port in [hangs, drips] {
        let begin = Instant::now();
        let time = Duration::from_millis(600);
        let refused = probe("127.0.0.1", port, None, time).unwrap_err();
        assert_eq!(refused.code, ProbeCode::TimedOut, "{refused}");
        assert!(begin.elapsed() < Duration::from_secs(3));
    }
}

#[test]
fn a_server_without_a_certificate_is_told() {
    let refused = probe("exam ple", 443, None, PROBE_TIME).unwrap_err();
    assert_eq!(refused.code, ProbeCode::AddressInvalid);
    let workshop = Workshop::new();
    let host = Server::start(&workshop, &["-nocert", "-psk", "00ff", "-tls1_2"]);
    let refused = host.probe(Some("a.test")).unwrap_err();
    assert_eq!(refused.code, ProbeCode::HandshakeFailed, "{refused}");
    assert!(refused.message.contains("handshake failure"), "{refused}");
}

/// Shows a certificate whose key it has not.
#[derive(Debug)]
struct Impostor(Arc<CertifiedKey>);

impl ResolvesServerCert for Impostor {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

#[test]
fn a_server_without_the_private_key_is_not_believed() {
    let workshop = Workshop::new();
    let current = leaf(&workshop, "current", "a.test");
    let (right, wrong) = (workshop.read_key("current"), workshop.key("other", "EC"));
    for (key, believed) in [(&right, true), (&wrong, false)] {
        for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
            let chain = vec![CertificateDer::from(current.der().to_vec())];
            let key = PrivatePkcs8KeyDer::from(key.pkcs8_der().to_vec());
            let key = any_supported_type(&key.into()).unwrap();
            let impostor = Impostor(Arc::new(CertifiedKey::new(chain, key)));
            let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
            let config = rustls::ServerConfig::builder_with_provider(provider)
                .with_protocol_versions(&[version])
                .unwrap()
                .with_no_client_auth()
                .with_cert_resolver(Arc::new(impostor));
            let config = Arc::new(config);
            let port = false_server(move |mut stream| {
                let mut connection = rustls::ServerConnection::new(config.clone()).unwrap();
                while connection
                    .complete_io(&mut stream)
                    .is_ok_and(|(read, _)| read > 0)
                {}
            });
            let found = probe("127.0.0.1", port, Some("a.test"), PROBE_TIME);
            if believed {
                assert_eq!(found.unwrap().certificates.first(), Some(&current));
                continue;
            }
            let refused = found.unwrap_err();
            assert_eq!(refused.code, ProbeCode::HandshakeFailed, "{refused}");
            assert!(refused.message.contains("did not prove"), "{refused}");
        }
    }
}
