//! Servers that are silent, lie, truncate or refuse, and what becomes of a check then.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hickory_proto::op::{Message, MessageType, ResponseCode};
use hickory_proto::rr::rdata::{A, CNAME, NS, SOA, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use keyturn_pki::dns::{Answer, Checked, DnsSettings, Issuer, Mistake, check};

use crate::named::{FIRST, Named, Pair, SECOND, Zone};
use crate::{VALUE, all, answer_of, checked_with, reason, run, settings, wanted};

/// Where a false server stands beside real ones.
const FALSE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);

/// A server that says what it likes to each packet; it ends with its value.
struct FalseServer {
    address: SocketAddr,
    thread: Option<thread::JoinHandle<()>>,
}

impl FalseServer {
    fn start(
        address: impl Into<SocketAddr>,
        mut say: impl FnMut(&UdpSocket, &[u8], SocketAddr) + Send + 'static,
    ) -> Self {
        let socket = UdpSocket::bind(address.into()).unwrap();
        let address = socket.local_addr().unwrap();
        let listen = move || {
            let mut buffer = [0; 4_096];
            while let Ok((count @ 1.., asker)) = socket.recv_from(&mut buffer) {
                say(&socket, &buffer[..count], asker);
            }
        };
        Self {
            address,
            thread: Some(thread::spawn(listen)),
        }
    }

    /// One that answers with a changed copy of the question.
    fn answering(
        address: impl Into<SocketAddr>,
        change: impl Fn(&mut Message) + Send + 'static,
    ) -> Self {
        Self::start(address, move |socket, packet, asker| {
            let answer = answer(packet, &change);
            socket.send_to(&answer, asker).unwrap();
        })
    }
}

impl Drop for FalseServer {
    fn drop(&mut self) {
        let socket = UdpSocket::bind((FIRST, 0)).unwrap();
        socket.send_to(&[], self.address).unwrap();
        let _ = self.thread.take().unwrap().join();
    }
}

fn answer(packet: &[u8], change: &impl Fn(&mut Message)) -> Vec<u8> {
    let mut answer = Message::from_vec(packet).unwrap();
    answer.metadata.message_type = MessageType::Response;
    answer.metadata.authoritative = true;
    change(&mut answer);
    answer.to_vec().unwrap()
}

fn record(message: &Message, data: RData) -> Record {
    Record::from_rdata(message.queries[0].name().clone(), 60, data)
}

fn text(value: &str) -> RData {
    RData::TXT(TXT::new(vec![value.to_owned()]))
}

/// Checks a record that a real server has, next to a false one.
fn beside(start: impl Fn(SocketAddr) -> FalseServer) -> Checked {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST, FALSE])], "");
    pair.first.set_txt("_acme-challenge.example.test", VALUE);
    let _false = start((FALSE, pair.port).into());
    let began = Instant::now();
    let checked = checked_with(&settings(pair.first.address), "example.test", &[]);
    assert!(began.elapsed() < Duration::from_secs(3));
    assert!(
        answer_of(&checked, FIRST).is_seen() && !checked.agreed,
        "{checked:?}"
    );
    assert!(checked.mistakes.is_empty(), "it is on its way: {checked:?}");
    checked
}

fn reason_beside(start: impl Fn(SocketAddr) -> FalseServer) -> String {
    reason(answer_of(&beside(start), FALSE)).to_owned()
}

#[test]
fn a_silent_server_is_waited_for_and_told() {
    let said = reason_beside(|address| FalseServer::start(address, |_, _, _| ()));
    assert_eq!(said, "It did not answer in time.");
}

#[test]
fn a_silent_server_holds_up_a_hundred_records_only_once() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST, FALSE])], "");
    let _false = FalseServer::start((FALSE, pair.port), |_, _, _| ());
    let wanted: Vec<_> = (0..100)
        .map(|number| wanted(&format!("h{number}.example.test"), VALUE))
        .collect();
    let began = Instant::now();
    let checked = all(&settings(pair.first.address), &wanted, &[]);
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );
    for checked in &checked {
        assert!(matches!(answer_of(checked, FIRST), Answer::Missing { .. }));
        assert_eq!(
            reason(answer_of(checked, FALSE)),
            "It did not answer in time."
        );
    }
}

