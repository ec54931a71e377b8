//! Certificates: reading what a file holds, issuing private ones, and lists that are half full of
//! them.

use std::time::Instant;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair},
};
use keyturn_api::{
    ConfigType, Instance, KeyType, NewConfiguration, Plaintext, RotationPolicy, Ttl,
    configuration::{
        NewConfigurationDetail,
        authority::{NewAuthority, NewRoot, Publishing},
        subject::{AltNameFields, SubjectFields},
        template::{NewTemplate, Rules},
    },
    secret::{
        NewDetail,
        imported_cert::{self, Rotation},
        private_cert,
    },
    version::RotationInput,
};
use keyturn_pki::{Curve, KeyAlgorithm, Parts, PrivateKey, check, read::read};
use keyturn_vault::{Vault, wait};
use tempfile::TempDir;

use super::{
    baseline::Baseline,
    report::{Bound, line, median, note, percentile},
    sample::{Made, make_of, owner, rotation_by, secret, secret_of},
};

/// Years of the root and what is below it, so that nothing ends meanwhile.
const LIFE: Ttl = Ttl::from_days(900);

pub fn all(made: &Made) {
    let vault = made.open();
    authority(&vault);
    bundle(&vault);
    issue(made, &vault);
    vault.close();
}

fn millis(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}

/// A root, an intermediate below it, and a template for each kind of key.
fn authority(vault: &Vault) {
    let root = NewRoot {
        authority: new_authority("root"),
        ttl: None,
        max_path_length: -1,
        permitted_dns_domains: Vec::new(),
    };
    create(
        vault,
        "root",
        NewConfigurationDetail::RootCa(Box::new(root)),
    );
    let below = keyturn_api::configuration::authority::NewIntermediate {
        authority: new_authority("middle"),
        signing_method: keyturn_api::configuration::authority::SigningMethod::Internal,
        issuer: Some("root".into()),
    };
    create(
        vault,
        "middle",
        NewConfigurationDetail::IntermediateCa(Box::new(below)),
    );
    for (name, key_type, bits) in [("p256", KeyType::Ec, 256), ("rsa", KeyType::Rsa, 2048)] {
        let template = NewTemplate {
            certificate_authority: "middle".into(),
            rules: Rules {
                allow_any_name: true,
                key_type,
                key_bits: Some(bits),
                ttl: Some(LIFE),
                max_ttl: Some(LIFE),
                ..Rules::default()
            },
        };
        create(
            vault,
            name,
            NewConfigurationDetail::Template(Box::new(template)),
        );
    }
}

fn new_authority(name: &str) -> NewAuthority {
    NewAuthority {
        max_ttl: Ttl::from_days(3000),
        common_name: format!("Benchmark {name}"),
        subject: SubjectFields::default(),
        alt_names: AltNameFields::default(),
        publishing: Publishing::default(),
        key_type: KeyType::Ec,
        key_bits: Some(256),
    }
}

fn create(vault: &Vault, name: &str, detail: NewConfigurationDetail) {
    let new = NewConfiguration {
        name: name.into(),
        detail,
    };
    wait(vault.create_configuration(&owner(), new)).expect("configured");
}

fn private(vault: &Vault, template: &str, name: &str) -> String {
    let new = private_cert::New {
        certificate_template: template.into(),
        common_name: format!("{name}.example.com"),
        alt_names: AltNameFields::default(),
        csr: None,
        ttl: None,
        rotation: RotationPolicy::default(),
    };
    let new = secret_of(name, NewDetail::PrivateCert(Box::new(new)));
    let made = wait(vault.create_secret(&owner(), new)).expect("issued");
    made.view.metadata.id
}

/// Leaf, two authorities and the key as one PEM text: read, split, checked and described.
fn bundle(vault: &Vault) {
    let id = private(vault, "p256", "bundle");
    let read_back = wait(vault.secret(&owner(), &id)).expect("read");
    let bundle = read_back.payload.expect("value").into_value();
    let once = || {
        let material = read(bundle.bytes(), None)
            .and_then(keyturn_pki::read::Found::into_material)
            .expect("material");
        let certificate = material.certificate.as_ref().expect("leaf");
        let report = check(
            &Parts {
                certificate,
                intermediates: &material.intermediates,
                private_key: material.private_key.as_ref(),
                extra: &[],
            },
            certificate.validity().0 + 60,
        );
        assert!(!report.is_refused());
        std::hint::black_box((report, certificate.facts()));
    };
    once();
    let runs = (0..5).map(|_| {
        let mut samples: Vec<f64> = (0..200).map(|_| millis(once)).collect();
        percentile(&mut samples, 0.99)
    });
    line(
        "read, split and check a bundle of three and a key, p99",
        median(runs.collect()),
        "ms",
        Bound::AtMost(2.0),
    );
}

