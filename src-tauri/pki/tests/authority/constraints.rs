//! What the authorities above an issuer do not let stand below them, with OpenSSL as the judge.

use keyturn_pki::issue::{
    Authority, Beyond, CaProfile, LeafProfile, Serial, check_names, check_subject,
};
use keyturn_pki::{AltNames, AltNamesText, Certificate, Part, PrivateKey, Refusal, Subject};

use crate::openssl::{Desk, signed_anyway};
use crate::{KINDS, LEAF_KEYS, NOW, ca_profile, leaf_profile};

/// A root that OpenSSL made with constraints, and an issuer below it that knows of the root.
struct Tree {
    desk: Desk,
    root: Certificate,
    issuer: Authority,
    key: PrivateKey,
}

impl Tree {
    fn new(constraints: &str) -> Self {
        let desk = Desk::new();
        desk.put(
            "root.cnf",
            &format!(
                "[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ca\n[dn]\nCN=Narrow Root\n\
                 [ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n\
                 subjectKeyIdentifier=hash\nnameConstraints=critical,@names\n\
                 [names]\n{constraints}\n[directory]\nC=DE\nO=EXAMPLE  Shop\n"
            ),
        );
        desk.must("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out root.key");
        desk.must("req -x509 -new -key root.key -days 5000 -config root.cnf -out made.pem");
        let root = desk.read("made.pem");
        desk.must("pkcs8 -topk8 -nocrypt -in root.key -outform DER -out root.der");
        let der = std::fs::read(desk.path("root.der")).unwrap();
        let above = Authority::new(root.clone(), &PrivateKey::from_pkcs8_der(&der).unwrap());
        let key = PrivateKey::generate(&KINDS[1]).unwrap();
        let profile = CaProfile {
            subject: Subject {
                country: vec!["DE".into()],
                organization: vec!["Example Shop".into()],
                ..Subject::named("Example Issuing CA")
            },
            ..ca_profile("")
        };
        let serial = Serial::random().unwrap();
        let signed = above.unwrap().sign_ca(&profile, key.public_key(), &serial);
        let issuer = Authority::new(signed.unwrap(), &key)
            .unwrap()
            .with_chain(vec![root.clone()]);
        Self {
            desk,
            root,
            issuer,
            key,
        }
    }

    fn sign(&self, profile: &LeafProfile) -> Result<Certificate, Refusal> {
        let serial = Serial::random().unwrap();
        self.issuer
            .sign_leaf(profile, LEAF_KEYS[1].public_key(), &serial)
    }

    fn trusts(&self, leaf: &Certificate) -> (bool, String) {
        let chain = [&self.root, self.issuer.certificate()];
        self.desk.verify("", &chain, leaf)
    }
}

/// A profile for one name, as OpenSSL writes it.
fn one(name: &str) -> LeafProfile {
    let (kind, value) = name.split_once(':').unwrap();
    let value = value.to_owned();
    let mut text = AltNamesText::default();
    match kind {
        "DNS" | "email" => text.alt_names = vec![value],
        "IP" => text.ip_sans = value,
        "URI" => text.uri_sans = value,
        _ => text.other_sans = vec![value],
    }
    let subject = Subject {
        country: vec!["DE".into()],
        organization: vec!["Example Shop".into()],
        ..Subject::named("Some Body")
    };
    LeafProfile {
        subject,
        alt_names: AltNames::parse(Part::Certificate, &text).unwrap(),
        ..leaf_profile("Some Body")
    }
}

#[test]
fn names_beyond_what_a_root_permits_are_not_signed_two_levels_below() {
    let tree = Tree::new("permitted;DNS=example.com");
    let leaf = tree.sign(&leaf_profile("www.example.com")).unwrap();
    let (done, said) = tree.trusts(&leaf);
    assert!(done, "{said}");
    let refused = tree.sign(&leaf_profile("shop.other.org")).unwrap_err();
    assert_eq!(
        refused.message,
        "A host name lies beyond the permitted_dns_domains of the authority ‘Narrow Root’."
    );
    let issuer = (tree.issuer.certificate(), &tree.key);
    let names = "subjectAltName=DNS:shop.other.org";
    let leaf = signed_anyway(&tree.desk, issuer, "shop.other.org", names);
    let (done, said) = tree.trusts(&leaf);
    assert!(!done && said.contains("permitted subtree"), "{said}");

    // Before anything is signed, and for an authority below.
    let names = leaf_profile("shop.other.org").alt_names;
    assert!(check_names(tree.issuer.path(), &names).is_err());
    assert!(check_names([tree.issuer.certificate()], &names).is_ok());
    let below = CaProfile {
        alt_names: names,
        ..ca_profile("Example CA below")
    };
    let serial = Serial::random().unwrap();
    let key = LEAF_KEYS[1].public_key();
    assert!(tree.issuer.sign_ca(&below, key, &serial).is_err());
    let below = ca_profile("Example CA below");
    assert!(tree.issuer.sign_ca(&below, key, &serial).is_ok());
}

