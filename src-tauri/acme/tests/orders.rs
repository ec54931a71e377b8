//! Orders at a real ACME server, from account to certificate.

mod ordering;
#[path = "../../../tests/servers/mod.rs"]
mod servers;

use std::collections::HashSet;
use std::sync::Arc;

use keyturn_acme::{
    AccountKey, AuthorizationStatus, ChallengeStatus, KeyAlgorithm, OrderStatus, ProblemType,
};
use ordering::{
    TIMEOUT, client, client_of, csr, finish, names, new_key, openssl, prove, session, settled,
    verify,
};
use servers::challtestsrv::Challtestsrv;
use servers::pebble::{Behaviour, Pebble};

fn believing() -> Behaviour {
    Behaviour {
        always_valid: true,
        ..Behaviour::default()
    }
}

#[tokio::test]
async fn every_kind_of_account_key_gets_a_certificate() {
    let pebble = Pebble::start(&believing());
    let client = client_of(&pebble);
    let rsa = [
        "genpkey",
        "-algorithm",
        "RSA",
        "-pkeyopt",
        "rsa_keygen_bits:2048",
    ];
    let p256 = ["ecparam", "-genkey", "-name", "prime256v1"];
    let p384 = [
        "genpkey",
        "-algorithm",
        "EC",
        "-pkeyopt",
        "ec_paramgen_curve:P-384",
    ];
    for (made, algorithm) in [
        (&rsa[..], KeyAlgorithm::Rsa(2048)),
        (&p256[..], KeyAlgorithm::P256),
        (&p384[..], KeyAlgorithm::P384),
    ] {
        let pem = String::from_utf8(openssl(made, b"")).unwrap();
        let key = AccountKey::from_pem(&pem).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        let session = session(&client, &key).await;
        let name = ["example.test", "www.example.test"];
        let (url, order) = session.new_order(&names(&name), None).await.unwrap();
        assert_eq!(order.value.status, OrderStatus::Pending);
        assert!(order.value.expires.is_some());
        assert_eq!(order.value.identifiers.len(), 2);
        prove(&session, &order.value, |_, _| ()).await;
        let chain = finish(&session, &url, &name).await.unwrap();
        assert_eq!(chain.certificates.len(), 2);
        verify(&chain, &pebble.root_pem(0), "www.example.test");
    }
}

#[tokio::test]
async fn the_txt_value_is_what_the_server_looks_for_also_beside_a_wildcard() {
    let dns = Challtestsrv::start();
    let pebble = Pebble::start(&Behaviour {
        dns_server: Some(dns.address()),
        strict: true,
        ..Behaviour::default()
    });
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    let name = ["example.test", "*.example.test"];
    let (url, order) = session.new_order(&names(&name), None).await.unwrap();
    let mut wildcards = 0;
    let proven = prove(&session, &order.value, |authorization, token| {
        assert_eq!(authorization.identifier.value, "example.test");
        wildcards += i32::from(authorization.wildcard);
        let value = session.key_authorization_digest(token);
        assert_eq!(value.len(), 43);
        dns.add_txt("_acme-challenge.example.test.", &value);
    })
    .await;
    assert_eq!((proven.len(), wildcards), (2, 1));
    let valid = |status| status == AuthorizationStatus::Valid;
    assert!(proven.iter().all(|one| valid(one.status)), "{proven:?}");
    assert!(proven[0].dns_challenge().unwrap().validated.is_some());
    let chain = finish(&session, &url, &name).await.unwrap();
    verify(&chain, &pebble.root_pem(0), "deep.example.test");
}

#[tokio::test]
async fn a_challenge_that_fails_says_why() {
    let dns = Challtestsrv::start();
    let pebble = Pebble::start(&Behaviour {
        dns_server: Some(dns.address()),
        ..Behaviour::default()
    });
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    let (url, order) = session
        .new_order(&names(&["example.test"]), None)
        .await
        .unwrap();
    let proven = prove(&session, &order.value, |_, _| {
        dns.add_txt("_acme-challenge.example.test.", "wrong");
    })
    .await;
    assert_eq!(proven[0].status, AuthorizationStatus::Invalid);
    let challenge = &proven[0].dns_challenge().unwrap().url;
    let challenge = session.challenge(challenge).await.unwrap().value;
    assert_eq!(challenge.status, ChallengeStatus::Invalid);
    let problem = challenge.error.unwrap();
    assert_eq!(problem.problem_type, ProblemType::Unauthorized);
    assert!(problem.to_string().contains("DNS challenge"), "{problem}");
    assert_eq!(settled(&session, &url).await.status, OrderStatus::Invalid);
}

