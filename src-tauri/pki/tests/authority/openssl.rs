//! What OpenSSL says.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use keyturn_pki::csr::{CsrRequest, create};
use keyturn_pki::issue::{Authority, Beyond, CaProfile, Serial};
use keyturn_pki::{
    AltNamesText, Certificate, Crl, Csr, Curve, KeyAlgorithm, Part, PrivateKey, Signed, Subject,
    crl,
};
use tempfile::TempDir;

use crate::{
    DAY, ISSUER, KINDS, LEAF_KEYS, NOW, ROOT, below, ca_profile, leaf, leaf_profile, root,
};

/// A folder to hand files over in.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn put(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        name.to_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `openssl` with words of a line; whether it succeeded, and all that it said.
    fn run(&self, line: &str) -> (bool, String) {
        let output = Command::new("openssl")
            .args(line.split(' '))
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    pub(crate) fn must(&self, line: &str) -> String {
        let (done, said) = self.run(line);
        assert!(done, "openssl {line}\n{said}");
        said
    }

    /// Verifies a leaf against a chain, its root first.
    pub(crate) fn verify(
        &self,
        more: &str,
        chain: &[&Certificate],
        leaf: &Certificate,
    ) -> (bool, String) {
        self.put("root.pem", &chain[0].to_pem());
        let below: String = chain[1..].iter().map(|one| one.to_pem()).collect();
        let untrusted = if below.is_empty() {
            ""
        } else {
            self.put("below.pem", &below);
            "-untrusted below.pem "
        };
        self.put("leaf.pem", &leaf.to_pem());
        let time = NOW + 60;
        self.run(&format!(
            "verify -x509_strict -attime {time} {more}-CAfile root.pem {untrusted}leaf.pem"
        ))
    }

    pub(crate) fn read(&self, name: &str) -> Certificate {
        self.must(&format!("x509 -in {name} -outform DER -out read.der"));
        let der = fs::read(self.path("read.der")).unwrap();
        Certificate::from_der(Part::Certificate, &der).unwrap()
    }
}

/// Requests of the leaf keys that must never be signed as they stand: for an authority by
/// constraints, by use, with a name of a strange kind, and with a broken signature.
pub(crate) fn hostile_requests() -> &'static [Csr] {
    static MADE: LazyLock<Vec<Csr>> = LazyLock::new(|| {
        let desk = Desk::new();
        let mut requests = Vec::new();
        for key in LEAF_KEYS.iter() {
            desk.put("key.pem", &key.to_pem());
            for extension in [
                "basicConstraints=critical,CA:TRUE",
                "basicConstraints=CA:TRUE,pathlen:0",
                "keyUsage=keyCertSign",
                "subjectAltName=RID:1.2.3.4",
            ] {
                desk.must(&format!(
                    "req -new -key key.pem -subj /CN=a.example.com -addext {extension} -out out.csr"
                ));
                let text = fs::read_to_string(desk.path("out.csr")).unwrap();
                requests.push(Csr::from_pem(&text).unwrap());
            }
            desk.must("req -new -key key.pem -subj /CN=a.example.com -out out.csr");
            let text = fs::read_to_string(desk.path("out.csr")).unwrap();
            let mut der = Csr::from_pem(&text).unwrap().der().to_vec();
            let name = der.windows(4).position(|part| part == b"exam").unwrap();
            der[name] = b'E';
            requests.push(Csr::from_der(&der).unwrap());
        }
        requests
    });
    &MADE
}

#[test]
fn openssl_verifies_leaves_of_every_kind_of_authority() {
    let desk = Desk::new();
    for kind in &KINDS {
        let root = root(kind, Some(1));
        let below = below(&root, kind, "Example Issuing CA");
        let leaf = leaf(&below, "shop.example.com");
        let chain = [root.certificate(), below.certificate()];
        let (done, said) = desk.verify("-verify_hostname shop.example.com ", &chain, &leaf);
        assert!(done, "{}: {said}", kind.name());
        let (done, said) = desk.verify("-verify_hostname else.example.com ", &chain, &leaf);
        assert!(!done && said.contains("hostname mismatch"), "{said}");
        let text = desk.must("x509 -in leaf.pem -noout -text");
        assert!(
            text.contains("URI:http://ca.example.com/issuing.crl"),
            "{text}"
        );
        assert!(
            text.contains("CA Issuers - URI:http://ca.example.com/issuing.crt"),
            "{text}"
        );
    }
}