/// Alternating blocks of five against what cannot be less: a bare signature (or a bare key) and a
/// bare commit.
fn issue(made: &Made, vault: &Vault) {
    let copy = made.home.join("baseline.sqlite");
    let folder = made.home.join("vaults").join(made.id.to_string());
    std::fs::copy(folder.join("vault.keyturn"), &copy).expect("copy");
    let mut baseline = Baseline::open(&copy);
    let signer = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P256)).expect("key");
    let signer = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, signer.pkcs8_der());
    let signer = signer.expect("signer");
    let random = SystemRandom::new();
    let rotate = |id: &str| {
        let input = RotationInput::PrivateCert(private_cert::Rotation::default());
        wait(vault.create_version(&owner(), id, rotation_by(input), None)).expect("rotated");
    };

    let id = private(vault, "p256", "leaf-p256");
    let mut ratios = Vec::new();
    for run in 0..6 {
        let (mut ours, mut signing, mut commits) = (Vec::new(), Vec::new(), Vec::new());
        for block in 0..60 {
            for at in 0..5 {
                ours.push(millis(|| rotate(&id)));
                signing.push(millis(|| {
                    std::hint::black_box(signer.sign(&random, &[7; 600]).expect("signed"));
                }));
                commits.push(millis(|| baseline.rotate(run * 300 + block * 5 + at)));
            }
        }
        // the first run lets both write-ahead logs grow
        if run > 0 {
            let bare = percentile(&mut signing, 0.5) + percentile(&mut commits, 0.5);
            ratios.push(percentile(&mut ours, 0.5) / bare);
        }
        if run == 5 {
            note(
                "issue a P-256 certificate, p50",
                percentile(&mut ours, 0.5),
                "ms",
            );
        }
    }
    line(
        "issue P-256 / bare signature + bare commit",
        median(ratios),
        "x",
        Bound::AtMost(2.0),
    );

    let id = private(vault, "rsa", "leaf-rsa");
    let (mut ours, mut keys, mut commits) = (Vec::new(), Vec::new(), Vec::new());
    // how long a key takes varies by chance, so many are needed
    for number in 0..400 {
        ours.push(millis(|| rotate(&id)));
        keys.push(millis(|| {
            std::hint::black_box(PrivateKey::generate(&KeyAlgorithm::Rsa(2048)).expect("key"));
        }));
        commits.push(millis(|| baseline.rotate(number)));
    }
    let bare = percentile(&mut keys, 0.5) + percentile(&mut commits, 0.5);
    line(
        "issue RSA-2048 / bare key + bare commit",
        percentile(&mut ours, 0.5) / bare,
        "x",
        Bound::AtMost(1.2),
    );
    drop(baseline);
    let _ = std::fs::remove_file(copy);
}

/// Certificates to import, of some hosts, made by a throw-away authority in a vault.
fn samples(vault: &Vault, count: usize) -> Vec<String> {
    authority(vault);
    let samples = (0..count)
        .map(|number| {
            let id = private(vault, "p256", &format!("host-{number:03}"));
            let version = keyturn_api::VersionRef::CURRENT;
            wait(vault.certificate(&owner(), &id, &version))
                .expect("certificate")
                .certificate
        })
        .collect();
    for (config_type, name) in [
        (ConfigType::Template, "p256"),
        (ConfigType::Template, "rsa"),
        (ConfigType::IntermediateCa, "middle"),
        (ConfigType::RootCa, "root"),
    ] {
        wait(vault.delete_configuration(&owner(), config_type, name, None)).expect("deleted");
    }
    samples
}

/// An imported certificate of a sample.
fn imported(certificate: &str) -> NewDetail {
    NewDetail::ImportedCert(imported_cert::New::Given(Rotation::new(
        certificate.to_owned(),
        None,
        None::<Plaintext>,
    )))
}

/// A vault whose secrets are certificates by half.
pub fn half_certificates(count: usize) -> (TempDir, Made) {
    let folder = tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(env!("CARGO_TARGET_TMPDIR"));
    let folder = folder.expect("a folder for the benchmark");
    let certificates = std::cell::OnceCell::new();
    let made = make_of(folder.path().join("half"), count, |vault, number| {
        let samples = certificates.get_or_init(|| samples(vault, 100));
        let mut new = secret(number);
        if number % 2 == 0 {
            new.detail = imported(&samples[number / 2 % samples.len()]);
        }
        new
    });
    (folder, made)
}