#[tokio::test]
async fn half_of_the_nonces_may_be_rejected() {
    let pebble = Pebble::start(&Behaviour {
        nonces_rejected: 50,
        ..believing()
    });
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    for _ in 0..5 {
        let (url, order) = session
            .new_order(&names(&["example.test"]), None)
            .await
            .unwrap();
        prove(&session, &order.value, |_, _| ()).await;
        let chain = finish(&session, &url, &["example.test"]).await.unwrap();
        verify(&chain, &pebble.root_pem(0), "example.test");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_client_serves_many_tasks_at_once() {
    let pebble = Pebble::start(&Behaviour {
        nonces_rejected: 30,
        ..believing()
    });
    let shared = Arc::new((client_of(&pebble), new_key()));
    let tasks: Vec<_> = (0..10)
        .map(|number| {
            let shared = Arc::clone(&shared);
            tokio::spawn(async move {
                let session = session(&shared.0, &shared.1).await;
                let name = format!("n{number}.example.test");
                let (url, order) = session.new_order(&names(&[&name]), None).await.unwrap();
                prove(&session, &order.value, |_, _| ()).await;
                let chain = finish(&session, &url, &[&name]).await.unwrap();
                (name, chain)
            })
        })
        .collect();
    for task in tasks {
        let (name, chain) = task.await.unwrap();
        verify(&chain, &pebble.root_pem(0), &name);
    }
}

#[tokio::test]
async fn an_order_goes_on_with_nothing_but_its_address_and_the_key() {
    let pebble = Pebble::start(&believing());
    let (url, account, pkcs8) = {
        let (client, key) = (client_of(&pebble), new_key());
        let session = session(&client, &key).await;
        let (url, order) = session
            .new_order(&names(&["example.test"]), None)
            .await
            .unwrap();
        prove(&session, &order.value, |_, _| ()).await;
        (url, session.account_url().clone(), key.to_pkcs8())
    };
    let key = AccountKey::from_pkcs8(&pkcs8).unwrap();
    let client = client_of(&pebble);
    let session = client.session(&key, account);
    let chain = finish(&session, &url, &["example.test"]).await.unwrap();
    verify(&chain, &pebble.root_pem(0), "example.test");
}

#[tokio::test]
async fn an_order_whose_answer_was_lost_is_found_in_the_list() {
    let pebble = Pebble::start(&believing());
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    let mut ordered = HashSet::new();
    for number in 0..8 {
        let name = format!("n{number}.example.test");
        let (url, _) = session.new_order(&names(&[&name]), None).await.unwrap();
        ordered.insert(url);
    }
    // Pebble gives three on a page.
    let list = client.find_account(&key).await.unwrap().orders.unwrap();
    let found = session.orders(&list).await.unwrap();
    assert_eq!(found.len(), 8);
    assert_eq!(found.into_iter().collect::<HashSet<_>>(), ordered);
}

#[tokio::test]
async fn authorizations_are_used_again_and_can_be_given_up() {
    let pebble = Pebble::start(&Behaviour {
        authorizations_reused: 100,
        ..believing()
    });
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    let name = names(&["example.test"]);
    let (_, first) = session.new_order(&name, None).await.unwrap();
    prove(&session, &first.value, |_, _| ()).await;
    let (url, second) = session.new_order(&name, None).await.unwrap();
    assert_eq!(first.value.authorizations, second.value.authorizations);
    prove(&session, &second.value, |_, _| {
        panic!("it is proven already")
    })
    .await;
    let chain = finish(&session, &url, &["example.test"]).await.unwrap();
    verify(&chain, &pebble.root_pem(0), "example.test");

    let authorization = &second.value.authorizations[0];
    let given_up = session
        .deactivate_authorization(authorization)
        .await
        .unwrap();
    assert_eq!(given_up.value.status, AuthorizationStatus::Deactivated);
    let (_, third) = session.new_order(&name, None).await.unwrap();
    assert_ne!(second.value.authorizations, third.value.authorizations);
}

#[tokio::test]
async fn a_certificate_comes_with_its_alternates() {
    let pebble = Pebble::start(&Behaviour {
        environment: vec![("PEBBLE_ALTERNATE_ROOTS", "2".into())],
        ..believing()
    });
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    let (url, order) = session
        .new_order(&names(&["example.test"]), None)
        .await
        .unwrap();
    prove(&session, &order.value, |_, _| ()).await;
    let chain = finish(&session, &url, &["example.test"]).await.unwrap();
    verify(&chain, &pebble.root_pem(0), "example.test");
    assert_eq!(chain.alternates.len(), 2);
    for (number, url) in (1..).zip(&chain.alternates) {
        let other = session.certificate(url).await.unwrap();
        assert_eq!(other.certificates[0], chain.certificates[0]);
        verify(&other, &pebble.root_pem(number), "example.test");
    }
}

#[tokio::test]
async fn what_is_refused_says_why() {
    let pebble = Pebble::start(&believing());
    let (client, key) = (client_of(&pebble), new_key());
    let session = session(&client, &key).await;
    let (url, order) = session
        .new_order(&names(&["example.test"]), None)
        .await
        .unwrap();

    let early = session
        .finalize(&order.value.finalize, &csr(&["example.test"]))
        .await;
    let early = early.unwrap_err();
    assert_eq!(
        early.problem().unwrap().problem_type,
        ProblemType::OrderNotReady
    );
    assert!(!early.is_transient());
    prove(&session, &order.value, |_, _| ()).await;
    settled(&session, &url).await;
    let other = session
        .finalize(&order.value.finalize, &csr(&["other.test"]))
        .await;
    let other = other.unwrap_err();
    assert!(other.problem().unwrap().detail.is_some(), "{other}");

    let odd = session
        .new_order(&names(&["not a name"]), None)
        .await
        .unwrap_err();
    assert!(
        odd.to_string()
            .starts_with("The certificate authority at localhost refused: ")
    );
    assert_eq!(odd.problem().unwrap().status, Some(400));
}

#[tokio::test]
async fn it_is_reached_by_its_address_too() {
    let pebble = Pebble::start(&believing());
    let url = pebble.directory_url().replace("localhost", "127.0.0.1");
    let client = client(&url, &pebble.tls_root_pem(), TIMEOUT);
    let directory = client.directory().await.unwrap();
    assert_eq!(directory.new_order.host_str(), Some("127.0.0.1"));
    assert_eq!(directory.renewal_info, None);
    assert!(directory.meta.terms_of_service.is_some());
    assert_eq!(client.renewal_info(&[1], &[2]).await.unwrap(), None);
}
