//! Format 1 as a second implementation wrote it (`golden/write_format_1.py`): what was sealed
//! once must open for ever, to the byte.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use keyturn_vault::seal::{
    self, Header, KdfParams, KeyringStore, KeyringTrouble, Keys, Kind, RecordId, SealError,
    Sensitive, SlotKind, UnlockError, Vmk, header,
};
use uuid::Uuid;

struct Golden(HashMap<&'static str, &'static str>);

impl Golden {
    fn load() -> Self {
        let lines = include_str!("golden/format-1.txt").lines();
        Self(lines.filter_map(|line| line.split_once(' ')).collect())
    }

    fn text(&self, name: &str) -> Sensitive {
        Sensitive::from_string(self.0[name].to_owned())
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        HEXLOWER.decode(self.0[name].as_bytes()).unwrap()
    }

    fn header(&self) -> Header {
        Header::decode(&self.bytes("header")).unwrap()
    }

    fn keys(&self, vmk: Vmk) -> Keys {
        let (one, two) = (self.bytes("dek_1"), self.bytes("dek_2"));
        Keys::from_vmk(
            vmk,
            &self.header(),
            [(1, one.as_slice()), (2, two.as_slice())],
        )
        .unwrap()
    }

    fn by_code(&self) -> Keys {
        let code = self.text("recovery_code");
        self.keys(seal::open_vmk_with_recovery_code(&self.header(), &code).unwrap())
    }

    fn check(&self, keys: &Keys) {
        for epoch in [1u32, 2] {
            let id = RecordId {
                kind: Kind::Version,
                object: Uuid::from_bytes(std::array::from_fn(|i| 0xf0 + u8::try_from(i).unwrap())),
                field: 1,
                version: u64::from(epoch) * 7,
            };
            let opened = keys
                .open(&id, &self.bytes(&format!("record_{epoch}")))
                .unwrap();
            assert_eq!(
                opened.expose(),
                format!("value of epoch {epoch}").as_bytes()
            );
        }
        let mac = self.bytes("header_mac");
        assert_eq!(
            header::mac(keys, &self.bytes("header"), 41, &[9; 32]),
            mac.as_slice()
        );
        assert_eq!(
            header::verify(keys, &self.bytes("header"), 41, &[9; 32], &mac),
            Ok(())
        );
    }
}

/// A keyring that holds the golden entry. What a real keyring does is tested with a real one, in
/// `keyring_states.rs`; here the point is what is derived from a known entry.
struct GoldenEntry(Golden);

impl KeyringStore for GoldenEntry {
    fn get(&self, user: &str) -> Result<Option<Sensitive>, KeyringTrouble> {
        let expected = "a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf/e1e1e1e1-e1e1-e1e1-e1e1-e1e1e1e1e1e1";
        Ok((user == expected).then(|| self.0.text("keyring_entry")))
    }

    fn set(&self, _: &str, _: &Sensitive) -> Result<(), KeyringTrouble> {
        Err(KeyringTrouble::Failed)
    }

    fn delete(&self, _: &str) -> Result<(), KeyringTrouble> {
        Err(KeyringTrouble::Failed)
    }
}

#[test]
fn every_slot_of_the_golden_vault_opens_it() {
    let golden = Golden::load();
    let header = golden.header();

    golden.check(&golden.by_code());
    let passphrase = Sensitive::from_string("correct horse ☃".into());
    golden.check(&golden.keys(seal::open_vmk_with_passphrase(&header, &passphrase).unwrap()));
    let keyring = GoldenEntry(Golden::load());
    golden.check(&golden.keys(seal::open_vmk_with_keyring(&header, &keyring).unwrap()));
}

#[test]
fn the_golden_header_is_what_we_would_write() {
    let golden = Golden::load();
    let header = golden.header();
    assert_eq!(
        (header.format, header.min_reader, header.suite, header.epoch),
        (1, 1, 1, 2)
    );
    let kinds: Vec<SlotKind> = header.slots.iter().map(|slot| slot.kind).collect();
    let passphrase = SlotKind::Passphrase(KdfParams::FLOOR);
    assert_eq!(
        kinds,
        [SlotKind::Keyring, passphrase, SlotKind::RecoveryCode]
    );
    assert_eq!(header.encode().unwrap(), golden.bytes("header"));
}

