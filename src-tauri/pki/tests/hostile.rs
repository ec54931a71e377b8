//! Files that were cut off, blown up or made to cost: refused, soon, and never read to another key.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use cms::content_info::{CmsVersion, ContentInfo};
use cms::encrypted_data::EncryptedData;
use cms::enveloped_data::EncryptedContentInfo;
use der::asn1::{AnyRef, OctetString};
use der::{Any, Decode, Encode};
use keyturn_pki::read::read;
use keyturn_pki::{PrivateKey, Reason, Refusal, limits};
use pkcs8::pkcs5::pbes2;
use pkcs12::pfx::{Pfx, Version};
use proptest::prelude::*;

mod made;
use made::Made;

const PASSWORD: &str = "changeit";

/// One file of each form, with its password.
fn samples(made: &Made) -> Vec<(&'static str, Option<&'static str>)> {
    made.put(
        "all.pem",
        made.joined(&["leaf.pem", "mid.pem", "root.pem", "leaf.key"]),
    );
    made.openssl("x509 -in leaf.pem -outform DER -out leaf.der");
    made.openssl("crl2pkcs7 -nocrl -certfile all.pem -outform DER -out bag.p7b");
    made.openssl("pkcs8 -topk8 -nocrypt -in leaf.key -outform DER -out open.p8");
    made.openssl(
        "pkcs8 -topk8 -in leaf.key -iter 100 -passout pass:changeit -out shut.p8 -outform DER",
    );
    made.openssl("ec -in leaf.key -outform DER -out sec1.der");
    made.openssl("req -new -key leaf.key -subj /CN=a -outform DER -out a.csr");
    made.openssl("pkcs12 -export -in all.pem -iter 100 -passout pass:changeit -out new.p12");
    made.openssl("pkcs12 -export -in all.pem -legacy -passout pass:changeit -out old.p12");
    made.keytool(
        "-importkeystore -srckeystore new.p12 -srcstorepass changeit -destkeystore java.jks \
         -deststoretype JKS -deststorepass changeit -noprompt",
    );
    vec![
        ("all.pem", None),
        ("leaf.der", None),
        ("bag.p7b", None),
        ("open.p8", None),
        ("shut.p8", Some(PASSWORD)),
        ("sec1.der", None),
        ("a.csr", None),
        ("new.p12", Some(PASSWORD)),
        ("old.p12", Some(PASSWORD)),
        ("java.jks", Some(PASSWORD)),
    ]
}

fn key(made: &Made) -> PrivateKey {
    read(&made.bytes("leaf.key"), None).unwrap().keys.remove(0)
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused_or_read_as_far_as_it_is_whole() {
    let made = Made::quick();
    let own = key(&made);
    for (name, password) in samples(&made) {
        let bytes = made.bytes(name);
        assert!(read(&bytes, password).is_ok(), "{name}");
        for length in 0..bytes.len() {
            if let Err(refusal) = read(&bytes[..length], None) {
                silent(&refusal);
            }
            match read(&bytes[..length], password) {
                Ok(found) => {
                    assert!(name == "all.pem", "{name} at {length}");
                    assert!(
                        found
                            .keys
                            .iter()
                            .all(|key| key.pkcs8_der() == own.pkcs8_der())
                    );
                }
                Err(refusal) => silent(&refusal),
            }
        }
    }
}

#[test]
fn a_file_with_changed_bytes_never_panics_and_what_is_sealed_reads_as_it_was() {
    let made = Made::quick();
    let mut samples = samples(&made);
    // Nothing but its seal tells a change here.
    made.openssl(
        "pkcs12 -export -in all.pem -certpbe NONE -keypbe NONE -iter 100 -passout pass:changeit \
         -out open.p12",
    );
    samples.push(("open.p12", Some(PASSWORD)));
    for (name, password) in samples {
        let whole = made.bytes(name);
        let original = read(&whole, password).unwrap();
        let sealed = name.ends_with("p12") || name.ends_with("jks");
        for place in 0..whole.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[place] ^= change;
                match read(&bytes, password) {
                    Ok(found) if sealed => {
                        assert_eq!(found.certificates, original.certificates, "{name}");
                        let keys = found.keys.iter().zip(&original.keys);
                        assert!(
                            keys.into_iter()
                                .all(|(a, b)| a.pkcs8_der() == b.pkcs8_der())
                        );
                    }
                    Ok(_) => {}
                    Err(refusal) => silent(&refusal),
                }
            }
        }
    }
}