/// Names of every kind, each on both sides of a border.
#[test]
fn openssl_draws_the_same_borders() {
    for (constraints, within, beyond) in [
        (
            "permitted;DNS=example.com",
            &[
                "DNS:example.com",
                "DNS:*.example.com",
                "IP:10.0.0.1",
                "URI:urn:a:b",
            ][..],
            &["DNS:anexample.com", "DNS:com", "DNS:*.com"][..],
        ),
        (
            "permitted;DNS=.example.com",
            &["DNS:a.example.com"],
            &["DNS:example.com", "DNS:a.example.org"],
        ),
        (
            "excluded;DNS=Example.com",
            &["DNS:example.org", "DNS:anexample.com"],
            &["DNS:example.com", "DNS:a.b.EXAMPLE.com"],
        ),
        (
            "excluded;DNS=",
            &["email:a@example.com"],
            &["DNS:example.com"],
        ),
        (
            "permitted;IP=10.1.0.0/255.255.0.0",
            &["IP:10.1.255.1", "DNS:example.com"],
            &["IP:10.2.0.1", "IP:2001:db8::1"],
        ),
        (
            "excluded;IP=2001:db8::/ffff:ffff::",
            &["IP:2001:db9::1", "IP:10.0.0.1"],
            &["IP:2001:db8::1"],
        ),
        (
            "permitted;email=Jane@example.com",
            &["email:Jane@EXAMPLE.com"],
            &["email:jane@example.com", "email:Jane@a.example.com"],
        ),
        (
            "permitted;email=example.com",
            &["email:a@example.com"],
            &["email:a@b.example.com", "email:a@example.org"],
        ),
        (
            "permitted;email=.example.com",
            &["email:a@b.example.com"],
            &["email:a@example.com"],
        ),
        (
            "permitted;URI=example.com",
            &["URI:https://EXAMPLE.com:8443/a", "DNS:a.org"],
            &[
                "URI:https://a.example.com/",
                "URI:urn:a:b",
                "URI:https://example.com.org",
            ],
        ),
        (
            "excluded;URI=.example.com",
            &["URI:https://example.com/a"],
            &["URI:spiffe://a.example.com/b", "URI:urn:a:b"],
        ),
        ("permitted;dirName=directory", &["DNS:example.org"], &[]),
    ] {
        let tree = Tree::new(constraints);
        let issuer = (tree.issuer.certificate(), &tree.key);
        for name in within {
            let leaf = tree.sign(&one(name)).unwrap();
            let (done, said) = tree.trusts(&leaf);
            assert!(done, "{constraints}: {name}: {said}");
        }
        for name in beyond {
            let refused = tree.sign(&one(name)).unwrap_err();
            assert!(refused.message.contains("‘Narrow Root’"), "{refused}");
            let names = format!("subjectAltName={name}");
            let subject = "Some/C=DE";
            let leaf = signed_anyway(&tree.desk, issuer, subject, &names);
            let (done, said) = tree.trusts(&leaf);
            assert!(!done, "{constraints}: {name}: {said}");
        }
    }
}

