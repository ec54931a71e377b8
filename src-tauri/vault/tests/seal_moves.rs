//! Promises B-3 and B-4 at their core: changed bytes open nothing, and sealed bytes open only
//! where they were sealed.

use keyturn_vault::seal::{
    self, Header, HeaderError, Keys, Kind, RecordId, SealError, Sensitive, Vmk, header,
};
use uuid::Uuid;

const MASKS: [u8; 3] = [0x01, 0x80, 0xff];

struct Vault {
    header: Header,
    code: Sensitive,
    keys: Keys,
    wrapped_dek: Vec<u8>,
}

fn vault() -> Vault {
    let id = Uuid::new_v4();
    let vmk = Vmk::make();
    let mut header = Header::make(id, 1_700_000_000);
    let (slot, code) = seal::make_recovery_slot(&vmk, id, 1_700_000_000);
    header.slots.push(slot);
    header
        .slots
        .push(seal::make_recovery_slot(&vmk, id, 1_700_000_001).0);
    let (keys, wrapped_dek) = Keys::create(vmk, &header);
    Vault {
        header,
        code,
        keys,
        wrapped_dek,
    }
}

fn id(object: u128, field: u16) -> RecordId {
    RecordId {
        kind: Kind::Secret,
        object: Uuid::from_u128(object),
        field,
        version: 1,
    }
}

/// Every change of one byte, with where it was made.
fn mutants(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> + '_ {
    (0..bytes.len()).flat_map(move |at| {
        MASKS.map(|mask| {
            let mut mutant = bytes.to_vec();
            mutant[at] ^= mask;
            (at, mutant)
        })
    })
}

#[test]
fn b3_no_changed_byte_of_a_record_goes_unnoticed() {
    let vault = vault();
    let mut tried = 0;
    let mut opened = Vec::new();
    for len in [0, 40, 200, 900, 3000] {
        let sealed = vault.keys.seal(&id(1, 0), &vec![0x5a; len]);
        for (at, mutant) in mutants(&sealed) {
            let error = vault
                .keys
                .open_into(&id(1, 0), &mutant, &mut opened)
                .unwrap_err();
            let expected = match at {
                0 => matches!(error, SealError::NotSealed),
                1 => matches!(error, SealError::UnknownSuite { .. }),
                2..6 => matches!(error, SealError::UnknownEpoch { .. }),
                _ => matches!(error, SealError::Damaged),
            };
            assert!(expected && opened.is_empty(), "byte {at}: {error}");
            tried += 1;
        }
        for end in 0..sealed.len() {
            let error = vault.keys.open(&id(1, 0), &sealed[..end]).unwrap_err();
            assert!(
                matches!(error, SealError::Truncated | SealError::Damaged),
                "{end}: {error}"
            );
            tried += 1;
        }
        let surplus = [sealed.as_slice(), &[0]].concat();
        assert_eq!(
            vault.keys.open(&id(1, 0), &surplus).unwrap_err(),
            SealError::Damaged
        );
    }
    println!("B-3: {tried} changed or cut records, 0 opened");
    assert!(tried > 15_000);
}

#[test]
fn b3_no_changed_byte_of_a_header_goes_unnoticed() {
    let vault = vault();
    let bytes = vault.header.encode().unwrap();
    let mac = header::mac(&vault.keys, &bytes, 7, &[3; 32]);
    let check = |bytes: &[u8], generation, root, mac: &[u8]| {
        header::verify(&vault.keys, bytes, generation, root, mac)
    };
    assert_eq!(check(&bytes, 7, &[3; 32], &mac), Ok(()));

    let (mut tried, mut unlocked) = (0, 0);
    for (at, mutant) in mutants(&bytes) {
        assert_eq!(
            check(&mutant, 7, &[3; 32], &mac),
            Err(HeaderError::Damaged),
            "byte {at}"
        );
        // A header is used before its MAC can be checked; that must lead nowhere else, either.
        if let Ok(header) = Header::decode(&mutant)
            && let Ok(vmk) = seal::open_vmk_with_recovery_code(&header, &vault.code)
        {
            unlocked += 1;
            let deks = [(header.epoch, vault.wrapped_dek.as_slice())];
            if let Ok(keys) = Keys::from_vmk(vmk, &header, deks) {
                assert!(
                    header::verify(&keys, &mutant, 7, &[3; 32], &mac).is_err(),
                    "byte {at}"
                );
            }
        }
        tried += 1;
    }
    for end in 0..bytes.len() {
        assert!(Header::decode(&bytes[..end]).is_err(), "{end}");
        assert!(check(&bytes[..end], 7, &[3; 32], &mac).is_err(), "{end}");
        tried += 1;
    }
    for (at, changed) in mutants(&mac) {
        assert!(
            check(&bytes, 7, &[3; 32], &changed).is_err(),
            "byte {at} of the MAC"
        );
    }
    assert!(
        check(&bytes, 6, &[3; 32], &mac).is_err(),
        "an older generation"
    );
    assert!(
        check(&bytes, 7, &[4; 32], &mac).is_err(),
        "another manifest"
    );
    println!("B-3: {tried} changed or cut headers, 0 verified, {unlocked} reached the MAC");
    assert!(tried > 1_700 && unlocked > 0);
}

