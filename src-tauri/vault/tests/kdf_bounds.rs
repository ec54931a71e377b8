//! Promise B-6: parameters in a file can neither weaken a vault nor freeze the program.
//!
//! One test alone in its process, for it measures the process's memory.

use std::time::{Duration, Instant};

use keyturn_vault::seal::{
    Header, KdfError, KdfParams, Sensitive, SlotKind, UnlockError, Vmk, make_passphrase_slot,
    make_recovery_slot, open_vmk_with_passphrase, open_vmk_with_recovery_code,
};
use uuid::Uuid;

const MIB: u32 = 1024;

#[test]
fn b6_parameters_out_of_bounds_are_refused_at_once() {
    let passphrase = Sensitive::from_string("correct horse battery staple".into());
    let vault = Uuid::new_v4();
    let vmk = Vmk::make();
    let mut header = Header::make(vault, 0);
    let floor = KdfParams::for_tests();
    header
        .slots
        .push(make_passphrase_slot(&vmk, vault, &passphrase, floor, 0).unwrap());
    let (recovery, code) = make_recovery_slot(&vmk, vault, 0);
    header.slots.push(recovery);
    open_vmk_with_passphrase(&header, &passphrase).unwrap();
    let resident_before = forget_peak();
    assert!(
        resident_before > 0 || cfg!(not(target_os = "linux")),
        "memory is measured"
    );

    let with = |memory_kib, passes, lanes| KdfParams {
        memory_kib,
        passes,
        lanes,
    };
    let bad_params = [
        (with(64 * MIB - 1, 3, 1), KdfError::BelowFloor),
        (with(19 * MIB, 2, 1), KdfError::BelowFloor),
        (with(64 * MIB, 2, 1), KdfError::BelowFloor),
        (with(64 * MIB, 3, 0), KdfError::BelowFloor),
        (with(0, 0, 0), KdfError::BelowFloor),
        (with(1024 * MIB + 1, 3, 1), KdfError::AboveCeiling),
        (with(4096 * MIB, 3, 1), KdfError::AboveCeiling),
        (with(u32::MAX, 3, 1), KdfError::AboveCeiling),
        (with(64 * MIB, 11, 1), KdfError::AboveCeiling),
        (with(64 * MIB, u32::MAX, 1), KdfError::AboveCeiling),
        (with(64 * MIB, 3, 17), KdfError::AboveCeiling),
        (with(64 * MIB, 3, (1 << 24) - 1), KdfError::AboveCeiling),
        (
            with(u32::MAX, u32::MAX, (1 << 24) - 1),
            KdfError::AboveCeiling,
        ),
        (with(8, u32::MAX, 1), KdfError::AboveCeiling),
    ];
    let bad_salts = [vec![0; 16], vec![], vec![1; 15], vec![0; 64]];
    let salt = header.slots[0].salt.clone();
    let slots = bad_params
        .into_iter()
        .map(|(params, error)| (params, salt.clone(), error))
        .chain(
            bad_salts
                .into_iter()
                .map(|salt| (floor, salt, KdfError::BadSalt)),
        );

    for (params, salt, expected) in slots {
        header.slots[0].kind = SlotKind::Passphrase(params);
        header.slots[0].salt.clone_from(&salt);
        // through the bytes, as a file would bring it
        let header = Header::decode(&header.encode().unwrap()).unwrap();
        let started = Instant::now();
        let refused = open_vmk_with_passphrase(&header, &passphrase).unwrap_err();
        let took = started.elapsed();
        assert_eq!(refused, UnlockError::Kdf(expected), "{params:?} {salt:?}");
        assert!(
            took < Duration::from_millis(100),
            "{params:?} took {took:?}"
        );
        open_vmk_with_recovery_code(&header, &code).expect("the other slots still work");
    }

    let made = make_passphrase_slot(&vmk, vault, &passphrase, with(19 * MIB, 2, 1), 0);
    assert_eq!(
        made.unwrap_err(),
        KdfError::BelowFloor,
        "we do not write it, either"
    );
    let empty = make_passphrase_slot(&vmk, vault, &Sensitive::default(), floor, 0);
    assert_eq!(empty.unwrap_err(), KdfError::EmptyPassphrase);

    let growth = peak_bytes().saturating_sub(resident_before);
    println!(
        "B-6: 18 refusals, at most {} KiB more resident memory",
        growth / 1024
    );
    assert!(growth < 50 << 20, "{growth} bytes");
}

/// Begins a new peak of resident memory (proc(5), `clear_refs`), and gives where it begins.
fn forget_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    peak_bytes()
}

/// The most resident memory this process had since then, where the system tells it.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    line.map_or(0, |kib| kib * 1024)
}