#[test]
fn openssl_refuses_what_a_list_revokes() {
    let desk = Desk::new();
    let (good, bad) = (
        leaf(&ISSUER, "good.example.com"),
        leaf(&ISSUER, "bad.example.com"),
    );
    let entry = crl::RevokedEntry {
        serial: Serial::of(&bad).unwrap(),
        time: NOW,
        reason: Some(crl::Revocation::KeyCompromise),
    };
    let list = crl::build(&ISSUER, &[entry], 7, NOW, NOW + DAY).unwrap();
    desk.put("list.pem", &list.to_pem());
    let chain = [ROOT.certificate(), ISSUER.certificate()];
    let (done, said) = desk.verify("-crl_check -CRLfile list.pem ", &chain, &good);
    assert!(done, "{said}");
    let (done, said) = desk.verify("-crl_check -CRLfile list.pem ", &chain, &bad);
    assert!(!done && said.contains("certificate revoked"), "{said}");
    let text = desk.must("crl -in list.pem -noout -text");
    assert!(
        text.contains("X509v3 CRL Number: \n                7"),
        "{text}"
    );
    assert!(text.contains("Key Compromise"), "{text}");

    // And what OpenSSL wrote is read here.
    desk.must("crl -in list.pem -outform DER -out list.der");
    let read = Crl::from_der(&fs::read(desk.path("list.der")).unwrap()).unwrap();
    assert_eq!(read.signed_by(ISSUER.certificate()), Signed::Yes);
}

#[test]
fn an_authority_that_somebody_else_signed_can_sign() {
    let desk = Desk::new();
    desk.must(
        "req -x509 -newkey rsa:2048 -nodes -keyout outside.key -out outside.pem -days 2000 \
         -subj /O=Outside/CN=Outside -addext keyUsage=critical,keyCertSign,cRLSign",
    );
    let key = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P384)).unwrap();
    let asked = CsrRequest {
        subject: Subject::named("Example External CA"),
        ..CsrRequest::default()
    };
    let csr = create(&asked, &key).unwrap();
    desk.put("asked.csr", &csr.to_pem());
    desk.put(
        "ca.cnf",
        "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n\
         subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n",
    );
    desk.must(
        "x509 -req -in asked.csr -CA outside.pem -CAkey outside.key -days 1900 -extfile ca.cnf \
         -out signed.pem",
    );
    let (outside, signed) = (desk.read("outside.pem"), desk.read("signed.pem"));
    assert!(csr.fits(&signed));
    let authority = Authority::new(signed, &key).unwrap();
    let leaf = leaf(&authority, "shop.example.com");
    let list = crl::build(&authority, &[], 1, NOW, NOW + DAY).unwrap();
    desk.put("list.pem", &list.to_pem());
    let chain = [&outside, authority.certificate()];
    let (done, said) = desk.verify("-crl_check -CRLfile list.pem ", &chain, &leaf);
    assert!(done, "{said}");

    // Without the use for it, no list is signed.
    desk.put(
        "ca.cnf",
        "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n",
    );
    desk.must(
        "x509 -req -in asked.csr -CA outside.pem -CAkey outside.key -days 1900 -extfile ca.cnf \
         -out signed.pem",
    );
    let mute = Authority::new(desk.read("signed.pem"), &key).unwrap();
    assert!(crl::build(&mute, &[], 1, NOW, NOW + DAY).is_err());
}