#[test]
fn a_subject_keeps_to_the_directory_names_that_are_permitted() {
    let tree = Tree::new("permitted;dirName=directory");
    let other = LeafProfile {
        subject: Subject {
            organization: vec!["Example Shop".into()],
            ..Subject::named("Some Body")
        },
        ..one("DNS:example.org")
    };
    let refused = tree.sign(&other).unwrap_err();
    assert!(
        refused.message.starts_with("The subject lies beyond"),
        "{refused}"
    );
    assert!(check_subject(tree.issuer.path(), &other.subject).is_err());
    let issuer = (tree.issuer.certificate(), &tree.key);
    let leaf = signed_anyway(&tree.desk, issuer, "Some", "subjectAltName=DNS:example.org");
    assert!(!tree.trusts(&leaf).0);
    let nobody = LeafProfile {
        subject: Subject::default(),
        ..other
    };
    let (done, said) = tree.trusts(&tree.sign(&nobody).unwrap());
    assert!(done, "{said}");
}

#[test]
fn what_cannot_be_understood_is_refused_only_where_it_matters() {
    let tree = Tree::new("permitted;otherName=1.2.3.4;UTF8:a");
    assert!(tree.sign(&one("DNS:example.org")).is_ok());
    let refused = tree.sign(&one("other:1.2.3.4;UTF8:a")).unwrap_err();
    assert!(
        refused.message.starts_with("A name in other_sans"),
        "{refused}"
    );
    // A wildcard could stand for what is excluded; OpenSSL does not look that far.
    let tree = Tree::new("excluded;DNS=secret.example.com");
    assert!(tree.sign(&one("DNS:*.example.com")).is_err());
    assert!(tree.sign(&one("DNS:*.a.example.com")).is_ok());
}

#[test]
fn the_shortest_path_of_all_above_counts() {
    let serial = || Serial::random().unwrap();
    let sign = |issuer: &Authority, length, name: &str| {
        let key = PrivateKey::generate(&KINDS[1]).unwrap();
        let profile = CaProfile {
            max_path_length: length,
            beyond: Beyond::Clamp,
            ..ca_profile(name)
        };
        let signed = issuer.sign_ca(&profile, key.public_key(), &serial())?;
        let above = issuer.path().cloned().collect();
        Ok::<_, Refusal>(Authority::new(signed, &key).unwrap().with_chain(above))
    };
    // Somebody else signed those between, and gave them no length of their own.
    let desk = Desk::new();
    let key = PrivateKey::generate(&KINDS[1]).unwrap();
    let profile = CaProfile {
        max_path_length: Some(2),
        ..ca_profile("Root of Two")
    };
    let root = Authority::self_signed(&profile, &key, &serial(), NOW).unwrap();
    let free = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";
    let first = signed_anyway(&desk, (&root, &key), "First", free);
    let first = Authority::new(first, &LEAF_KEYS[1]).unwrap();
    assert!(sign(&first, Some(7), "Unaware").is_ok());
    let first = first.with_chain(vec![root.clone()]);
    let refused = sign(&first, Some(1), "Second").unwrap_err();
    assert!(refused.message.contains("max_path_length"), "{refused}");
    let second = sign(&first, None, "Second").unwrap();
    let refused = sign(&second, None, "Third").unwrap_err();
    assert!(refused.message.contains("max_path_length"), "{refused}");
    let leaf = second
        .sign_leaf(
            &leaf_profile("a.example.com"),
            LEAF_KEYS[0].public_key(),
            &serial(),
        )
        .unwrap();
    let chain: Vec<_> = second.path().collect();
    let chain: Vec<_> = chain.into_iter().rev().collect();
    let (done, said) = desk.verify("", &chain, &leaf);
    assert!(done, "{said}");

    // One that should not be there signs no leaf either.
    let profile = CaProfile {
        max_path_length: Some(0),
        ..profile
    };
    let root = Authority::self_signed(&profile, &key, &serial(), NOW).unwrap();
    let stray = signed_anyway(&desk, (&root, &key), "Stray", free);
    let chain = [&root, &stray];
    let stray = Authority::new(stray.clone(), &LEAF_KEYS[1]).unwrap();
    let sign = |stray: &Authority| {
        let key = LEAF_KEYS[0].public_key();
        stray.sign_leaf(&leaf_profile("a.example.com"), key, &serial())
    };
    let (done, said) = desk.verify("", &chain, &sign(&stray).unwrap());
    assert!(!done && said.contains("path length"), "{said}");
    let refused = sign(&stray.with_chain(vec![root.clone()])).unwrap_err();
    assert!(
        refused.message.contains("max_path_length of 0"),
        "{refused}"
    );
}