#[test]
fn a_hundred_certificates_are_read_and_one_more_is_refused() {
    let made = Made::quick();
    let pem = made.text("leaf.pem");
    assert_eq!(
        read(pem.repeat(100).as_bytes(), None)
            .unwrap()
            .certificates
            .len(),
        100
    );
    for count in [101, 5_000] {
        let text = pem.repeat(count);
        assert!(text.len() <= limits::FILE_BYTES);
        refused_soon(text.as_bytes(), None, "more than 100 certificates");
        made.put("many.pem", &text);
        made.openssl("crl2pkcs7 -nocrl -certfile many.pem -outform DER -out many.p7b");
        refused_soon(&made.bytes("many.p7b"), None, "more than 100 certificates");
    }
    refused_soon(pem.repeat(10_000).as_bytes(), None, "larger than");
    made.put("many.pem", pem.repeat(101));
    made.openssl(
        "pkcs12 -export -nokeys -in many.pem -iter 1 -passout pass:changeit -out many.p12",
    );
    refused_soon(
        &made.bytes("many.p12"),
        Some(PASSWORD),
        "more than 100 certificates",
    );
}

#[test]
fn absurd_counts_of_iterations_are_refused_before_they_are_made() {
    let made = Made::quick();
    made.put("all.pem", made.joined(&["leaf.pem", "leaf.key"]));
    // 100,000 as it stands in DER.
    let count = [0x02, 0x03, 0x01, 0x86, 0xa0];
    let (huge, negative) = ([0x02, 0x03, 0x7f, 0xff, 0xff], [0x02, 0x03, 0x80, 0, 0]);
    for (how, places) in [
        ("-iter 100000 -nomac", 1),
        ("-iter 100000 -nomac -legacy", 1),
        ("-iter 100000", 3),
        ("-iter 100000 -certpbe NONE -keypbe NONE", 1),
    ] {
        made.openssl(&format!(
            "pkcs12 -export -in all.pem {how} -passout pass:changeit -out store.p12"
        ));
        let bytes = made.bytes("store.p12");
        assert!(read(&bytes, Some(PASSWORD)).is_ok());
        let found = memchr::memmem::find_iter(&bytes, &count).collect::<Vec<_>>();
        assert_eq!(found.len(), places, "{how}");
        for place in found {
            for patch in [huge, negative] {
                let mut bytes = bytes.clone();
                bytes[place..place + 5].copy_from_slice(&patch);
                refused_soon(&bytes, Some(PASSWORD), "");
                refused_soon(&bytes, None, "");
            }
        }
    }
    made.openssl(
        "pkcs8 -topk8 -in leaf.key -iter 100000 -passout pass:changeit -out shut.p8 -outform DER",
    );
    let mut bytes = made.bytes("shut.p8");
    let place = memchr::memmem::find(&bytes, &count).unwrap();
    bytes[place..place + 5].copy_from_slice(&huge);
    refused_soon(&bytes, Some(PASSWORD), "asks for 8388607 iterations");
}

#[test]
fn absurd_memory_is_refused_before_it_is_taken() {
    let made = Made::quick();
    made.openssl(
        "pkcs8 -topk8 -in leaf.key -scrypt -scrypt_N 16384 -passout pass:changeit -out s.p8 \
         -outform DER",
    );
    let bytes = made.bytes("s.p8");
    assert!(read(&bytes, Some(PASSWORD)).is_ok());
    // N = 16384, r = 8, p = 1.
    let at = memchr::memmem::find(&bytes, &[0x02, 0x02, 0x40, 0, 0x02, 1, 8, 0x02, 1, 1]).unwrap();
    for (place, value) in [
        (at + 3, 0x01),
        (at + 2, 0x00),
        (at + 6, 0),
        (at + 6, 127),
        (at + 9, 0),
        (at + 9, 17),
    ] {
        let mut bytes = bytes.clone();
        bytes[place] = value;
        refused_soon(&bytes, Some(PASSWORD), "");
    }
}