#[test]
fn the_other_macs_are_as_written() {
    let golden = Golden::load();
    let keys = golden.by_code();
    assert_eq!(
        keys.audit_mac(&[5; 32], b"entry"),
        golden.bytes("audit_mac").as_slice()
    );
    assert!(keys.verify_audit_mac(&[5; 32], b"entry", &golden.bytes("audit_mac")));
    assert!(!keys.verify_audit_mac(&[5; 32], b"entrz", &golden.bytes("audit_mac")));
    let token = Sensitive::from_string("token".into());
    assert_eq!(keys.token_mac(&token), golden.bytes("token_mac").as_slice());
    let signature = golden.bytes("token_signature");
    assert_eq!(keys.sign_token(b"header.claims"), signature.as_slice());
    assert!(keys.verify_token(b"header.claims", &signature));
    assert!(!keys.verify_token(b"header.claimz", &signature));
    assert!(!keys.verify_token(b"header.claims", &signature[..31]));
    assert_eq!(
        keys.index_mac(&[b"row", b""]),
        golden.bytes("index_mac").as_slice()
    );
    assert_ne!(
        keys.index_mac(&[b"ro", b"w"]),
        golden.bytes("index_mac").as_slice()
    );
    assert_eq!(
        keys.export_mac(&[b"row", b""]),
        golden.bytes("export_mac").as_slice()
    );
}

#[test]
fn what_does_not_belong_to_the_vault_does_not_open_it() {
    let golden = Golden::load();
    let header = golden.header();
    let word = Sensitive::from_string("correct horse".into());
    let wrong = seal::open_vmk_with_passphrase(&header, &word).unwrap_err();
    assert_eq!(wrong, UnlockError::WrongPassphrase);

    let other = seal::RecoveryCode::make().text();
    let wrong = seal::open_vmk_with_recovery_code(&header, &other).unwrap_err();
    assert_eq!(wrong, UnlockError::WrongRecoveryCode);

    let dek = golden.bytes("dek_2");
    let stranger = Keys::from_vmk(Vmk::make(), &header, [(2, dek.as_slice())]);
    assert_eq!(stranger.unwrap_err(), SealError::Damaged);
}

#[test]
fn a_damaged_passphrase_slot_answers_as_a_wrong_passphrase_does() {
    let mut header = Golden::load().header();
    header.slots[1].wrapped_vmk[40] ^= 1;
    let passphrase = Sensitive::from_string("correct horse ☃".into());
    let damaged = seal::open_vmk_with_passphrase(&header, &passphrase).unwrap_err();
    assert_eq!(damaged, UnlockError::WrongPassphrase);
    header.slots[1].commitment[0] ^= 1;
    let damaged = seal::open_vmk_with_passphrase(&header, &passphrase).unwrap_err();
    assert_eq!(damaged, UnlockError::WrongPassphrase);
}

#[test]
fn a_damaged_keyring_slot_is_not_taken_for_a_foreign_key() {
    let mut header = Golden::load().header();
    let keyring = GoldenEntry(Golden::load());
    header.slots[0].wrapped_vmk[40] ^= 1;
    let damaged = seal::open_vmk_with_keyring(&header, &keyring).unwrap_err();
    assert_eq!(damaged, UnlockError::DamagedSlot);
    header.slots[0].commitment[0] ^= 1;
    let foreign = seal::open_vmk_with_keyring(&header, &keyring).unwrap_err();
    assert_eq!(foreign, UnlockError::Keyring(KeyringTrouble::ForeignKey));
    header.slots[0].id = Uuid::nil();
    let missing = seal::open_vmk_with_keyring(&header, &keyring).unwrap_err();
    assert_eq!(missing, UnlockError::Keyring(KeyringTrouble::NoEntry));
    header.slots.clear();
    let none = seal::open_vmk_with_keyring(&header, &keyring).unwrap_err();
    assert_eq!(none, UnlockError::NoSuchSlot);
}

#[test]
fn epochs_come_and_go_without_losing_records() {
    let golden = Golden::load();
    let keys = golden.by_code();
    let id = RecordId {
        kind: Kind::Secret,
        object: Uuid::from_u128(1),
        field: 0,
        version: 1,
    };
    let before = keys.seal(&id, b"before");

    let wrapped = keys.make_dek(3).unwrap();
    assert_eq!(keys.epoch(), 2, "a new key is not used before it is stored");
    assert_eq!(keys.make_dek(3), Err(SealError::EpochTaken { epoch: 3 }));
    keys.use_epoch(3).unwrap();
    let after = keys.seal(&id, b"after");
    assert_eq!(keys.use_epoch(4), Err(SealError::UnknownEpoch { epoch: 4 }));

    // another process learns of the epoch from the store
    let other = golden.by_code();
    assert_eq!(
        other.open(&id, &after).unwrap_err(),
        SealError::UnknownEpoch { epoch: 3 }
    );
    assert_eq!(other.add_wrapped_dek(4, &wrapped), Err(SealError::Damaged));
    other.add_wrapped_dek(3, &wrapped).unwrap();
    assert_eq!(other.open(&id, &before).unwrap().expose(), b"before");
    assert_eq!(other.open(&id, &after).unwrap().expose(), b"after");
    golden.check(&other);
}

#[test]
fn keys_are_never_printed() {
    let keys = Golden::load().by_code();
    let shown = format!("{keys:?} {:?}", keys.vmk());
    assert_eq!(
        shown,
        "Keys { vault: a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf, .. } Vmk(<redacted>)"
    );
}
