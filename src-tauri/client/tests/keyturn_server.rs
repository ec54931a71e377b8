//! A remote instance that is a Keyturn server over a vault of its own: what the window does goes there
//! and comes back.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyturn_api::secret::{NewDetail, Payload, arbitrary, kv, username_password};
use keyturn_api::version::{Compared, RotationInput};
use keyturn_api::{
    Caller, Code, Instance, Keys, ListSecrets, NewApiKey, NewLock, NewLocks, NewSecret,
    NewSecretGroup, NewVersion, Plaintext, Role, SecretPatch, Sort, SortKey, State, Surface,
    VersionAlias, VersionRef,
};
use keyturn_client::{Access, AllowedAction, Cache, Reach, Remote, ServiceKind, Settings};
use keyturn_iam::TokenSource;
use keyturn_server::{Api, Config, Listener, ServerCertificate, serve};
use keyturn_vault::{Home, NewVault, Sensitive, SystemClock, Vault, VaultKind, seal::KdfParams};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

struct Served {
    url: String,
    vault: Arc<Vault>,
    stop: Option<oneshot::Sender<()>>,
    _home: tempfile::TempDir,
}

fn me() -> Caller {
    Caller::owner("tester", Surface::Window)
}

impl Served {
    async fn start() -> Self {
        Self::start_with(None).await
    }

    async fn start_with(certificate: Option<ServerCertificate>) -> Self {
        let scheme = if certificate.is_some() {
            "https"
        } else {
            "http"
        };
        let home = tempfile::tempdir().unwrap();
        let new = NewVault {
            name: "Served".into(),
            kind: VaultKind::Local,
            keyring: false,
            passphrase: Some(Sensitive::from_string("correct horse battery".to_owned())),
            kdf: Some(KdfParams::FLOOR),
        };
        let folder = Home::at(home.path().join("home")).unwrap();
        let (vault, _) = folder.create(&new, Arc::new(SystemClock)).unwrap();
        let api = Api::new(
            Arc::clone(&vault) as _,
            Arc::clone(&vault) as _,
            Config::default(),
        );
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap(), certificate)
            .await
            .unwrap();
        let url = format!("{scheme}://{}", listener.address().unwrap());
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(serve(api, listener, async {
            let _ = stopped.await;
        }));
        Self {
            url,
            vault,
            stop: Some(stop),
            _home: home,
        }
    }

    async fn connect(&self, role: Role, cache: Option<Arc<dyn Cache>>) -> Arc<Remote> {
        let new = NewApiKey {
            name: format!("as-{role:?}-{}", uuid::Uuid::new_v4().simple()),
            role,
            groups: None,
            expires_at: None,
        };
        let made = self.vault.create_api_key(&me(), new).await.unwrap();
        let iam = keyturn_iam::Settings {
            url: self.url.clone(),
            ..keyturn_iam::Settings::default()
        };
        let source = TokenSource::new(&iam, made.secret.clone()).unwrap();
        let settings = Settings {
            back_off: Duration::from_millis(20),
            ..Settings::new(&self.url)
        };
        Remote::remembering(&settings, Access::Iam(Box::new(source)), None, cache).unwrap()
    }

    /// Returns once nobody listens any more.
    async fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        let address = self.url.split_once("//").unwrap().1;
        let nobody = async {
            while TcpStream::connect(address).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let stopped = tokio::time::timeout(Duration::from_secs(10), nobody).await;
        assert!(stopped.is_ok(), "the server stops");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
    }
}

fn text(value: &str) -> NewDetail {
    NewDetail::Arbitrary(arbitrary::New {
        payload: Plaintext::text(value.into()),
        expiration_date: None,
    })
}

