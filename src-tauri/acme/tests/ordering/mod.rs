//! An order from its start to its certificate, with keys and checks by the real `openssl`.
#![allow(dead_code, reason = "each suite takes what it needs")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use keyturn_acme::{
    AccountKey, Authorization, AuthorizationStatus, Chain, Client, Identifier, NewAccount, Options,
    Order, OrderStatus, Result, Session, Url,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::servers::pebble::Pebble;

/// Longer than any test waits for an answer.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// A client that trusts one root besides those of the system.
pub(crate) fn client(directory_url: &str, root_pem: &str, timeout: Duration) -> Client {
    let options = Options {
        roots: vec![CertificateDer::from_pem_slice(root_pem.as_bytes()).unwrap()],
        timeout,
        user_agent: "keyturn-acme tests".into(),
    };
    Client::new(directory_url, &options).unwrap()
}

/// A client of pebble.
pub(crate) fn client_of(pebble: &Pebble) -> Client {
    client(&pebble.directory_url(), &pebble.tls_root_pem(), TIMEOUT)
}

/// A new account key.
pub(crate) fn new_key() -> AccountKey {
    AccountKey::from_pkcs8(&AccountKey::generate()).unwrap()
}

/// What an account is usually asked for with.
pub(crate) fn agreed() -> NewAccount {
    NewAccount {
        contact: vec!["mailto:admin@example.test".into()],
        terms_of_service_agreed: true,
        external_account: None,
    }
}

/// A session with a new account.
pub(crate) async fn session<'a>(client: &'a Client, key: &'a AccountKey) -> Session<'a> {
    let account = client.register(key, &agreed()).await.unwrap();
    client.session(key, account.url)
}

/// Names of the DNS.
pub(crate) fn names(names: &[&str]) -> Vec<Identifier> {
    names.iter().map(|name| Identifier::dns(*name)).collect()
}

/// Proves all authorizations of an order that need it, each after `prepare` saw its challenge's
/// token; gives them as they are in the end.
pub(crate) async fn prove(
    session: &Session<'_>,
    order: &Order,
    mut prepare: impl FnMut(&Authorization, &str),
) -> Vec<Authorization> {
    let mut proven = Vec::new();
    for url in &order.authorizations {
        let mut authorization = session.authorization(url).await.unwrap().value;
        if authorization.status == AuthorizationStatus::Pending {
            let challenge = authorization.dns_challenge().unwrap();
            prepare(&authorization, challenge.token.as_deref().unwrap());
            session.respond(&challenge.url).await.unwrap();
        }
        let late = Instant::now() + TIMEOUT;
        while authorization.status == AuthorizationStatus::Pending {
            assert!(Instant::now() < late, "no end of {authorization:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
            authorization = session.authorization(url).await.unwrap().value;
        }
        proven.push(authorization);
    }
    proven
}

/// Waits until an order is in a state in which it stays for now.
pub(crate) async fn settled(session: &Session<'_>, url: &Url) -> Order {
    let late = Instant::now() + TIMEOUT;
    loop {
        let order = session.order(url).await.unwrap().value;
        if order.status != OrderStatus::Processing {
            return order;
        }
        assert!(Instant::now() < late, "no end of {order:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Finalizes an order that is ready and fetches its certificate.
pub(crate) async fn finish(session: &Session<'_>, url: &Url, names: &[&str]) -> Result<Chain> {
    let order = settled(session, url).await;
    assert_eq!(order.status, OrderStatus::Ready);
    session.finalize(&order.finalize, &csr(names)).await?;
    let order = settled(session, url).await;
    assert_eq!(order.status, OrderStatus::Valid);
    session.certificate(&order.certificate.unwrap()).await
}

/// A request for names with a new key, DER.
pub(crate) fn csr(names: &[&str]) -> Vec<u8> {
    let list: Vec<_> = names.iter().map(|name| format!("DNS:{name}")).collect();
    let list = format!("subjectAltName={}", list.join(","));
    let key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
    ];
    let mut arguments = vec!["req", "-new", "-subj", "/", "-keyout", "/dev/null"];
    arguments.extend(key);
    arguments.extend(["-outform", "DER", "-addext", &list]);
    openssl(&arguments, b"")
}

/// Panics unless `openssl verify` accepts the chain for a name.
pub(crate) fn verify(chain: &Chain, root_pem: &str, name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = |file: &str| folder.path().join(file).to_str().unwrap().to_owned();
    fs::write(path("root.pem"), root_pem).unwrap();
    fs::write(path("chain.pem"), chain.pem()).unwrap();
    let (root, chain) = (path("root.pem"), path("chain.pem"));
    let arguments = [
        "verify",
        "-CAfile",
        &root,
        "-untrusted",
        &chain,
        "-verify_hostname",
        name,
    ];
    openssl(&[&arguments[..], &[chain.as_str()]].concat(), b"");
}

/// What `openssl` makes of an input.
pub(crate) fn openssl(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut running = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl is installed");
    running.stdin.take().unwrap().write_all(input).unwrap();
    let output = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?}: {said}");
    output.stdout
}