#[test]
fn an_address_where_nobody_listens_is_told() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST, FALSE])], "");
    let checked = checked_with(&settings(pair.first.address), "example.test", &[]);
    assert_eq!(reason(answer_of(&checked, FALSE)), "Nobody listens there.");
}

#[test]
fn an_answer_under_another_number_is_none() {
    let said = reason_beside(|address| {
        FalseServer::answering(address, |answer| {
            answer.metadata.id = answer.metadata.id.wrapping_add(1);
            let record = record(answer, text(VALUE));
            answer.add_answer(record);
        })
    });
    assert_eq!(said, "What it sent is no answer to what was asked.");
}

#[test]
fn an_answer_to_another_question_is_none() {
    let said = reason_beside(|address| {
        FalseServer::answering(address, |answer| {
            let name = Name::from_ascii("other.test.").unwrap();
            answer.queries[0].set_name(name);
        })
    });
    assert_eq!(said, "What it sent is no answer to what was asked.");
}

#[test]
fn the_true_answer_counts_after_a_false_one() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST, FALSE])], "");
    pair.first.set_txt("_acme-challenge.example.test", VALUE);
    let _false = FalseServer::start((FALSE, pair.port), |socket, packet, asker| {
        let say = |bytes: &[u8]| assert!(socket.send_to(bytes, asker).is_ok());
        say(b"\0");
        say(&answer(packet, &|answer| answer.metadata.id ^= 1));
        say(&answer(packet, &|answer| {
            let record = record(answer, text(VALUE));
            answer.add_answer(record);
        }));
    });
    assert!(checked_with(&settings(pair.first.address), "example.test", &[]).agreed);
}

#[test]
fn garbage_is_no_answer() {
    for garbage in [&b"\0"[..], &[0xff; 600], &[0xc0; 64]] {
        let said = reason_beside(|address| {
            FalseServer::start(address, move |socket, packet, asker| {
                let mut bytes = packet[..2].to_vec();
                bytes.extend_from_slice(garbage);
                socket.send_to(&bytes, asker).unwrap();
            })
        });
        assert_eq!(said, "What it sent is no answer to what was asked.");
    }
}

#[test]
fn who_sends_without_end_is_not_listened_to() {
    let said = reason_beside(|address| {
        FalseServer::start(address, |socket, _, asker| {
            for _ in 0..1_000 {
                let _ = socket.send_to(b"noise", asker);
            }
        })
    });
    assert_eq!(said, "What it sent is no answer to what was asked.");
}

#[test]
fn servfail_and_refused_and_other_codes_are_told() {
    for (code, expected) in [
        (ResponseCode::ServFail, "It failed to answer (SERVFAIL)."),
        (ResponseCode::Refused, "It refused to answer (REFUSED)."),
        (ResponseCode::NotImp, "It answered with an error ("),
    ] {
        let said = reason_beside(|address| {
            FalseServer::answering(address, move |answer| answer.metadata.response_code = code)
        });
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn caa_records_that_cannot_be_looked_up_are_told_although_the_record_is_seen() {
    for code in [Some(ResponseCode::ServFail), None] {
        let pair = Pair::start();
        pair.set_txt("_acme-challenge.example.test", VALUE);
        let named = pair.first.address;
        let resolver = FalseServer::start((FIRST, 0), move |socket, packet, asker| {
            let question = Message::from_vec(packet).unwrap();
            let said = if question.queries[0].query_type() == RecordType::CAA {
                code.map(|code| answer(packet, &|answer| answer.metadata.response_code = code))
            } else {
                Some(passed_on(packet, named))
            };
            if let Some(said) = said {
                socket.send_to(&said, asker).unwrap();
            }
        });
        let settings = DnsSettings {
            discovery: vec![resolver.address],
            ..settings(named)
        };
        let checked = checked_with(&settings, "example.test", &["ca.example".to_owned()]);
        assert!(checked.agreed, "{checked:?}");
        let name = "example.test".to_owned();
        assert_eq!(checked.mistakes, [Mistake::CaaUnknown { name }]);
    }
}

/// What a real server says to a packet.
fn passed_on(packet: &[u8], to: SocketAddr) -> Vec<u8> {
    let socket = UdpSocket::bind((FIRST, 0)).unwrap();
    socket.send_to(packet, to).unwrap();
    let mut buffer = [0; 4_096];
    let count = socket.recv(&mut buffer).unwrap();
    buffer[..count].to_vec()
}

#[test]
fn a_server_that_does_not_know_edns_is_asked_without() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST, FALSE])], "");
    pair.first.set_txt("_acme-challenge.example.test", VALUE);
    let _false = FalseServer::answering((FALSE, pair.port), |answer| {
        if answer.edns.take().is_some() {
            answer.queries.clear();
            answer.metadata.response_code = ResponseCode::FormErr;
        } else {
            let record = record(answer, text(VALUE));
            answer.add_answer(record);
        }
    });
    assert!(checked_with(&settings(pair.first.address), "example.test", &[]).agreed);
}