#[test]
fn only_a_certificate_of_an_authority_with_its_key_is_one() {
    let (one, other) = (&LEAF_KEYS[1], &LEAF_KEYS[2]);
    let serial = Serial::random().unwrap();
    let below = ROOT
        .sign_ca(&ca_profile("Below"), one.public_key(), &serial)
        .unwrap();
    assert!(Authority::new(below.clone(), other).is_err());
    assert!(Authority::new(below, one).is_ok());
    let mut profile = leaf_profile("a.example.com");
    // Without the extension every use is allowed, and still it is none.
    profile.key_usage = Vec::new();
    for basic_constraints in [false, true] {
        profile.basic_constraints = basic_constraints;
        let leaf = ROOT.sign_leaf(&profile, one.public_key(), &serial).unwrap();
        assert!(Authority::new(leaf, one).is_err());
    }
}

#[test]
fn openssl_reads_our_requests() {
    let desk = Desk::new();
    for key in LEAF_KEYS.iter() {
        let asked = CsrRequest {
            subject: Subject {
                organization: vec!["Example".into(), "Straße & Söhne".into()],
                user_ids: vec!["u1".into()],
                ..Subject::named("shop.example.com")
            },
            alt_names: AltNamesText {
                alt_names: vec!["*.example.com".into(), "a@example.com".into()],
                ip_sans: "2001:db8::1".into(),
                uri_sans: "spiffe://example.com/shop".into(),
                other_sans: vec!["1.3.6.1.4.1.311.20.2.3;UTF8:shop".into()],
            },
            key_usage: vec!["DigitalSignature".into()],
            ..CsrRequest::default()
        };
        desk.put("our.csr", &create(&asked, key).unwrap().to_pem());
        let text = desk.must("req -in our.csr -verify -noout -text -nameopt utf8,sep_comma_plus");
        for part in [
            "Certificate request self-signature verify OK",
            "DNS:*.example.com, DNS:shop.example.com, email:a@example.com",
            "IP Address:2001:DB8:0:0:0:0:0:1",
            "URI:spiffe://example.com/shop",
            "othername: UPN:",
            "Straße & Söhne",
            "Digital Signature",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
    let bare = CsrRequest {
        subject: Subject::named("Some Body"),
        exclude_cn_from_sans: true,
        ..CsrRequest::default()
    };
    desk.put("our.csr", &create(&bare, &LEAF_KEYS[1]).unwrap().to_pem());
    let text = desk.must("req -in our.csr -verify -noout -text");
    assert!(text.contains("Attributes:\n            (none)"), "{text}");
}

#[test]
fn hostile_requests_are_recognised() {
    for requests in hostile_requests().chunks(5) {
        let [constraints, length, usage, strange, broken] = requests else {
            panic!("five for each key");
        };
        for request in [constraints, length, usage] {
            request.verify().unwrap();
            assert!(request.asks_for_ca());
        }
        assert!(!strange.asks_for_ca() && strange.alt_names().is_err());
        assert!(broken.verify().is_err());
    }
}

#[test]
fn subjects_of_openssl_are_kept_whole_or_refused() {
    let desk = Desk::new();
    desk.put("key.pem", &LEAF_KEYS[1].to_pem());
    let whole = |subject: &str| {
        desk.must(&format!("req -new -key key.pem -subj {subject} -out a.csr"));
        let text = fs::read_to_string(desk.path("a.csr")).unwrap();
        Csr::from_pem(&text).unwrap().whole_subject()
    };
    assert_eq!(whole("/C=DE/O=Example/CN=a").unwrap().country, ["DE"]);
    for (subject, reason) in [
        ("/CN=a/emailAddress=b@example.com", "emailAddress"),
        ("/DC=com/DC=example/CN=a", "(DC)"),
        ("/CN=a/CN=b", "more than one common_name"),
    ] {
        let refused = whole(subject).unwrap_err();
        assert!(refused.message.contains(reason), "{refused}");
    }
}

#[test]
fn weak_requests_are_refused() {
    let desk = Desk::new();
    let make = |key: &str| {
        desk.must(&format!(
            "req -new -nodes -keyout any.key -subj /CN=a.example.com {key} -out a.csr"
        ));
        Csr::from_pem(&fs::read_to_string(desk.path("a.csr")).unwrap()).unwrap()
    };
    let serial = Serial::random().unwrap();
    let profile = leaf_profile("a.example.com");
    let short = make("-newkey rsa:1024");
    assert!(
        ISSUER
            .sign_leaf(&profile, short.public_key(), &serial)
            .is_err()
    );
    assert!(
        ROOT.sign_ca(&ca_profile("Short"), short.public_key(), &serial)
            .is_err()
    );
    let old = make("-newkey rsa:2048 -sha1").verify().unwrap_err();
    assert!(old.message.contains("SHA1-RSA"), "{old}");
    for curve in ["P-224", "brainpoolP256r1"] {
        let unknown = make(&format!("-newkey ec -pkeyopt ec_paramgen_curve:{curve}"));
        assert!(unknown.verify().is_err(), "{curve}");
    }
    let narrow =
        make("-newkey rsa-pss -pkeyopt rsa_keygen_bits:2048 -sigopt rsa_pss_saltlen:digest");
    narrow.verify().unwrap();
    let refused = ISSUER
        .sign_leaf(&profile, narrow.public_key(), &serial)
        .unwrap_err();
    assert!(refused.message.contains("RSASSA-PSS"), "{refused}");
}

#[test]
fn no_byte_of_a_request_can_be_changed() {
    let asked = CsrRequest {
        subject: Subject::named("shop.example.com"),
        key_usage: vec!["DigitalSignature".into()],
        ..CsrRequest::default()
    };
    let csr = create(&asked, &LEAF_KEYS[1]).unwrap();
    for at in 0..csr.der().len() {
        for mask in [0x01, 0x20, 0xff] {
            let mut der = csr.der().to_vec();
            der[at] ^= mask;
            let read = Csr::from_der(&der);
            // Nothing that is read panics, whatever stands there.
            if let Ok(csr) = &read {
                let _ = (
                    csr.alt_names(),
                    csr.key_usage(),
                    csr.asks_for_ca(),
                    csr.subject(),
                );
            }
            assert!(
                read.and_then(|csr| csr.verify()).is_err(),
                "byte {at} by {mask:#x}"
            );
        }
    }
}

/// Signs with OpenSSL and the key of one of our authorities what we would not.
pub(crate) fn signed_anyway(
    desk: &Desk,
    issuer: (&Certificate, &PrivateKey),
    name: &str,
    more: &str,
) -> Certificate {
    desk.put("issuer.pem", &issuer.0.to_pem());
    desk.put("issuer.key", &issuer.1.to_pem());
    desk.put("key.pem", &LEAF_KEYS[1].to_pem());
    desk.must(&format!(
        "req -new -key key.pem -subj /CN={name} -out any.csr"
    ));
    let ids = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
    desk.put("any.cnf", &format!("{more}\n{ids}"));
    desk.must(
        "x509 -req -in any.csr -CA issuer.pem -CAkey issuer.key -days 300 -extfile any.cnf -out any.pem",
    );
    desk.read("any.pem")
}

#[test]
fn the_length_of_a_path_is_held_here_and_by_openssl() {
    let sign = |issuer: &Authority, max_path_length, name: &str| {
        let key = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P256)).unwrap();
        let profile = CaProfile {
            max_path_length,
            ..ca_profile(name)
        };
        let signed = issuer.sign_ca(&profile, key.public_key(), &Serial::random().unwrap());
        signed.map(|certificate| (Authority::new(certificate, &key).unwrap(), key))
    };
    let root = root(&KINDS[1], Some(2));
    let refused = sign(&root, Some(2), "Too long").err().unwrap();
    assert!(refused.message.contains("max_path_length"), "{refused}");
    let (second, _) = sign(&root, Some(1), "Second").unwrap();
    // Without a length of its own it has what is left: none below it.
    let (third, key) = sign(&second, None, "Third").unwrap();
    let refused = sign(&third, None, "Fourth").err().unwrap();
    assert!(refused.message.contains("max_path_length"), "{refused}");

    let desk = Desk::new();
    let chain = [
        root.certificate(),
        second.certificate(),
        third.certificate(),
    ];
    let (done, said) = desk.verify("", &chain, &leaf(&third, "shop.example.com"));
    assert!(done, "{said}");
    let authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";
    let fourth = signed_anyway(&desk, (third.certificate(), &key), "Fourth", authority);
    let fourth = Authority::new(fourth, &LEAF_KEYS[1]).unwrap();
    let leaf = leaf(&fourth, "shop.example.com");
    let chain = [chain.as_slice(), &[fourth.certificate()]].concat();
    let (done, said) = desk.verify("", &chain, &leaf);
    assert!(
        !done && said.contains("path length constraint exceeded"),
        "{said}"
    );
}