/// One alone takes less than half of what a file may cost.
#[test]
fn all_keys_of_a_file_together_cost_no_more_than_one_file() {
    let made = Made::quick();
    made.openssl(
        "pkcs8 -topk8 -in leaf.key -scrypt -scrypt_N 16384 -scrypt_p 16 -passout pass:changeit \
         -out s.p8",
    );
    let one = made.text("s.p8");
    let started = worked();
    assert_eq!(read(one.as_bytes(), Some(PASSWORD)).unwrap().keys.len(), 1);
    let alone = worked().saturating_sub(started);
    let started = worked();
    let refusal = read(one.repeat(10).as_bytes(), Some(PASSWORD)).unwrap_err();
    let took = worked().saturating_sub(started);
    assert!(refusal.message.contains("so many pieces"), "{refusal}");
    assert!(took < alone * 4, "{took:?} and {alone:?} alone");
    silent(&refusal);
}

/// Keys within an encrypted part show what they cost only once that part is open.
#[test]
fn a_key_store_cannot_hide_its_cost() {
    let made = Made::quick();
    made.openssl(
        "pkcs12 -export -inkey leaf.key -nocerts -iter 50000 -nomac -passout pass:changeit -out a.p12",
    );
    let store = Pfx::from_der(&made.bytes("a.p12")).unwrap();
    let safes: OctetString = store.auth_safe.content.decode_as().unwrap();
    let safes = Vec::<ContentInfo>::from_der(safes.as_bytes()).unwrap();
    let bags: OctetString = safes[0].content.decode_as().unwrap();
    let bag = AnyRef::from_der(bags.as_bytes()).unwrap().value().to_vec();
    assert!(read(&hidden(&bag, 1), Some(PASSWORD)).is_ok());
    refused_soon(
        &hidden(&bag, 11),
        Some(PASSWORD),
        "more than 10 private keys",
    );
    let mut costly = bag;
    let place = memchr::memmem::find(&costly, &[0x02, 0x03, 0x00, 0xc3, 0x50]).unwrap();
    costly[place..place + 5].copy_from_slice(&[0x02, 0x03, 0x7f, 0xff, 0xff]);
    refused_soon(
        &hidden(&costly, 10),
        Some(PASSWORD),
        "asks for 8388607 iterations",
    );
}

/// A key store with a bag, so many times, within an encrypted part.
fn hidden(bag: &[u8], times: usize) -> Vec<u8> {
    let bags = Any::new(der::Tag::Sequence, bag.repeat(times))
        .unwrap()
        .to_der()
        .unwrap();
    let how = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(1, &[7; 16], [9; 16]).unwrap();
    let content = EncryptedData {
        version: CmsVersion::V0,
        enc_content_info: EncryptedContentInfo {
            content_type: "1.2.840.113549.1.7.1".parse().unwrap(),
            content_enc_alg: spki::AlgorithmIdentifierOwned {
                oid: pbes2::PBES2_OID,
                parameters: Some(Any::encode_from(&how).unwrap()),
            },
            encrypted_content: Some(
                OctetString::new(how.encrypt(PASSWORD, &bags).unwrap()).unwrap(),
            ),
        },
        unprotected_attrs: None,
    };
    let safe = ContentInfo {
        content_type: "1.2.840.113549.1.7.6".parse().unwrap(),
        content: Any::encode_from(&content).unwrap(),
    };
    let safes = OctetString::new(vec![safe].to_der().unwrap()).unwrap();
    let store = Pfx {
        version: Version::V3,
        auth_safe: ContentInfo {
            content_type: "1.2.840.113549.1.7.1".parse().unwrap(),
            content: Any::encode_from(&safes).unwrap(),
        },
        mac_data: None,
    };
    store.to_der().unwrap()
}

