//! Dynamic updates of real servers, and what is made of answers that are none.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use data_encoding::BASE64;
use hickory_proto::op::{Message, MessageType, ResponseCode};
use hickory_proto::rr::RData;
use keyturn_pki::dns::update::{TsigAlgorithm, UpdateClient, UpdateCode, UpdateRefusal};
use keyturn_pki::dns::{Answer, Wanted};
use zeroize::Zeroizing;

use crate::named::{FIRST, KEY, KEY_ALGORITHM, KEY_NAME, OTHER_KEYS, Pair, STRANGER, Zone};
use crate::{OTHER, VALUE, all, answer_of, run, settings, wanted};

const NAME: &str = "_acme-challenge.example.test";
const HOUR: u64 = 3_600;

fn client(server: SocketAddr) -> UpdateClient {
    UpdateClient {
        server,
        zone: None,
        key_name: KEY_NAME.to_owned(),
        algorithm: TsigAlgorithm::from_name(KEY_ALGORITHM).unwrap(),
        secret: Zeroizing::new(BASE64.decode(KEY.as_bytes()).unwrap()),
        timeout: Duration::from_millis(800),
    }
}

fn now() -> u64 {
    UNIX_EPOCH.elapsed().unwrap().as_secs()
}

fn add(client: &UpdateClient, value: &str) -> Result<(), UpdateRefusal> {
    run(client.add_txt(NAME, value, 60, now()))
}

fn remove(client: &UpdateClient, value: &str) -> Result<(), UpdateRefusal> {
    run(client.remove_txt(NAME, value, now()))
}

fn refused(client: &UpdateClient) -> UpdateRefusal {
    let refusal = add(client, VALUE).unwrap_err();
    assert!(!refusal.remedy.is_empty());
    refusal
}

/// Whether the first server has the two values.
fn values(pair: &Pair) -> [bool; 2] {
    let both: [Wanted; 2] = [VALUE, OTHER].map(|value| wanted("example.test", value));
    let checked = all(&settings(pair.first.address), &both, &[]);
    [0, 1].map(|index| answer_of(&checked[index], FIRST).is_seen())
}

#[test]
fn a_record_is_added_and_removed_and_others_at_the_name_stay() {
    let pair = Pair::start();
    let client = client(pair.first.address);
    pair.first.set_txt(NAME, OTHER);
    for _ in 0..2 {
        add(&client, VALUE).unwrap();
        assert_eq!(values(&pair), [true, true]);
    }
    for _ in 0..2 {
        remove(&client, VALUE).unwrap();
        assert_eq!(values(&pair), [false, true]);
    }
    add(&client, VALUE).unwrap();
    remove(&client, OTHER).unwrap();
    assert_eq!(values(&pair), [true, false]);
}

#[test]
fn the_ttl_is_the_one_that_was_asked_for() {
    let pair = Pair::with(&[Zone::new("example.test", &[FIRST])], "");
    run(client(pair.first.address).add_txt(NAME, VALUE, 17, now())).unwrap();
    let checked = crate::checked(&pair);
    assert_eq!(answer_of(&checked, FIRST), &Answer::Seen { ttl: 17 });
}

#[test]
fn keys_of_all_algorithms_are_taken() {
    let pair = Pair::start();
    for (key_name, algorithm) in OTHER_KEYS {
        let mut client = client(pair.first.address);
        client.key_name = key_name.to_uppercase();
        client.algorithm = TsigAlgorithm::from_name(&algorithm.to_uppercase()).unwrap();
        add(&client, VALUE).unwrap();
        assert_eq!(values(&pair), [true, false], "{algorithm}");
        remove(&client, VALUE).unwrap();
    }
    assert_eq!(TsigAlgorithm::from_name("hmac-md5"), None);
}

#[test]
fn the_zone_may_be_given_and_the_closest_is_found() {
    let zones = ["example.test", "sub.example.test"].map(|name| Zone::new(name, &[FIRST]));
    let pair = Pair::with(&zones, "");
    let mut client = client(pair.first.address);
    let name = "_acme-challenge.a.sub.example.test";
    run(client.add_txt(name, VALUE, 60, now())).unwrap();
    let wanted = [wanted("a.sub.example.test", VALUE)];
    assert!(all(&settings(pair.first.address), &wanted, &[])[0].agreed);
    client.zone = Some("sub.example.test.".to_owned());
    run(client.remove_txt(name, VALUE, now())).unwrap();
    assert!(!all(&settings(pair.first.address), &wanted, &[])[0].agreed);
}

#[test]
fn a_long_value_is_written_in_pieces() {
    let pair = Pair::start();
    let long = "long value ".repeat(60);
    run(client(pair.first.address).add_txt(NAME, &long, 60, now())).unwrap();
    let checked = all(
        &settings(pair.first.address),
        &[wanted("example.test", &long)],
        &[],
    );
    assert!(answer_of(&checked[0], FIRST).is_seen());
}

#[test]
fn a_wrong_key_is_told() {
    let pair = Pair::start();
    let mut wrong_name = client(pair.first.address);
    wrong_name.key_name = "somebody".to_owned();
    assert_eq!(refused(&wrong_name).code, UpdateCode::KeyUnknown);
    let mut wrong_algorithm = client(pair.first.address);
    wrong_algorithm.algorithm = TsigAlgorithm::HmacSha512;
    assert_eq!(refused(&wrong_algorithm).code, UpdateCode::KeyUnknown);
    let mut wrong_secret = client(pair.first.address);
    wrong_secret.secret[0] ^= 1;
    assert_eq!(refused(&wrong_secret).code, UpdateCode::SignatureWrong);
    let mut stranger = client(pair.first.address);
    stranger.key_name = STRANGER.to_owned();
    assert_eq!(refused(&stranger).code, UpdateCode::Refused);
    assert_eq!(values(&pair), [false, false]);
}

