//! Reading and writing headers.

use super::*;
use crate::seal::{KdfParams, Vmk, make_recovery_slot};

fn header(slots: usize) -> Header {
    let vault = Uuid::from_u128(7);
    let vmk = Vmk::make();
    let mut header = Header::make(vault, 1_700_000_000);
    header.slots = (0..slots)
        .map(|_| make_recovery_slot(&vmk, vault, 5).0)
        .collect();
    header
}

/// The header's bytes with the CBOR map replaced.
fn with_map(map: impl FnOnce(&mut minicbor::Encoder<Vec<u8>>)) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    map(&mut encoder);
    [b"keyturn\0\x01\0\x01".as_slice(), encoder.writer()].concat()
}

#[test]
fn a_header_is_read_back_as_it_was_written() {
    for slots in [0, 1, MAX_SLOTS] {
        let mut header = header(slots);
        if let Some(slot) = header.slots.first_mut() {
            slot.kind = SlotKind::Passphrase(KdfParams::DEFAULT);
            slot.confirmed = true;
        }
        let bytes = header.encode().unwrap();
        assert!(bytes.starts_with(b"keyturn\0\x01\0\x01"));
        assert_eq!(Header::decode(&bytes).unwrap(), header);
    }
}

#[test]
fn other_files_are_not_vaults() {
    for other in [
        b"".as_slice(),
        b"keytur",
        b"SQLite format 3\0",
        b"KEYTURN\0\x01\0\x01",
    ] {
        assert_eq!(Header::decode(other), Err(HeaderError::NotAVault));
    }
}

#[test]
fn a_newer_format_is_told_before_anything_else_is_read() {
    let mut bytes = b"keyturn\0\x09\0\x02".to_vec();
    assert_eq!(
        Header::decode(&bytes),
        Err(HeaderError::NewerFormat { format: 9 })
    );
    bytes.resize(MAX_LEN * 2, 0xff);
    assert_eq!(
        Header::decode(&bytes),
        Err(HeaderError::NewerFormat { format: 9 })
    );
}

#[test]
fn a_newer_format_that_we_may_read_is_read_and_its_additions_skipped() {
    let mut bytes = with_map(|e| {
        e.map(7).unwrap();
        e.u8(0).unwrap().u8(1).unwrap();
        e.u8(1).unwrap().bytes(&[3; 16]).unwrap();
        e.u8(2).unwrap().i64(-5).unwrap();
        e.u8(3).unwrap().u32(8).unwrap();
        e.u8(4).unwrap().array(0).unwrap();
        e.u8(5)
            .unwrap()
            .array(2)
            .unwrap()
            .str("rekey")
            .unwrap()
            .u8(9)
            .unwrap();
        e.u16(900)
            .unwrap()
            .map(1)
            .unwrap()
            .str("a")
            .unwrap()
            .null()
            .unwrap();
    });
    bytes[8] = 2;
    let read = Header::decode(&bytes).unwrap();
    assert_eq!((read.format, read.min_reader), (2, 1));
    assert_eq!(
        (read.vault, read.created, read.epoch),
        (Uuid::from_bytes([3; 16]), -5, 8)
    );
}

#[test]
fn an_unknown_suite_is_named() {
    let mut header = header(0);
    header.suite = 2;
    let bytes = header.encode().unwrap();
    assert_eq!(
        Header::decode(&bytes),
        Err(HeaderError::UnknownSuite { suite: 2 })
    );
}

#[test]
fn every_prefix_and_every_surplus_is_damage() {
    let bytes = header(2).encode().unwrap();
    for end in 0..bytes.len() {
        let expected = if end < 7 {
            HeaderError::NotAVault
        } else {
            HeaderError::Damaged
        };
        assert_eq!(Header::decode(&bytes[..end]), Err(expected), "{end}");
    }
    let surplus = [bytes.as_slice(), &[0]].concat();
    assert_eq!(Header::decode(&surplus), Err(HeaderError::Damaged));
}

#[test]
fn bounds_hold_in_both_directions() {
    assert_eq!(
        header(MAX_SLOTS + 1).encode(),
        Err(HeaderError::TooManySlots)
    );

    let mut twice = header(1);
    twice.slots.push(twice.slots[0].clone());
    assert_eq!(twice.encode(), Err(HeaderError::Damaged));

    let mut long_salt = header(1);
    long_salt.slots[0].salt = vec![1; MAX_SALT_LEN + 1];
    assert_eq!(long_salt.encode(), Err(HeaderError::Damaged));

    for claimed in [17, 60_000, u64::MAX] {
        let bytes = with_map(|e| {
            e.map(5).unwrap();
            e.u8(0)
                .unwrap()
                .u8(1)
                .unwrap()
                .u8(1)
                .unwrap()
                .bytes(&[3; 16])
                .unwrap();
            e.u8(2)
                .unwrap()
                .u8(0)
                .unwrap()
                .u8(3)
                .unwrap()
                .u8(1)
                .unwrap();
            e.u8(4).unwrap().array(claimed).unwrap();
        });
        assert_eq!(Header::decode(&bytes), Err(HeaderError::Damaged));
    }

    let huge = with_map(|e| {
        e.map(1)
            .unwrap()
            .u8(9)
            .unwrap()
            .bytes(&vec![0; MAX_LEN])
            .unwrap();
    });
    assert_eq!(Header::decode(&huge), Err(HeaderError::Damaged));
}

#[test]
fn deep_nesting_is_refused_without_harm() {
    let nested = with_map(|e| {
        e.map(1).unwrap().u8(9).unwrap();
        for _ in 0..60_000 {
            e.array(1).unwrap();
        }
    });
    assert_eq!(Header::decode(&nested), Err(HeaderError::Damaged));
}

#[test]
fn only_a_confirmed_slot_beside_the_keyring_lets_a_vault_outlive_it() {
    let mut header = header(1);
    assert!(!header.outlives_keyring(), "the code was not confirmed");
    header.slots[0].confirmed = true;
    assert!(header.outlives_keyring());
    header.slots[0].kind = SlotKind::Keyring;
    assert!(!header.outlives_keyring());
}
