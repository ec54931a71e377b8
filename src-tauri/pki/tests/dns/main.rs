//! Looking for the records of DNS-01 challenges, and writing them: against real name servers on
//! loopback and against false ones.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod hostile;
mod mistakes;
#[path = "../../../../tests/servers/named.rs"]
mod named;
mod seen;
mod update;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use keyturn_pki::dns::{Answer, Checked, DnsSettings, Issuer, Mistake, Wanted, check};
use named::Pair;

const VALUE: &str = "Jh3Qm0Zs8-_WcK1tq7h9vXy2u4b6n8r0T5e3d1f7g9I";
const OTHER: &str = "0therZs8-_WcK1tq7h9vXy2u4b6n8r0T5e3d1f7g9IA";

/// Looks for zones at a server, and for records at its port.
fn settings(discovery: SocketAddr) -> DnsSettings {
    DnsSettings {
        resolvers: Vec::new(),
        authoritative_only: false,
        spare_resolvers: true,
        discovery: vec![discovery],
        authoritative_port: discovery.port(),
        timeout: Duration::from_millis(600),
        total: Duration::from_secs(10),
    }
}

fn wanted(domain: &str, value: &str) -> Wanted {
    let base = domain.strip_prefix("*.").unwrap_or(domain);
    Wanted {
        domain: domain.to_owned(),
        name: format!("_acme-challenge.{base}"),
        value: value.to_owned(),
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// Checks one record of `example.test`.
fn checked(pair: &Pair) -> Checked {
    checked_with(&settings(pair.first.address), "example.test", &[])
}

fn checked_with(settings: &DnsSettings, domain: &str, identities: &[String]) -> Checked {
    let mut all = all(settings, &[wanted(domain, VALUE)], identities);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn all(settings: &DnsSettings, wanted: &[Wanted], identities: &[String]) -> Vec<Checked> {
    let issuer = Issuer {
        identities: identities.to_vec(),
        account_url: None,
    };
    run(check(wanted, settings, &issuer, |_, _| ()))
}

fn answer_of(checked: &Checked, host: Ipv4Addr) -> &Answer {
    let host = format!("{host}:");
    let server = checked
        .servers
        .iter()
        .find(|server| server.address.starts_with(&host));
    &server
        .unwrap_or_else(|| panic!("{host} is not in {checked:?}"))
        .answer
}

fn reason(answer: &Answer) -> &str {
    match answer {
        Answer::NoAnswer { reason } => reason,
        other => panic!("{other:?}"),
    }
}

fn only_mistake(checked: &Checked) -> &Mistake {
    assert!(!checked.agreed);
    match &checked.mistakes[..] {
        [mistake] => mistake,
        others => panic!("{others:?} in {checked:?}"),
    }
}