#[test]
fn permitted_domains_are_held_here_and_by_openssl() {
    let key = PrivateKey::generate(&KINDS[1]).unwrap();
    let profile = CaProfile {
        permitted_dns_domains: vec!["example.com".into()],
        ..ca_profile("Example Constrained Root")
    };
    let certificate =
        Authority::self_signed(&profile, &key, &Serial::random().unwrap(), NOW).unwrap();
    let root = Authority::new(certificate, &key).unwrap();
    let desk = Desk::new();
    let (done, said) = desk.verify("", &[root.certificate()], &leaf(&root, "a.example.com"));
    assert!(done, "{said}");
    for name in ["example.org", "anexample.com"] {
        let serial = Serial::random().unwrap();
        let signed = root.sign_leaf(&leaf_profile(name), LEAF_KEYS[0].public_key(), &serial);
        let refused = signed.unwrap_err();
        assert!(
            refused.message.contains("permitted_dns_domains"),
            "{refused}"
        );
        let names = format!("subjectAltName=DNS:{name}");
        let leaf = signed_anyway(&desk, (root.certificate(), &key), name, &names);
        let (done, said) = desk.verify("", &[root.certificate()], &leaf);
        assert!(
            !done && said.contains("permitted subtree violation"),
            "{said}"
        );
    }
    let wrong = CaProfile {
        permitted_dns_domains: vec!["*.example.com".into()],
        ..profile
    };
    assert!(Authority::self_signed(&wrong, &key, &Serial::random().unwrap(), NOW).is_err());
}