#[test]
fn false_lengths_in_a_java_key_store_take_no_memory() {
    let made = Made::quick();
    samples(&made);
    let bytes = made.bytes("java.jks");
    for place in 8..bytes.len() - 24 {
        let mut bytes = bytes.clone();
        bytes[place..place + 4].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
        assert!(read(&bytes, None).is_err());
    }
}

#[test]
fn structures_a_hundred_thousand_deep_are_refused() {
    let mut deep = Vec::new();
    for _ in 0..100_000 {
        let length = u32::try_from(deep.len()).unwrap().to_be_bytes();
        // Built from the inside, so backwards.
        match deep.len() {
            0..=0x7f => deep.push(length[3]),
            0x80..=0xff => deep.extend([length[3], 0x81]),
            0x100..=0xffff => deep.extend([length[3], length[2], 0x82]),
            _ => deep.extend([length[3], length[2], length[1], 0x83]),
        }
        deep.push(0x30);
    }
    deep.reverse();
    refused_soon(&deep, Some("x"), "");
    for label in [
        "CERTIFICATE",
        "PKCS7",
        "PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "CERTIFICATE REQUEST",
    ] {
        let body = data_encoding::BASE64.encode(&deep);
        let text = format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
        refused_soon(text.as_bytes(), Some("x"), "");
    }
    refused_soon(&hidden(&deep, 1), Some(PASSWORD), "");
}

#[test]
fn five_mebibytes_of_anything_are_refused_within_a_second() {
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(limits::FILE_BYTES)
    .collect();
    refused_soon(&noise, None, "");
    for begin in [
        &b"-----BEGIN CERTIFICATE-----\n"[..],
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"-----BEGIN X-----\n-----END X-----\n",
        b"-----BEGIN ",
        b"-",
        b"\n",
        &[0x30, 0x00],
        &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2],
        &[0x30, 0x83, 0x4f, 0xff, 0xfb, 0x30, 0x00],
    ] {
        let mut bytes = begin.repeat(limits::FILE_BYTES / begin.len() + 1);
        bytes.truncate(limits::FILE_BYTES);
        refused_soon(&bytes, Some("x"), "");
        let mut bytes = begin.to_vec();
        bytes.extend(&noise[begin.len()..]);
        refused_soon(&bytes, Some("x"), "");
    }
}

#[test]
fn a_wrong_password_is_told_from_a_missing_one() {
    let made = Made::quick();
    for (name, password) in samples(&made) {
        if password.is_some() {
            let needed = read(&made.bytes(name), None).unwrap_err();
            assert_eq!(needed.reason, Reason::PasswordNeeded, "{name}");
            let wrong = read(&made.bytes(name), Some("changeme")).unwrap_err();
            assert_eq!(wrong.reason, Reason::PasswordWrong, "{name}");
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let refusal = read(&bytes, Some("x")).unwrap_err();
        silent(&refusal);
    }

    #[test]
    fn random_bytes_behind_a_beginning_are_refused(
        begin in proptest::sample::select(vec![
            &b"-----BEGIN PRIVATE KEY-----\n"[..],
            b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x01\0\0\0\x01",
            b"\x30\x20\x02\x01\x03\x30\x1b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0",
            b"\x30\x20\x30\x0c\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d\x04",
        ]),
        rest in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let refusal = read(&[begin, &rest].concat(), Some("x")).unwrap_err();
        silent(&refusal);
    }
}

/// Refused before anything costly was done: what these files ask for would take minutes.
fn refused_soon(bytes: &[u8], password: Option<&str>, wanted: &str) {
    let started = worked();
    let refusal = read(bytes, password).unwrap_err();
    let took = worked().saturating_sub(started);
    assert!(took < Duration::from_secs(1), "{took:?}: {refusal}");
    assert!(refusal.message.contains(wanted), "{refusal}");
    silent(&refusal);
}

/// A refusal shows nothing of a file, and ends like a sentence.
fn silent(refusal: &Refusal) {
    let shown = refusal
        .message
        .chars()
        .all(|char| matches!(char, ' '..='~'));
    assert!(shown && refusal.message.ends_with('.'), "{refusal:?}");
    assert!(!refusal.message.contains(PASSWORD));
}

/// How long this thread had the processor, whatever else the computer does.
fn worked() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}