fn new(name: &str, detail: NewDetail) -> NewSecret {
    NewSecret {
        name: name.into(),
        description: Some(format!("{name} for a test")),
        secret_group_id: "default".into(),
        labels: vec!["one".into(), "two words".into()],
        custom_metadata: keyturn_api::parse_metadata("m", r#"{"a":{"b":[1]}}"#).unwrap(),
        version_custom_metadata: None,
        reminder: None,
        detail,
    }
}

fn rotation(value: &str) -> NewVersion {
    NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::Arbitrary(arbitrary::Rotation {
            payload: Plaintext::text(value.into()),
        }),
    }
}

/// As it stands on the wire, where times are whole seconds.
fn wire(view: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(view).unwrap()
}

fn value(payload: Payload) -> String {
    String::from_utf8(payload.into_value().bytes().to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_tells_what_it_is_and_what_the_key_may() {
    let served = Served::start().await;
    for (role, rotate) in [(Role::Reader, false), (Role::Writer, true)] {
        let remote = served.connect(role, None).await;
        let probe = remote.probe().await.unwrap();
        assert!(matches!(probe.kind, ServiceKind::Keyturn { .. }));
        assert_eq!(probe.secrets_total, 0);
        let may = |what| probe.allowed.iter().any(|one| one.what == what && one.yes);
        assert!(may(AllowedAction::ListSecrets));
        assert_eq!(may(AllowedAction::Rotate), rotate);
        assert_eq!(remote.reach(), Reach::Online);
        remote.close();
        assert_eq!(
            remote.labels(&me()).await.unwrap_err().code,
            Code::VaultLocked
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_there_is_what_the_vault_has() {
    let served = Served::start().await;
    let remote = served.connect(Role::Manager, None).await;
    let (me, vault) = (me(), &served.vault);
    let made = remote
        .create_secret(&me, new("first", text("v1 ü")))
        .await
        .unwrap();
    let id = made.view.metadata.id.clone();
    let mut own = vault.secret_metadata(&me, &id).await.unwrap();
    let there = remote.secret_metadata(&me, &id).await.unwrap();
    assert_eq!(wire(&there), wire(&own), "the whole view comes over");

    let outlook = remote.rotation_outlook(&me, &id).await.unwrap();
    let known = vault.rotation_outlook(&me, &id).await.unwrap();
    assert_eq!(wire(&outlook), wire(&known));
    let revision = outlook.secret.revision.clone();
    let version = remote
        .create_version(&me, &id, rotation("v2"), Some(&revision))
        .await
        .unwrap();
    assert_eq!(version.view.number, 2);
    assert_eq!(version.view.metadata.alias, Some(VersionAlias::Current));
    let conflict = remote
        .create_version(&me, &id, rotation("v3"), Some(&revision))
        .await;
    let conflict = conflict.unwrap_err();
    assert_eq!(conflict.code, Code::Conflict);
    assert!(
        conflict.message.contains("rotated to version 2"),
        "{conflict:?}"
    );

    let versions = remote.versions(&me, &id).await.unwrap();
    assert_eq!(
        wire(&versions),
        wire(&vault.versions(&me, &id).await.unwrap())
    );
    let previous = VersionRef::Alias(VersionAlias::Previous);
    let old = remote.version(&me, &id, &previous).await.unwrap();
    assert_eq!(value(old.payload.unwrap()), "v1 ü");
    assert_eq!(
        value(remote.secret(&me, &id).await.unwrap().payload.unwrap()),
        "v2"
    );
    let differs = remote.compare(
        &me,
        &id,
        &VersionRef::CURRENT,
        Compared::Version(previous.clone()),
    );
    let same = vault.compare(&me, &id, &VersionRef::CURRENT, Compared::Version(previous));
    assert_eq!(differs.await.unwrap(), same.await.unwrap());

    let patch = SecretPatch {
        description: Some("changed".into()),
        ..SecretPatch::default()
    };
    own = remote.update_secret(&me, &id, patch, None).await.unwrap();
    assert_eq!(own.metadata.description.as_deref(), Some("changed"));
    let locks = NewLocks {
        locks: vec![NewLock {
            name: "mine".into(),
            description: None,
            attributes: None,
        }],
        mode: None,
    };
    remote
        .create_locks(&me, &id, &VersionRef::CURRENT, locks)
        .await
        .unwrap();
    let locked = remote.secret_metadata(&me, &id).await.unwrap();
    assert_eq!(locked.metadata.locks_total, 1);
    let refused = remote.delete_secret(&me, &id, None).await.unwrap_err();
    assert_eq!(refused.code, Code::Locked);
    remote.delete_locks(&me, &id, None, None).await.unwrap();
    remote.delete_secret(&me, &id, None).await.unwrap();
    assert_eq!(
        remote.secret_metadata(&me, &id).await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_the_same_bytes_there() {
    let served = Served::start().await;
    let remote = served.connect(Role::Manager, None).await;
    let (me, vault) = (me(), &served.vault);
    let file = |bytes: &[u8]| Plaintext::file(bytes.to_vec());
    let detail = NewDetail::Arbitrary(arbitrary::New {
        payload: file(&[0xff, 0, 1]),
        expiration_date: None,
    });
    let made = remote.create_secret(&me, new("file", detail)).await;
    let id = made.unwrap().view.metadata.id;
    for payload in [Plaintext::text("word".into()), file(&[0xfe, 0, 2])] {
        let new = NewVersion {
            input: RotationInput::Arbitrary(arbitrary::Rotation { payload }),
            ..rotation("")
        };
        remote.create_version(&me, &id, new, None).await.unwrap();
    }
    let versions = vault.versions(&me, &id).await.unwrap();
    let binary: Vec<bool> = versions.iter().map(|version| version.binary).collect();
    assert_eq!(binary, [true, false, true]);
    for side in [&**vault as &dyn Instance, &*remote] {
        let view = side.secret_metadata(&me, &id).await.unwrap();
        assert_eq!(view.metadata.labels, ["one", "two words", "encode:base64"]);
        for (version, bytes) in versions
            .iter()
            .zip([&[0xff, 0, 1][..], b"word", &[0xfe, 0, 2]])
        {
            let version = VersionRef::Id(version.metadata.id.clone());
            let read = side.version(&me, &id, &version).await;
            let Some(Payload::Arbitrary(read)) = read.ok().and_then(|version| version.payload)
            else {
                continue; // the oldest has no value any more
            };
            assert_eq!(read.payload.bytes(), bytes);
        }
        let current = side.version(&me, &id, &VersionRef::CURRENT).await.unwrap();
        assert!(
            matches!(current.payload, Some(Payload::Arbitrary(read)) if read.payload.is_binary())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_types_groups_and_lists_come_over() {
    let served = Served::start().await;
    let remote = served.connect(Role::Manager, None).await;
    let (me, vault) = (me(), &served.vault);
    let group = NewSecretGroup {
        name: "team".into(),
        description: None,
    };
    let group = remote.create_secret_group(&me, group).await.unwrap();
    let data =
        kv::Data::parse(&Plaintext::text(r#"{"n":12345678901234567890123}"#.into())).unwrap();
    let mut object = new("object", NewDetail::Kv(kv::New { data }));
    object.secret_group_id.clone_from(&group.group.id);
    let object = remote.create_secret(&me, object).await.unwrap();
    assert!(value(object.payload.unwrap()).contains("12345678901234567890123"));
    let login = NewDetail::UsernamePassword(username_password::New {
        username: "me".into(),
        password: None,
        expiration_date: None,
        rotation: keyturn_api::RotationPolicy::default(),
        password_generation_policy: username_password::PasswordGenerationPolicy::default(),
    });
    let login = remote
        .create_secret(&me, new("login", login))
        .await
        .unwrap();
    let generate = NewVersion {
        custom_metadata: None,
        version_custom_metadata: None,
        input: RotationInput::UsernamePassword(username_password::Rotation {
            password: None,
            password_generation_policy: Some(username_password::PasswordGenerationPolicy {
                length: 64,
                ..username_password::PasswordGenerationPolicy::default()
            }),
        }),
    };
    let seen = login.view.revision.clone();
    let id = login.view.metadata.id.clone();
    let made = remote
        .create_version(&me, &id, generate, Some(&seen))
        .await
        .unwrap();
    assert_eq!(
        value(made.payload.unwrap()).len(),
        64,
        "with the new policy"
    );

    assert_eq!(
        wire(&remote.secret_groups(&me).await.unwrap()),
        wire(&vault.secret_groups(&me).await.unwrap())
    );
    assert_eq!(
        remote.labels(&me).await.unwrap(),
        vault.labels(&me).await.unwrap()
    );
    for (sort, states) in [
        (SortKey::RotatedAt, vec![]),
        (SortKey::Name, vec![State::Active]),
        (SortKey::SecretGroup, vec![]),
        (SortKey::Due, vec![State::Destroyed]),
    ] {
        let query = ListSecrets {
            sort: Some(Sort {
                key: sort,
                descending: true,
            }),
            states,
            ..ListSecrets::default()
        };
        let there = remote.list_secrets(&me, &query).await.unwrap();
        let here = vault.list_secrets(&me, &query).await.unwrap();
        assert_eq!(wire(&there), wire(&here));
    }
    let found = remote
        .secret_id(&me, "team", keyturn_api::SecretType::Kv, "object")
        .await;
    assert_eq!(found.unwrap(), object.view.metadata.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_others_are_told() {
    let served = Served::start().await;
    let remote = served.connect(Role::Reader, None).await;
    let me = me();
    let mut changed = remote.changed();
    remote
        .list_secrets(&me, &ListSecrets::default())
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    changed.mark_unchanged();
    served
        .vault
        .create_secret(&me, new("theirs", text("x")))
        .await
        .unwrap();
    let told = tokio::time::timeout(Duration::from_secs(10), changed.changed()).await;
    assert!(told.is_ok(), "the server tells");
    let page = remote
        .list_secrets(&me, &ListSecrets::default())
        .await
        .unwrap();
    assert_eq!(page.total_count, 1);
    let rotate = page.items[0].availability.rotate.as_deref().unwrap();
    assert!(rotate.contains("Reader"), "{rotate}");
}

#[derive(Default)]
struct InMemory(Mutex<Option<Vec<u8>>>);

impl Cache for InMemory {
    fn load(&self) -> Option<Zeroizing<Vec<u8>>> {
        self.0.lock().unwrap().clone().map(Zeroizing::new)
    }

    fn store(&self, seen: &[u8]) {
        *self.0.lock().unwrap() = Some(seen.to_vec());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_last_seen_is_read_while_the_instance_cannot_be_reached() {
    let mut served = Served::start().await;
    let me = me();
    let cache = Arc::new(InMemory::default());
    let id = served
        .vault
        .create_secret(&me, new("known", text("hidden-value")))
        .await
        .unwrap();
    let id = id.view.metadata.id;
    let kept = Arc::clone(&cache) as Arc<dyn Cache>;
    let remote = served.connect(Role::Manager, Some(kept)).await;
    remote.versions(&me, &id).await.unwrap();
    let deadline = std::time::Instant::now() + Duration::from_secs(15);
    while cache.load().is_none() {
        assert!(std::time::Instant::now() < deadline, "it is kept");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let text = String::from_utf8(cache.load().unwrap().to_vec()).unwrap();
    assert!(text.contains("known") && !text.contains("hidden-value"));
    served.stop().await;
    served.vault.close();

    let query = ListSecrets {
        search: Some("known".into()),
        ..ListSecrets::default()
    };
    for remote in [remote, served_again(&served, &cache)] {
        let page = remote.list_secrets(&me, &query).await.unwrap();
        assert_eq!(page.total_count, 1);
        assert!(matches!(
            remote.reach(),
            Reach::Offline {
                seen_at: Some(_),
                ..
            }
        ));
        assert_eq!(
            remote
                .secret_metadata(&me, &id)
                .await
                .unwrap()
                .metadata
                .name,
            "known"
        );
        assert_eq!(remote.versions(&me, &id).await.unwrap().len(), 1);
        assert_eq!(remote.secret_groups(&me).await.unwrap().len(), 1);
        let refused = remote.secret(&me, &id).await.unwrap_err();
        assert_eq!(refused.code, Code::Io, "values are not kept");
        // also where the key was to be exchanged first
        assert_eq!(refused.message, "The instance cannot be reached.");
        assert!(
            remote
                .create_version(&me, &id, rotation("x"), None)
                .await
                .is_err()
        );
        remote.close();
    }
}

/// The same instance in a program that was started meanwhile.
fn served_again(served: &Served, cache: &Arc<InMemory>) -> Arc<Remote> {
    let iam = keyturn_iam::Settings {
        url: served.url.clone(),
        ..keyturn_iam::Settings::default()
    };
    let source = TokenSource::new(&iam, Zeroizing::new("ktk_any".to_owned())).unwrap();
    let settings = Settings {
        back_off: Duration::from_millis(20),
        ..Settings::new(&served.url)
    };
    let kind = ServiceKind::Keyturn {
        version: "1".into(),
    };
    let kept = Arc::clone(cache) as Arc<dyn Cache>;
    Remote::remembering(
        &settings,
        Access::Iam(Box::new(source)),
        Some(kind),
        Some(kept),
    )
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn removals_are_asked_for_there_by_who_may() {
    let served = Served::start().await;
    let manager = served.connect(Role::Manager, None).await;
    assert_eq!(manager.pending_removals(&me()).await.unwrap(), vec![]);
    let nobody = uuid::Uuid::new_v4().to_string();
    let tried = manager.retry_removal(&me(), &nobody).await;
    assert_eq!(tried.unwrap(), vec![], "it is done already");
    for id in [&nobody, "../secrets"] {
        let forgotten = manager.forget_removal(&me(), id).await;
        assert_eq!(forgotten.unwrap_err().code, Code::NotFound);
    }
    let reader = served.connect(Role::Reader, None).await;
    let told = reader.pending_removals(&me()).await;
    assert_eq!(told.unwrap(), vec![], "it does not ask in vain");
    let refused = reader.retry_removal(&me(), &nobody).await;
    assert_eq!(refused.unwrap_err().code, Code::Forbidden);
}

/// A certificate for `name` that signs itself, and its key.
fn certificate(name: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = |file: &str| folder.path().join(file).to_str().unwrap().to_owned();
    let (cert, key) = (file("cert.pem"), file("key.pem"));
    let made = std::process::Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ])
        .args([
            "-nodes", "-days", "2", "-subj", "/CN=test", "-out", &cert, "-keyout", &key,
        ])
        .args(["-addext", &format!("subjectAltName={name}")])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let read = |path| std::fs::read_to_string(path).unwrap();
    (read(cert), read(key))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_tls_name_is_not_trusted_and_no_credential_is_sent() {
    for (name, trusted) in [("DNS:elsewhere.example", false), ("IP:127.0.0.1", true)] {
        let (chain, key) = certificate(name);
        let tls = ServerCertificate::new(&chain, &key).unwrap();
        let served = Served::start_with(Some(tls)).await;
        let settings = Settings {
            authorities: vec![chain.into_bytes()],
            back_off: Duration::from_millis(5),
            ..Settings::new(&served.url)
        };
        // one that is refused, so that it tells whether it came there
        let access = Access::Token(Zeroizing::new("t.o.k".to_owned()));
        let remote = Remote::new(&settings, access).unwrap();
        let refused = remote
            .create_secret(&me(), new("any", text("s3cret")))
            .await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.code == Code::Unauthorized, trusted, "{refused:?}");
        assert!(
            trusted || refused.message.contains("not trusted"),
            "{refused:?}"
        );
    }
}