#[test]
fn a_wrong_zone_is_told() {
    let pair = Pair::start();
    let mut client = client(pair.first.address);
    client.zone = Some("other.test".to_owned());
    assert_eq!(refused(&client).code, UpdateCode::NotInZone);
    client.zone = Some("test".to_owned());
    assert_eq!(refused(&client).code, UpdateCode::NotAuthoritative);
    client.zone = None;
    let elsewhere = run(client.add_txt("_acme-challenge.example.nowhere", VALUE, 60, now()));
    let refusal = elsewhere.unwrap_err();
    assert_eq!(refusal.code, UpdateCode::NotAuthoritative);
    let message = "The DNS server has no zone for ‘_acme-challenge.example.nowhere’.";
    assert_eq!(refusal.message, message);
}

#[test]
fn a_clock_that_is_off_is_told_with_the_difference() {
    let pair = Pair::start();
    let client = client(pair.first.address);
    for (now, word) in [(now() - HOUR, "behind"), (now() + HOUR, "ahead")] {
        let refusal = run(client.add_txt(NAME, VALUE, 60, now)).unwrap_err();
        assert_eq!(refusal.code, UpdateCode::ClockDiffers);
        assert!(refusal.message.contains(word), "{refusal}");
        let digits: String = refusal
            .message
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        assert!(
            digits.parse::<u64>().unwrap().abs_diff(HOUR) < 5,
            "{refusal}"
        );
    }
    assert_eq!(values(&pair), [false, false]);
    // A little is allowed.
    run(client.add_txt(NAME, VALUE, 60, now() - 200)).unwrap();
}

#[test]
fn a_server_that_is_down_is_told() {
    let listener = TcpListener::bind((FIRST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut client = client(address);
    assert_eq!(refused(&client).code, UpdateCode::Unreachable);
    client.zone = Some("example.test".to_owned());
    assert_eq!(refused(&client).code, UpdateCode::Unreachable);
}

#[test]
fn a_server_that_is_silent_is_given_up() {
    let listener = TcpListener::bind((FIRST, 0)).unwrap();
    let mut client = client(listener.local_addr().unwrap());
    client.zone = Some("example.test".to_owned());
    let began = Instant::now();
    assert_eq!(refused(&client).code, UpdateCode::TimedOut);
    assert!(began.elapsed() < Duration::from_secs(3));
}

/// What is made of the answer of a false server.
fn answered(change: impl Fn(&mut Message) + Send + 'static) -> UpdateRefusal {
    let listener = TcpListener::bind((FIRST, 0)).unwrap();
    let mut client = client(listener.local_addr().unwrap());
    client.zone = Some("example.test".to_owned());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut length = [0; 2];
        stream.read_exact(&mut length).unwrap();
        let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut question).unwrap();
        let mut answer = Message::from_vec(&question).unwrap();
        answer.metadata.message_type = MessageType::Response;
        answer.authorities.clear();
        change(&mut answer);
        let answer = answer.to_vec().unwrap();
        let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
        stream.write_all(&[&length[..], &answer].concat()).unwrap();
    });
    let refusal = refused(&client);
    server.join().unwrap();
    refusal
}

#[test]
fn an_answer_that_proves_nothing_is_not_believed() {
    let unsigned = answered(|answer| answer.additionals.clear());
    assert_eq!(unsigned.code, UpdateCode::AnswerUntrusted);
    // The question's own signature, sent back.
    let echoed = answered(|_| ());
    assert_eq!(echoed.code, UpdateCode::AnswerUntrusted);
    let other_key = answered(|answer| {
        answer.additionals[0].name = answer.additionals[0].name.base_name();
    });
    assert_eq!(other_key.code, UpdateCode::AnswerUntrusted);
    let shortened = answered(|answer| {
        if let RData::TSIG(tsig) = &mut answer.additionals[0].data {
            tsig.mac.truncate(4);
        }
    });
    assert_eq!(shortened.code, UpdateCode::AnswerUntrusted);
    let other_number = answered(|answer| answer.metadata.id ^= 1);
    assert_eq!(other_number.code, UpdateCode::AnswerUntrusted);
}

#[test]
fn other_refusals_are_told() {
    for (code, expected) in [
        (ResponseCode::ServFail, UpdateCode::ServerFailed),
        (ResponseCode::NotZone, UpdateCode::NotInZone),
        (ResponseCode::NotAuth, UpdateCode::NotAuthoritative),
        (ResponseCode::NotImp, UpdateCode::Rejected),
    ] {
        let refusal = answered(move |answer| {
            answer.additionals.clear();
            answer.metadata.response_code = code;
        });
        assert_eq!(refusal.code, expected);
    }
}

#[test]
fn what_dns_cannot_have_is_refused_before_anything_is_sent() {
    let client = client((FIRST, 9).into());
    for (name, value) in [
        ("", VALUE),
        ("a b", VALUE),
        (NAME, ""),
        (NAME, &"x".repeat(5_000)),
    ] {
        let refusal = run(client.add_txt(name, value, 60, now())).unwrap_err();
        assert_eq!(refusal.code, UpdateCode::RecordInvalid, "{name}");
    }
}

#[test]
fn the_secret_is_in_no_text() {
    let pair = Pair::start();
    let mut client = client(pair.first.address);
    client.secret[0] ^= 1;
    let texts = format!("{client:?} {:?}", refused(&client));
    let bytes = format!("{:?}", &client.secret[..8]);
    let encoded = BASE64.encode(&client.secret);
    assert!(!texts.contains(bytes.trim_matches(['[', ']'])) && !texts.contains(&encoded[..8]));
    assert!(texts.contains(KEY_NAME), "{texts}");
}
