//! Rules of reading that need no file of another program.

use super::encryption::Effort;
use super::read;
use crate::{Curve, KeyAlgorithm, Part, PrivateKey, Reason, limits};

fn key() -> PrivateKey {
    PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P256)).unwrap()
}

#[test]
fn what_is_nothing_of_all_this_is_told_so() {
    for bytes in [
        &b""[..],
        b"\n",
        b"0",
        b"0\x00",
        b"hello",
        b"-----BEGIN X-----\n-----END X-----",
    ] {
        let refusal = read(bytes, None).unwrap_err();
        assert_eq!(
            refusal.message,
            "This file holds no certificate, private key or request as PEM, DER, PKCS#7, PKCS#8, \
             PKCS#12 or JKS."
        );
        assert_eq!((refusal.part, refusal.reason), (Part::File, Reason::Other));
    }
}

#[test]
fn a_file_is_as_large_as_the_limit_and_no_larger() {
    let pem = key().to_pem();
    let mut text = pem.as_bytes().to_vec();
    text.resize(limits::FILE_BYTES, b'\n');
    assert_eq!(read(&text, None).unwrap().keys.len(), 1);
    text.push(b'\n');
    assert!(
        read(&text, None)
            .unwrap_err()
            .message
            .contains("5242881 bytes")
    );
}

#[test]
fn a_password_is_as_long_as_the_limit_and_no_longer() {
    let pem = key().to_pem();
    let long = "ä".repeat(limits::PASSWORD_CHARS);
    assert!(read(pem.as_bytes(), Some(&long)).is_ok());
    let refusal = read(pem.as_bytes(), Some(&(long + "ä"))).unwrap_err();
    assert_eq!(refusal.part, Part::Password);
}

#[test]
fn pem_that_is_cut_off_or_damaged_names_its_part() {
    let pem = key().to_pem();
    let half = &pem[..pem.len() / 2];
    let twice = format!("{half}\n{}", *pem);
    let odd = pem.replace("MIG", "M*G");
    let closed = pem.replace("END PRIVATE", "END PUBLIC");
    for (text, wanted) in [
        (half, "has no end"),
        (&twice, "has no end"),
        (&odd, "not Base64"),
        (&closed, "has no end"),
    ] {
        let refusal = read(text.as_bytes(), None).unwrap_err();
        assert_eq!(refusal.part, Part::PrivateKey);
        assert!(refusal.message.contains(wanted), "{refusal}");
        assert!(refusal.remedy.is_some());
    }
}

#[test]
fn pem_on_one_line_and_without_padding_is_read() {
    let pem = key().to_pem();
    let line = pem.replace('\n', "");
    assert_eq!(read(line.as_bytes(), None).unwrap().keys.len(), 1);
    let bare = pem.replace('=', "");
    assert_eq!(read(bare.as_bytes(), None).unwrap().keys.len(), 1);
}

#[test]
fn keys_that_cannot_be_read_say_what_to_do() {
    for (label, wanted) in [("OPENSSH", "ssh-keygen"), ("DSA", "RSA")] {
        let text =
            format!("-----BEGIN {label} PRIVATE KEY-----\nAAAA\n-----END {label} PRIVATE KEY-----");
        let refusal = read(text.as_bytes(), None).unwrap_err();
        assert!(refusal.message.contains("not supported"));
        assert!(refusal.remedy.unwrap().contains(wanted));
    }
}

#[test]
fn the_eleventh_key_is_one_too_many() {
    let pem = key().to_pem();
    assert_eq!(
        read(pem.repeat(10).as_bytes(), None).unwrap().keys.len(),
        10
    );
    let refusal = read(pem.repeat(11).as_bytes(), None).unwrap_err();
    assert_eq!(refusal.message, "The file holds more than 10 private keys.");
}

#[test]
fn ber_with_open_lengths_is_told_from_a_file_that_was_cut_off() {
    let refusal = read(&[0x30, 0x80, 0x02, 0x01, 0x03, 0, 0], None).unwrap_err();
    assert!(refusal.message.contains("BER"), "{refusal}");
    let key = key();
    let cut = &key.pkcs8_der()[..50];
    assert!(read(cut, None).unwrap_err().message.contains("cut off"));
    let more = [key.pkcs8_der(), b"\n"].concat();
    assert!(
        read(&more, None)
            .unwrap_err()
            .message
            .contains("behind its end")
    );
}

#[test]
fn a_count_of_iterations_is_held_against_the_limit_before_and_in_all() {
    for rounds in [
        i64::MIN,
        -1,
        0,
        i64::from(limits::KDF_ITERATIONS) + 1,
        i64::MAX,
    ] {
        let refusal = Effort::new().spend(Part::File, rounds).unwrap_err();
        assert!(refusal.message.contains(&rounds.to_string()), "{refusal}");
    }
    let mut effort = Effort::new();
    for _ in 0..limits::KEYS {
        effort
            .spend(Part::File, limits::KDF_ITERATIONS.into())
            .unwrap();
    }
    let refusal = effort.spend(Part::File, 1).unwrap_err();
    assert!(refusal.message.contains("too long"), "{refusal}");
}