#[test]
fn a_server_that_is_no_authority_is_told() {
    let said = reason_beside(|address| {
        FalseServer::answering(address, |answer| {
            answer.metadata.authoritative = false;
            let record = record(answer, text(VALUE));
            answer.add_answer(record);
        })
    });
    assert!(said.contains("lame delegation"), "{said}");
}

#[test]
fn a_real_server_that_refuses_is_told() {
    let options = "allow-query { none; };";
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST])], options);
    let checked = checked_with(&settings(pair.first.address), "example.test", &[]);
    let trouble = "The zone of ‘_acme-challenge.example.test’ could not be found: \
                   It refused to answer (REFUSED).";
    assert_eq!(checked.trouble.as_deref(), Some(trouble));
    assert!(
        checked.mistakes.is_empty() && !checked.agreed,
        "{checked:?}"
    );
}

#[test]
fn a_truncated_answer_is_asked_for_over_tcp() {
    let pair = Pair::start();
    let name = "_acme-challenge.example.test";
    // Together far above what is taken over UDP.
    let script: Vec<_> = (0..40)
        .map(|n| format!("update add {name} 60 TXT \"{n:0>100}\"\n"))
        .collect();
    let script = script.concat();
    for server in [&pair.first, &pair.second] {
        server.update(&script);
        server.set_txt(name, VALUE);
    }
    assert!(checked_with(&settings(pair.first.address), "example.test", &[]).agreed);
}

#[test]
fn a_truncated_answer_without_tcp_is_told() {
    let truncated = |answer: &mut Message| answer.metadata.truncation = true;
    let said = reason_beside(|address| FalseServer::answering(address, truncated));
    assert_eq!(
        said,
        "Its answer was truncated, and it did not answer over TCP."
    );
}

#[test]
fn an_answer_that_is_truncated_over_tcp_too_is_told() {
    let truncated = |answer: &mut Message| answer.metadata.truncation = true;
    let said = reason_beside(|address| {
        let listener = TcpListener::bind(address).unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut length = [0; 2];
            stream.read_exact(&mut length).unwrap();
            let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut question).unwrap();
            let answer = answer(&question, &truncated);
            let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
            stream.write_all(&[&length[..], &answer].concat()).unwrap();
        });
        FalseServer::answering(address, truncated)
    });
    assert_eq!(said, "Its answer was truncated, over TCP too.");
}

#[test]
fn hostile_texts_are_few_short_and_harmless() {
    let checked = beside(|address| {
        FalseServer::answering(address, |answer| {
            for number in 0..20 {
                let value = format!("\u{202e}\u{1b}[31m{number}{}", "x".repeat(40));
                let record = record(answer, text(&value));
                answer.add_answer(record);
            }
        })
    });
    let Answer::Wrong { values, .. } = answer_of(&checked, FALSE) else {
        panic!("{checked:?}");
    };
    assert_eq!(values.len(), 16);
    assert!(
        values[0].starts_with("\u{FFFD}\u{FFFD}[31m0x"),
        "{values:?}"
    );
}