#[test]
fn b3_a_slot_or_data_key_with_a_changed_byte_opens_nothing() {
    let vault = vault();
    for (at, mutant) in mutants(&vault.wrapped_dek) {
        let vmk = seal::open_vmk_with_recovery_code(&vault.header, &vault.code).unwrap();
        let keys = Keys::from_vmk(vmk, &vault.header, [(1, mutant.as_slice())]);
        assert!(keys.is_err(), "byte {at} of the data key");
    }
    let mut header = vault.header.clone();
    let slot = header.slots[0].clone();
    for (at, wrapped_vmk) in mutants(&slot.wrapped_vmk) {
        header.slots[0].wrapped_vmk = wrapped_vmk;
        let opened = seal::open_vmk_with_recovery_code(&header, &vault.code);
        assert!(opened.is_err(), "byte {at} of the slot");
    }
    header.slots[0] = slot;
    header.vault = Uuid::new_v4();
    let moved = seal::open_vmk_with_recovery_code(&header, &vault.code);
    assert!(moved.is_err(), "a slot of another vault");
}

#[test]
fn b4_a_record_opens_only_where_it_was_sealed() {
    let vault = vault();
    let ids: Vec<RecordId> = (0..200)
        .flat_map(|object| (0..4).map(move |field| id(object, field)))
        .collect();
    let sealed: Vec<Vec<u8>> = ids
        .iter()
        .map(|id| vault.keys.seal(id, id.object.as_bytes()))
        .collect();

    let (mut pairs, mut accepted) = (0, 0);
    let mut opened = Vec::new();
    for (from, bytes) in ids.iter().zip(&sealed) {
        for to in &ids {
            let outcome = vault.keys.open_into(to, bytes, &mut opened);
            if from == to {
                assert_eq!(opened, to.object.as_bytes());
            } else {
                pairs += 1;
                accepted += u32::from(outcome.is_ok());
            }
        }
    }
    println!("B-4: {pairs} moves between records and fields, {accepted} accepted");
    assert!(pairs >= 79_600 && accepted == 0);
}

#[test]
fn b4_kind_and_version_bind_a_record_too() {
    let vault = vault();
    let kinds = [
        Kind::Secret,
        Kind::Version,
        Kind::Configuration,
        Kind::Token,
        Kind::Setting,
        Kind::Intent,
        Kind::Dek,
        Kind::Slot,
        Kind::Audit,
        Kind::Group,
        Kind::Lock,
    ];
    let ids: Vec<RecordId> = kinds
        .iter()
        .flat_map(|kind| {
            [0, 1, 1 << 32, u64::MAX].map(|version| RecordId {
                kind: *kind,
                version,
                ..id(1, 0)
            })
        })
        .collect();
    for from in &ids {
        let sealed = vault.keys.seal(from, b"value");
        for to in &ids {
            assert_eq!(
                vault.keys.open(to, &sealed).is_ok(),
                from == to,
                "{from:?} to {to:?}"
            );
        }
    }
}

#[test]
fn b4_a_record_opens_neither_in_another_vault_nor_in_another_epoch() {
    let (one, two) = (vault(), vault());
    // the same master key under another vault's name is another vault
    let vmk = seal::open_vmk_with_recovery_code(&one.header, &one.code).unwrap();
    let (twin, _) = Keys::create(vmk, &two.header);
    let (mut moves, mut accepted) = (0, 0);
    for object in 0..200 {
        for field in 0..4 {
            let id = id(object, field);
            let sealed = one.keys.seal(&id, b"value");
            let mut epoch = sealed.clone();
            epoch[2..6].copy_from_slice(&2u32.to_be_bytes());
            accepted += u32::from(two.keys.open(&id, &sealed).is_ok());
            accepted += u32::from(twin.open(&id, &sealed).is_ok());
            accepted += u32::from(one.keys.open(&id, &epoch).is_ok());
            moves += 3;
        }
    }
    one.keys.make_dek(2).unwrap();
    one.keys.use_epoch(2).unwrap();
    for object in 0..200 {
        for field in 0..4 {
            let id = id(object, field);
            let mut sealed = one.keys.seal(&id, b"value");
            sealed[2..6].copy_from_slice(&1u32.to_be_bytes());
            accepted += u32::from(one.keys.open(&id, &sealed).is_ok());
            moves += 1;
        }
    }
    println!("B-4: {moves} moves across vaults and epochs, {accepted} accepted");
    assert_eq!((moves, accepted), (3_200, 0));
}
