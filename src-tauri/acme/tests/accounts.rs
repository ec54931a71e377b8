//! Accounts at a real ACME server, and servers that are not what they should be.

mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::net::TcpListener;

use keyturn_acme::{
    AccountStatus, Client, ErrorKind, ExternalAccount, NewAccount, Options, ProblemType,
};
use ordering::{TIMEOUT, agreed, client, client_of, names, new_key, session};
use servers::pebble::{Behaviour, Pebble};
use servers::test_authority::TestAuthority;

const EXTERNAL_KEY: &str = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

#[tokio::test]
async fn a_key_has_one_account() {
    let pebble = Pebble::start(&Behaviour::default());
    let (client, key) = (client_of(&pebble), new_key());
    let unknown = client.find_account(&key).await.unwrap_err();
    assert!(unknown.is_account_unknown() && !unknown.is_transient());
    let account = client.register(&key, &agreed()).await.unwrap();
    assert_eq!(account.status, AccountStatus::Valid);
    let again = client.register(&key, &agreed()).await.unwrap();
    assert_eq!(again.url, account.url);
    assert_eq!(client.find_account(&key).await.unwrap().url, account.url);
}

#[tokio::test]
async fn another_contact_is_told_by_an_update_and_not_by_registering_again() {
    let pebble = Pebble::start(&Behaviour::default());
    let (client, key) = (client_of(&pebble), new_key());
    let to = |address: &str| vec![format!("mailto:{address}@example.test")];
    let with = |contact| NewAccount {
        contact,
        ..agreed()
    };
    let account = client.register(&key, &with(to("first"))).await.unwrap();
    let again = client.register(&key, &with(to("second"))).await.unwrap();
    assert_eq!(again.contact, to("first"));
    let session = client.session(&key, account.url);
    session.update_contact(&to("second")).await.unwrap();
    let found = client.find_account(&key).await.unwrap();
    assert_eq!(found.contact, to("second"));
    session.update_contact(&[]).await.unwrap();
    let wrong = session.update_contact(&["tel:+1".to_owned()]).await;
    assert!(wrong.unwrap_err().problem().is_some());
}

#[tokio::test]
async fn terms_must_be_agreed_to() {
    let pebble = Pebble::start(&Behaviour::default());
    let client = client_of(&pebble);
    let refused = client.register(&new_key(), &NewAccount::default()).await;
    let refused = refused.unwrap_err();
    assert!(refused.problem().unwrap().detail.is_some(), "{refused}");
}

#[tokio::test]
async fn an_account_that_the_server_lost_is_told_apart() {
    let url = {
        let pebble = Pebble::start(&Behaviour::default());
        let (client, key) = (client_of(&pebble), new_key());
        session(&client, &key).await.account_url().clone()
    };
    // It forgets all when it ends.
    let pebble = Pebble::start(&Behaviour::default());
    let (client, key) = (client_of(&pebble), new_key());
    let port = client.directory().await.unwrap().new_order.port();
    let mut here = url;
    here.set_port(port).unwrap();
    let refused = client.session(&key, here);
    let refused = refused.new_order(&names(&["example.test"]), None).await;
    assert!(refused.unwrap_err().is_account_unknown());
}

#[tokio::test]
async fn an_external_account_is_required_and_taken() {
    let pebble = Pebble::start(&Behaviour {
        external_accounts: vec![("kid-1", EXTERNAL_KEY)],
        ..Behaviour::default()
    });
    let client = client_of(&pebble);
    let directory = client.directory().await.unwrap();
    assert!(directory.meta.external_account_required);
    let with = |key_id, hmac_key| NewAccount {
        external_account: Some(ExternalAccount::from_text(key_id, hmac_key).unwrap()),
        ..agreed()
    };

    let missing = client.register(&new_key(), &agreed()).await.unwrap_err();
    let problem = &missing.problem().unwrap().problem_type;
    assert_eq!(*problem, ProblemType::ExternalAccountRequired);
    for wrong in [with("kid-1", "d3Jvbmc"), with("kid-2", EXTERNAL_KEY)] {
        let refused = client.register(&new_key(), &wrong).await.unwrap_err();
        assert!(
            refused.problem().is_some() && !refused.is_transient(),
            "{refused}"
        );
        assert!(!format!("{refused} {refused:?} {wrong:?}").contains("zWND"));
    }
    let account = client
        .register(&new_key(), &with("kid-1", EXTERNAL_KEY))
        .await;
    assert_eq!(account.unwrap().status, AccountStatus::Valid);
}

#[tokio::test]
async fn a_root_that_is_not_the_servers_is_told_apart() {
    let pebble = Pebble::start(&Behaviour::default());
    let other = TestAuthority::new();
    let wrong = client(&pebble.directory_url(), &other.root_pem(), TIMEOUT);
    let without = Options {
        roots: Vec::new(),
        timeout: TIMEOUT,
        user_agent: "keyturn-acme tests".into(),
    };
    // Without any root at all, as on a computer that has none, there is no client.
    let without = Client::new(&pebble.directory_url(), &without).ok();
    for client in [Some(wrong), without].into_iter().flatten() {
        let error = client.directory().await.unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Untrusted(_)), "{error:?}");
        assert!(!error.is_transient());
        assert!(
            error.to_string().contains("add its root certificate"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let authority = TestAuthority::new();
    let root = authority.root_pem();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    for url in [
        format!("https://localhost:{port}/dir"),
        "https://ca.invalid/dir".to_owned(),
    ] {
        let error = client(&url, &root, TIMEOUT).directory().await.unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Unreachable(_)), "{error:?}");
        assert!(error.is_transient());
        assert!(error.to_string().contains("cannot be reached"), "{error}");
    }
}

#[test]
fn what_cannot_be_used_is_refused_before_anything_is_sent() {
    let options = |roots: Vec<_>, user_agent: &str| Options {
        roots,
        timeout: TIMEOUT,
        user_agent: user_agent.into(),
    };
    let root = || b"no certificate".to_vec().into();
    for (url, options) in [
        ("http://ca.example.test/dir", options(vec![], "test")),
        ("ca.example.test", options(vec![], "test")),
        ("https://ca.example.test/dir", options(vec![root()], "test")),
        ("https://ca.example.test/dir", options(vec![], "te\nst")),
    ] {
        let error = Client::new(url, &options).err().unwrap();
        assert!(matches!(error.kind, ErrorKind::Setup(_)), "{error:?}");
    }
    assert!(ExternalAccount::from_text("kid", "not base64url!").is_err());
}