#[test]
fn nothing_outlives_its_issuer() {
    let end = ISSUER.certificate().validity().1;
    let serial = Serial::random().unwrap();
    let key = LEAF_KEYS[1].public_key();
    let mut profile = leaf_profile("a.example.com");
    profile.not_before = 0;
    profile.not_after = end + 1;
    let refused = ISSUER.sign_leaf(&profile, key, &serial).unwrap_err();
    assert!(refused.message.contains("outlive"), "{refused}");
    profile.beyond = Beyond::Clamp;
    let leaf = ISSUER.sign_leaf(&profile, key, &serial).unwrap();
    assert_eq!(leaf.validity(), (ISSUER.certificate().validity().0, end));

    let long = CaProfile {
        not_after: ROOT.certificate().validity().1 + 1,
        ..ca_profile("Long")
    };
    assert!(ROOT.sign_ca(&long, key, &serial).is_err());
    let clamped = CaProfile {
        beyond: Beyond::Clamp,
        ..long
    };
    let below = ROOT.sign_ca(&clamped, key, &serial).unwrap();
    assert_eq!(below.validity().1, ROOT.certificate().validity().1);

    let over = CaProfile {
        not_after: NOW,
        ..ca_profile("Over")
    };
    assert!(Authority::self_signed(&over, &LEAF_KEYS[1], &serial, NOW).is_err());
}

#[test]
fn years_from_2050_on_are_written_with_four_digits() {
    let profile = CaProfile {
        not_after: NOW + 36_500 * DAY,
        ..ca_profile("Example Long Root")
    };
    let key = &LEAF_KEYS[1];
    let root = Authority::self_signed(&profile, key, &Serial::random().unwrap(), NOW).unwrap();
    assert_eq!(root.validity().1, profile.not_after);
    let desk = Desk::new();
    desk.put("root.pem", &root.to_pem());
    let text = desk.must("x509 -in root.pem -noout -enddate");
    assert!(text.contains("2126 GMT"), "{text}");
    desk.must("verify -x509_strict -attime 4000000000 -CAfile root.pem root.pem");
}
