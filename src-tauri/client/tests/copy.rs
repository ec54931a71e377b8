//! Copying secrets between a vault of this computer and a remote instance, which is a Keyturn server
//! over a vault of its own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::time::Duration;

use keyturn_api::copy::{
    CopyGroup, CopyOutcome, CopyReport, CopyRequest, CopySide, CopyWatch, run,
};
use keyturn_api::secret::{NewDetail, arbitrary, kv, username_password};
use keyturn_api::version::RotationInput;
use keyturn_api::{
    Caller, Code, Instance, Keys, NewApiKey, NewSecret, NewVersion, Plaintext, Role, Surface,
    VersionRef,
};
use keyturn_client::{Access, Remote, Settings};
use keyturn_iam::TokenSource;
use keyturn_server::{Api, Config, Listener, serve};
use keyturn_vault::{
    Clock, Home, NewVault, Sensitive, SystemClock, Vault, VaultKind, seal::KdfParams,
};

struct Own {
    vault: Arc<Vault>,
    _home: tempfile::TempDir,
}

fn own() -> Own {
    let home = tempfile::tempdir().unwrap();
    let new = NewVault {
        name: "Own".into(),
        kind: VaultKind::Local,
        keyring: false,
        passphrase: Some(Sensitive::from_string("correct horse battery".to_owned())),
        kdf: Some(KdfParams::FLOOR),
    };
    let folder = Home::at(home.path().join("home")).unwrap();
    let (vault, _) = folder.create(&new, Arc::new(SystemClock)).unwrap();
    Own { vault, _home: home }
}

fn me() -> Caller {
    Caller::owner("tester", Surface::Window)
}

/// Serves a vault, and connects to it.
async fn connect(vault: &Arc<Vault>, role: Role) -> Arc<Remote> {
    let api = Api::new(
        Arc::clone(vault) as _,
        Arc::clone(vault) as _,
        Config::default(),
    );
    let listener = Listener::bind("127.0.0.1:0".parse().unwrap(), None)
        .await
        .unwrap();
    let url = format!("http://{}", listener.address().unwrap());
    tokio::spawn(serve(api, listener, std::future::pending()));
    let new = NewApiKey {
        name: "copies".into(),
        role,
        groups: None,
        expires_at: None,
    };
    let made = vault.create_api_key(&me(), new).await.unwrap();
    let iam = keyturn_iam::Settings {
        url: url.clone(),
        ..keyturn_iam::Settings::default()
    };
    let source = TokenSource::new(&iam, made.secret.clone()).unwrap();
    let settings = Settings {
        back_off: Duration::from_millis(20),
        ..Settings::new(&url)
    };
    Remote::new(&settings, Access::Iam(Box::new(source))).unwrap()
}

struct Unwatched;

impl CopyWatch for Unwatched {
    fn progressed(&self, _: u32, _: u32) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}

async fn copied(
    from: &dyn Instance,
    to: &dyn Instance,
    id: &str,
    name: Option<&str>,
) -> keyturn_api::Result<CopyReport> {
    let me = me();
    let side = |instance| CopySide {
        instance,
        caller: &me,
        is_keyturn: true,
    };
    let request = CopyRequest {
        secret_id: id.into(),
        name: name.map(ToOwned::to_owned),
        group: CopyGroup::SameName,
    };
    run(
        side(from),
        side(to),
        &request,
        SystemClock.now(),
        &Unwatched,
    )
    .await
}

/// Bytes of each version, oldest first, with its metadata.
async fn history(vault: &Vault, id: &str) -> Vec<(Vec<u8>, String)> {
    let mut all = Vec::new();
    for view in vault.versions(&me(), id).await.unwrap() {
        let which = VersionRef::Id(view.metadata.id);
        let read = vault.version(&me(), id, &which).await.unwrap();
        let value = read.payload.unwrap().into_value();
        let metadata = view.metadata.version_custom_metadata.unwrap_or_default();
        let metadata = serde_json::to_string(&metadata).unwrap();
        all.push((value.bytes().to_vec(), metadata));
    }
    all
}

