//! Public certificates: an order from its first request to the stored certificate, and a look at the
//! records of an order.

mod others;

use std::{fmt::Write as _, time::Instant};

use keyturn_api::{
    Instance, NewConfiguration, RotationPolicy, VersionRef,
    configuration::{NewConfigurationDetail, acme::NewAcme},
    secret::{
        NewDetail, Payload,
        public_cert::{KeyAlgorithm, MANUAL, New},
    },
};
use keyturn_pki::dns::{self, DnsSettings, Wanted};
use keyturn_vault::Vault;
use tokio::runtime::Runtime;

use super::{
    report::{Bound, line, median, note},
    sample::{Made, owner, secret_of},
    servers::{
        named::{FIRST, Pair, SECOND, Zone},
        pebble::{Behaviour, Pebble},
    },
};
use others::{Bare, Certbot};

/// Names of a large order, as many as a certificate may have.
const NAMES: usize = 100;

pub fn all(made: &Made) {
    let vault = made.open();
    let runtime = Runtime::new().expect("a runtime");
    // the authority sees all records at once, so that what is measured is the clients
    let pebble = Pebble::start(&Behaviour {
        always_valid: true,
        ..Behaviour::default()
    });
    configure(&runtime, &vault, &pebble);
    let bare = runtime.block_on(Bare::new(&pebble));
    let certbot = Certbot::new(&pebble);
    let mut number = 0;
    for (count, rounds, what) in [(1, 20, "one name"), (NAMES, 5, "100 names")] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        // the first round makes accounts and connections; who comes first changes from round to round
        for round in 0..=rounds {
            let mut time = |ours_now: bool| {
                number += 1;
                let names = names(number, count);
                let start = Instant::now();
                if ours_now {
                    order(&runtime, &vault, &names);
                } else {
                    runtime.block_on(bare.order(&names));
                }
                start.elapsed().as_secs_f64() * 1000.0
            };
            let (first, second) = (time(round % 2 == 0), time(round % 2 == 1));
            let (us, them) = if round % 2 == 0 {
                (first, second)
            } else {
                (second, first)
            };
            if round > 0 {
                ours.push(us);
                theirs.push(them);
            }
        }
        let runs = (0..3).map(|_| {
            number += 1;
            certbot.order(&names(number, count))
        });
        let certbot = median(runs.collect());
        let (ours, theirs) = (median(ours), median(theirs));
        note(&format!("order of {what} to its certificate"), ours, "ms");
        note(&format!("the same by certbot, {what}"), certbot, "ms");
        line(
            &format!("order of {what} / bare instant-acme"),
            ours / theirs,
            "x",
            Bound::AtMost(1.3),
        );
        line(
            &format!("order of {what} / certbot"),
            ours / certbot,
            "x",
            Bound::AtMost(1.0),
        );
    }
    vault.close();
    runtime.block_on(look_up());
}

/// Names that no order had before.
fn names(number: usize, count: usize) -> Vec<String> {
    (0..count)
        .map(|at| format!("n{at}.o{number}.example.test"))
        .collect()
}

fn configure(runtime: &Runtime, vault: &Vault, pebble: &Pebble) {
    let ca = NewAcme {
        directory_url: pebble.directory_url(),
        root_certificate: Some(pebble.tls_root_pem()),
        private_key: None,
        preferred_chain: None,
        contact: Vec::new(),
        external_account_key_id: None,
        external_account_hmac_key: None,
    };
    let new = NewConfiguration {
        name: "ca".into(),
        detail: NewConfigurationDetail::Acme(Box::new(ca)),
    };
    runtime
        .block_on(vault.create_configuration(&owner(), new))
        .expect("configured");
}

/// Everything a person causes, without the person: Add, Validate, and going on until it is issued.
fn order(runtime: &Runtime, vault: &Vault, names: &[String]) {
    let new = New {
        ca: "ca".into(),
        dns: MANUAL.into(),
        common_name: Some(names[0].clone()),
        alt_names: names[1..].to_vec(),
        key_algorithm: KeyAlgorithm::Ecdsa256,
        bundle_certs: true,
        rotation: RotationPolicy::default(),
    };
    let new = secret_of(
        &names[0].replace('.', "-"),
        NewDetail::PublicCert(Box::new(new)),
    );
    runtime.block_on(async {
        let owner = owner();
        let made = vault.create_secret(&owner, new).await.expect("ordered");
        let id = made.view.metadata.id;
        vault
            .validate_dns_challenge(&owner, &id)
            .await
            .expect("validated");
        vault.run_orders(|_| {}).await.expect("went on");
        let version = vault.version(&owner, &id, &VersionRef::CURRENT).await;
        let payload = version.expect("a version").payload;
        assert!(matches!(payload, Some(Payload::PublicCert(_))));
    });
}

/// One look at the records of a large order, at both servers of their zone.
async fn look_up() {
    let servers = Pair::with(&[Zone::new("example.test", &[FIRST, SECOND])], "");
    let wanted: Vec<Wanted> = (0..NAMES)
        .map(|at| Wanted {
            domain: format!("n{at}.example.test"),
            name: format!("_acme-challenge.n{at}.example.test."),
            value: format!("{at:043}"),
        })
        .collect();
    let mut script = String::new();
    for one in &wanted {
        writeln!(script, "update add {} 60 TXT {}", one.name, one.value).expect("into memory");
    }
    servers.first.update(&script);
    servers.second.update(&script);
    let settings = DnsSettings {
        resolvers: Vec::new(),
        authoritative_only: true,
        discovery: vec![(FIRST, servers.port).into()],
        authoritative_port: servers.port,
        ..DnsSettings::default()
    };
    let issuer = dns::Issuer {
        identities: vec!["ca.test".into()],
        account_url: None,
    };
    let mut runs = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let checked = dns::check(&wanted, &settings, &issuer, |_, _| {}).await;
        runs.push(start.elapsed().as_secs_f64() * 1000.0);
        assert!(
            checked
                .iter()
                .all(|one| one.agreed && one.servers.len() == 2)
        );
    }
    line(
        "DNS check of 100 records at two servers",
        median(runs),
        "ms",
        Bound::AtMost(1000.0),
    );
}