#[test]
fn a_zone_with_a_thousand_servers_is_asked_at_a_few() {
    let name = |text: &str| Name::from_ascii(text).unwrap();
    let recursive = FalseServer::answering((FALSE, 0), move |answer| {
        let zone = name("example.test.");
        match answer.queries[0].query_type() {
            RecordType::SOA => {
                let soa = SOA::new(name("a."), name("b."), 1, 1, 1, 1, 1);
                answer.add_authority(Record::from_rdata(zone, 60, RData::SOA(soa)));
            }
            RecordType::NS => {
                for number in 0..50 {
                    let server = NS(name(&format!("ns{number}.example.test.")));
                    answer.add_answer(Record::from_rdata(zone.clone(), 60, RData::NS(server)));
                }
            }
            RecordType::A => {
                let label = answer.queries[0].name().to_ascii();
                let seed: u8 = label.bytes().fold(0, u8::wrapping_add);
                for number in 0..20 {
                    let address = RData::A(A::new(127, 9, seed, number + 1));
                    let record = record(answer, address);
                    answer.add_answer(record);
                }
            }
            _ => (),
        }
    });
    let checked = checked_with(&settings(recursive.address), "example.test", &[]);
    assert_eq!(checked.servers.len(), 26, "{checked:?}");
}

#[test]
fn a_resolver_that_names_itself_as_the_way_is_left() {
    let resolver = FalseServer::answering((FALSE, 0), |answer| {
        let itself = RData::CNAME(CNAME(answer.queries[0].name().clone()));
        let record = record(answer, itself);
        answer.add_answer(record);
    });
    let mut settings = settings(resolver.address);
    settings.resolvers = vec![resolver.address];
    let checked = checked_with(&settings, "example.test", &[]);
    assert!(!checked.agreed && checked.servers.len() == 1, "{checked:?}");
}

#[test]
fn the_next_recursive_server_is_asked_when_one_does_not_answer() {
    let pair = Pair::start();
    pair.set_txt("_acme-challenge.example.test", VALUE);
    let dead = FalseServer::start((FALSE, 0), |_, _, _| ());
    let mut settings = settings(pair.first.address);
    settings.discovery = vec![dead.address, pair.second.address];
    assert!(checked_with(&settings, "example.test", &[]).agreed);
}

#[test]
fn the_whole_check_ends_when_its_time_is_over() {
    let silent = FalseServer::start((FALSE, 0), |_, _, _| ());
    let mut settings = settings(silent.address);
    settings.timeout = Duration::from_mins(1);
    settings.total = Duration::from_millis(300);
    let began = Instant::now();
    let checked = checked_with(&settings, "example.test", &["ca.example".to_owned()]);
    assert!(began.elapsed() < Duration::from_secs(2));
    assert!(
        checked
            .trouble
            .unwrap()
            .ends_with("The time for the whole check was over.")
    );
}

#[test]
fn a_record_is_told_before_slower_ones() {
    let zones = ["example.test", "slow.test"].map(|name| match name {
        "slow.test" => Zone::new(name, &[FALSE]),
        _ => Zone::new(name, &[FIRST]),
    });
    let pair = Pair::with(&zones, "");
    let _false = FalseServer::start((FALSE, pair.port), |_, _, _| ());
    let wanted = ["slow.test", "example.test"].map(|domain| wanted(domain, VALUE));
    let mut told = Vec::new();
    let settings = settings(pair.first.address);
    let checked = run(check(&wanted, &settings, &Issuer::default(), |index, _| {
        told.push(index);
    }));
    assert_eq!(told, [1, 0]);
    assert_eq!(checked[0].zone.as_deref(), Some("slow.test"));
}

#[test]
fn a_check_that_is_dropped_asks_no_more() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let server = FalseServer::start((FALSE, 0), move |_, _, _| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let settings = settings(server.address);
    let wanted = [wanted("example.test", VALUE)];
    run(async {
        let issuer = Issuer::default();
        let check = check(&wanted, &settings, &issuer, |_, _| ());
        let time = Duration::from_millis(50);
        assert!(tokio::time::timeout(time, check).await.is_err());
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        // Long enough for it to have asked again.
        tokio::time::sleep(settings.timeout).await;
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_server_leaves_no_process_and_no_file() {
    let pair = Pair::start();
    let folders = [&pair.first, &pair.second].map(Named::folder);
    let processes = [&pair.first, &pair.second].map(Named::process);
    let address = pair.second.address;
    drop(pair);
    assert!(folders.iter().all(|folder| !folder.exists()));
    assert!(
        processes
            .iter()
            .all(|id| !std::path::Path::new(&format!("/proc/{id}")).exists())
    );
    assert!(UdpSocket::bind(address).is_ok() && address.ip() == SECOND);
}