fn whole(name: &str, detail: NewDetail) -> NewSecret {
    NewSecret {
        name: name.into(),
        description: Some("Zugang – žluťoučký 🔑".into()),
        secret_group_id: "default".into(),
        labels: vec!["eu-de".into(), "two words".into()],
        custom_metadata: keyturn_api::parse_metadata("m", r#"{"größe":[1,{"π":3.5}]}"#).unwrap(),
        version_custom_metadata: keyturn_api::parse_metadata("m", r#"{"ticket":"ÖPS-1"}"#).unwrap(),
        reminder: None,
        detail,
    }
}

async fn made(vault: &Vault, name: &str, detail: NewDetail, then: Vec<RotationInput>) -> String {
    let made = vault.create_secret(&me(), whole(name, detail)).await;
    let id = made.unwrap().view.metadata.id;
    for (number, input) in (2..).zip(then) {
        let text = format!("{{\"ticket\":\"ÖPS-{number}\"}}");
        let new = NewVersion {
            custom_metadata: None,
            version_custom_metadata: keyturn_api::parse_metadata("m", &text).unwrap(),
            input,
        };
        vault.create_version(&me(), &id, new, None).await.unwrap();
    }
    id
}

fn arbitrary_values(values: Vec<Plaintext>) -> (NewDetail, Vec<RotationInput>) {
    let mut values = values.into_iter();
    let first = NewDetail::Arbitrary(arbitrary::New {
        payload: values.next().unwrap(),
        expiration_date: Some(SystemClock.now().plus_days(90)),
    });
    let rotation = |payload| RotationInput::Arbitrary(arbitrary::Rotation { payload });
    (first, values.map(rotation).collect())
}

fn object(text: &str) -> kv::Data {
    kv::Data::parse(&Plaintext::text(text.into())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_to_a_server_and_back_keeps_bytes_metadata_and_order() {
    let (own, served) = (own(), own());
    let remote = connect(&served.vault, Role::Manager).await;
    let bytes = |seed: u8| Plaintext::file(vec![0xff, seed, 0x00, 0x0a]);
    let (file, then) = arbitrary_values(vec![bytes(1), bytes(2), bytes(3)]);
    let file = made(&own.vault, "file", file, then).await;
    let texts = ["first ž\r\n", "", "third"].map(|text| Plaintext::text(text.into()));
    let (texts, then) = arbitrary_values(texts.into());
    let texts = made(&own.vault, "texts", texts, then).await;
    let first = NewDetail::Kv(kv::New {
        data: object(r#"{"z":1,"a":{"n":12345678901234567890123,"ü":"\u00fc"}}"#),
    });
    let next = RotationInput::Kv(kv::Rotation {
        data: object(r#"{"b":[null,true]}"#),
    });
    let map = made(&own.vault, "object", first, vec![next]).await;
    let login = NewDetail::UsernamePassword(username_password::New {
        username: "app-1".into(),
        password: Some(Plaintext::text("heslo ž 1".into())),
        expiration_date: None,
        rotation: keyturn_api::RotationPolicy::default(),
        password_generation_policy: username_password::PasswordGenerationPolicy {
            length: 40,
            exclude_characters: "lI".into(),
            ..Default::default()
        },
    });
    let password = RotationInput::UsernamePassword(username_password::Rotation {
        password: Some(Plaintext::text("heslo ž 2".into())),
        password_generation_policy: None,
    });
    let login = made(&own.vault, "login", login, vec![password]).await;

    for id in [file, texts, map, login] {
        let there = copied(&*own.vault, &*remote, &id, None).await.unwrap();
        assert_eq!(there.outcome, CopyOutcome::Checked);
        assert_eq!(there.differences, Vec::<String>::new());
        let there = there.secret_id.unwrap();
        let name = format!("{}-again", there_name(&served.vault, &there).await);
        let back = copied(&*remote, &*own.vault, &there, Some(&name))
            .await
            .unwrap();
        assert_eq!(back.outcome, CopyOutcome::Checked);
        let back = back.secret_id.unwrap();
        assert_eq!(
            history(&own.vault, &id).await,
            history(&own.vault, &back).await
        );
        let view = async |id: &str| own.vault.secret_metadata(&me(), id).await.unwrap();
        let (mine, copy) = (view(&id).await, view(&back).await);
        assert_eq!(mine.binary, copy.binary);
        assert_eq!(mine.metadata.description, copy.metadata.description);
        assert_eq!(mine.metadata.labels, copy.metadata.labels);
        assert_eq!(mine.metadata.custom_metadata, copy.metadata.custom_metadata);
        let detail = |view: &keyturn_api::SecretView| {
            serde_json::to_value(&view.metadata.detail).unwrap() // whole seconds
        };
        assert_eq!(detail(&mine), detail(&copy));
    }
    remote.close();
}

async fn there_name(vault: &Vault, id: &str) -> String {
    let view = vault.secret_metadata(&me(), id).await.unwrap();
    view.metadata.name
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_of_texts_and_files_is_told_by_the_current_version() {
    let (own, served) = (own(), own());
    let remote = connect(&served.vault, Role::Manager).await;
    let text = || Plaintext::text("plain text".into());
    let file = || Plaintext::file(vec![0xff, 0x00]);
    for (name, values) in [
        ("ends-as-file", [text(), file()]),
        ("ends-as-text", [file(), text()]),
    ] {
        let (first, then) = arbitrary_values(values.into());
        let id = made(&own.vault, name, first, then).await;
        let there = copied(&*own.vault, &*remote, &id, None).await.unwrap();
        assert_eq!(there.outcome, CopyOutcome::Checked);
        assert_eq!(there.differences, Vec::<String>::new());
        let there = there.secret_id.unwrap();
        let read = remote.secret(&me(), &there).await.unwrap();
        let current = read.payload.unwrap().into_value();
        let mine = own.vault.secret(&me(), &id).await.unwrap();
        assert_eq!(current.bytes(), mine.payload.unwrap().into_value().bytes());
    }
    remote.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_not_write_leaves_nothing_there() {
    let (own, served) = (own(), own());
    let remote = connect(&served.vault, Role::Reader).await;
    let (first, then) = arbitrary_values(vec![Plaintext::text("one".into())]);
    let id = made(&own.vault, "one", first, then).await;
    let refused = copied(&*own.vault, &*remote, &id, None).await.unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    assert_eq!(served.vault.secrets_total(), 0);
    remote.close();
}
