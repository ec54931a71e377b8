//! What is done with each input, while fuzzing and when the tests replay what was found: it is read,
//! taken apart, written and read again. Nothing of it may panic, and nothing may change on the way.

use keyturn_pki::read::{Found, read};
use keyturn_pki::{Certificate, Csr, Part, Parts, chain, check};

/// The password of all seeds.
const PASSWORD: &str = "changeit";

/// The time at which certificates are checked, in seconds since 1970; a fixed one, so that what was
/// found is found again.
const NOW: i64 = 1_800_000_000;

/// Runs one input of a target.
pub(crate) fn run(target: &str, bytes: &[u8]) {
    match target {
        "der_certificate" => {
            if let Ok(certificate) = Certificate::from_der(Part::Certificate, bytes) {
                look_at(&certificate);
            }
        }
        "csr" => {
            let pem = std::str::from_utf8(bytes).ok();
            let read = [Some(Csr::from_der(bytes)), pem.map(Csr::from_pem)];
            for csr in read.into_iter().flatten().flatten() {
                ask_of(&csr);
            }
        }
        "pkcs12" | "jks" | "pkcs8" => take_apart(read(bytes, Some(PASSWORD))),
        _ => {}
    }
    take_apart(read(bytes, None));
}

fn take_apart(read: keyturn_pki::Result<Found>) {
    let Ok(found) = read else {
        return;
    };
    for certificate in &found.certificates {
        look_at(certificate);
    }
    if let Some((leaf, others)) = found.certificates.split_first() {
        chain::describe(leaf, others);
    }
    let Ok(material) = found.into_material() else {
        return;
    };
    let certificate = material.certificate_pem().unwrap_or_default();
    let key = material.private_key_pem();
    let key = key.as_ref().map_or("", |key| key.as_str());
    let pem = [&certificate, key].concat();
    if pem.is_empty() {
        return;
    }
    match self::read(pem.as_bytes(), None) {
        Ok(again) => {
            assert_eq!(again.certificates.first(), material.certificate.as_ref());
            let same = |key: &keyturn_pki::PrivateKey| {
                let own = material.private_key.as_ref();
                own.is_some_and(|own| own.pkcs8_der() == key.pkcs8_der())
            };
            assert!(again.keys.iter().all(same), "another key was read");
        }
        Err(refusal) => panic!("what was written is not read: {refusal}"),
    }
}

fn look_at(certificate: &Certificate) {
    certificate.validity();
    certificate.key_algorithm().is_weak();
    certificate.is_ca();
    certificate.signed_by(certificate);
    certificate.subject_der();
    certificate.alt_names_der();
    certificate.serial_bytes();
    certificate.facts();
    let parts = Parts {
        certificate,
        intermediates: std::slice::from_ref(certificate),
        private_key: None,
        extra: &[],
    };
    check(&parts, NOW).is_refused();
}

fn ask_of(csr: &Csr) {
    // What it says is told whether its signature is right or not.
    let _ = csr.verify();
    csr.subject();
    let _ = csr.whole_subject();
    let _ = csr.alt_names();
    let _ = csr.key_usage();
    let _ = csr.ext_key_usage();
    csr.extensions();
    csr.asks_for_ca();
    csr.key_algorithm().is_weak();
    let again = Csr::from_pem(&csr.to_pem()).expect("what was written is read");
    assert_eq!(again.der(), csr.der());
}
