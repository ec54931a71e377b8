//! Copying secrets from one vault to another, and back.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod desk;
mod openssl;

use std::sync::Mutex;

use authority::desk_of_today;
use desk::{Desk, create, owner, rotation_by, secret_of, value};
use keyturn_api::copy::{
    CopyGroup, CopyOutcome, CopyPlan, CopyReport, CopyRequest, CopySide, CopyWatch, plan, run,
};
use keyturn_api::secret::{Detail, NewDetail, arbitrary, imported_cert, kv, username_password};
use keyturn_api::version::RotationInput;
use keyturn_api::{
    Caller, Code, Instance, IntervalUnit, NewSecret, NewSecretGroup, NewVersion, Plaintext, Result,
    RotationPolicy, SecretMetadata, SecretType, SecretView, VersionRef, VersionView,
};
use keyturn_vault::{Clock, Vault, wait};
use openssl::OpenSsl;

/// Counts, and does something when so many versions are there.
struct Watching<'a> {
    at: u32,
    act: &'a (dyn Fn() + Sync),
    cancels: bool,
    seen: Mutex<Vec<(u32, u32)>>,
}

impl Watching<'_> {
    fn quietly() -> Self {
        Self {
            at: u32::MAX,
            act: &|| {},
            cancels: false,
            seen: Mutex::default(),
        }
    }
}

impl CopyWatch for Watching<'_> {
    fn progressed(&self, done: u32, total: u32) {
        self.seen.lock().unwrap().push((done, total));
        if done == self.at {
            (self.act)();
        }
    }

    fn is_cancelled(&self) -> bool {
        let seen = self.seen.lock().unwrap();
        self.cancels && seen.last().is_some_and(|(done, _)| done + 1 >= self.at)
    }
}

fn request(id: &str) -> CopyRequest {
    CopyRequest {
        secret_id: id.into(),
        name: None,
        group: CopyGroup::SameName,
    }
}

fn side<'a>(vault: &'a Vault, caller: &'a Caller) -> CopySide<'a> {
    CopySide {
        instance: vault,
        caller,
        is_keyturn: true,
    }
}

fn planned(from: &Desk, to: &Vault, request: &CopyRequest) -> CopyPlan {
    let me = owner();
    let now = from.clock.now();
    wait(plan(side(&from.vault, &me), side(to, &me), request, now)).unwrap()
}

fn copied(
    from: &Desk,
    to: &Vault,
    request: &CopyRequest,
    watch: &dyn CopyWatch,
) -> Result<CopyReport> {
    let me = owner();
    let now = from.clock.now();
    wait(run(
        side(&from.vault, &me),
        side(to, &me),
        request,
        now,
        watch,
    ))
}

/// Copies, and gives the id of the copy, which must be a whole one.
fn copy(from: &Desk, to: &Vault, request: &CopyRequest) -> String {
    let receipt = copied(from, to, request, &Watching::quietly()).unwrap();
    assert_eq!(receipt.outcome, CopyOutcome::Checked);
    assert_eq!(receipt.differences, Vec::<String>::new());
    assert!(receipt.versions.iter().all(|version| version.kept));
    receipt.secret_id.unwrap()
}

fn view(vault: &Vault, id: &str) -> SecretView {
    wait(vault.secret_metadata(&owner(), id)).unwrap()
}

fn versions(vault: &Vault, id: &str) -> Vec<VersionView> {
    wait(vault.versions(&owner(), id)).unwrap()
}

/// Bytes and metadata of each version, oldest first.
fn history(vault: &Vault, id: &str) -> Vec<(Vec<u8>, bool, String)> {
    let read = |view: VersionView| {
        let which = VersionRef::Id(view.metadata.id);
        let version = wait(vault.version(&owner(), id, &which)).unwrap();
        let value = version.payload.unwrap().into_value();
        let metadata = view.metadata.version_custom_metadata.unwrap_or_default();
        let metadata = serde_json::to_string(&metadata).unwrap();
        (value.bytes().to_vec(), value.is_binary(), metadata)
    };
    versions(vault, id).into_iter().map(read).collect()
}

/// What stays the same of a secret's metadata.
fn lasting(mut metadata: SecretMetadata) -> serde_json::Value {
    metadata.labels.sort();
    let all = serde_json::to_value(&metadata).unwrap();
    let own = [
        "id",
        "crn",
        "created_at",
        "updated_at",
        "retrieved_at",
        "secret_group_id",
        "next_rotation_date",
        "downloaded",
    ];
    let mut all = all.as_object().unwrap().clone();
    for name in &own {
        all.remove(*name);
    }
    all.into()
}

fn same(one: (&Vault, &str), other: (&Vault, &str)) {
    assert_eq!(
        lasting(view(one.0, one.1).metadata),
        lasting(view(other.0, other.1).metadata)
    );
    assert_eq!(view(one.0, one.1).reminder, view(other.0, other.1).reminder);
    assert_eq!(history(one.0, one.1), history(other.0, other.1));
}

fn object(text: &str) -> keyturn_api::Metadata {
    keyturn_api::parse_metadata("m", text).unwrap().unwrap()
}

fn whole(name: &str, detail: NewDetail) -> NewSecret {
    NewSecret {
        description: Some("Zugang zur Datenbank – žluťoučký 🔑".into()),
        labels: vec!["eu-de".into(), "two words".into()],
        custom_metadata: Some(object(r#"{"größe":[1,{"π":3.5}],"日本":null}"#)),
        version_custom_metadata: Some(object(r#"{"ticket":"ÖPS-1"}"#)),
        ..secret_of(name, detail)
    }
}

fn rotate(desk: &Desk, id: &str, input: RotationInput, number: u32) {
    let new = NewVersion {
        version_custom_metadata: Some(object(&format!("{{\"ticket\":\"ÖPS-{number}\"}}"))),
        ..rotation_by(input)
    };
    wait(desk.vault.create_version(&owner(), id, new, None)).unwrap();
}

fn made(desk: &Desk, new: NewSecret) -> String {
    let made = wait(desk.vault.create_secret(&owner(), new)).unwrap();
    made.view.metadata.id
}

/// Four versions, texts and files in turns.
fn arbitrary_secret(desk: &Desk, name: &str) -> String {
    let detail = NewDetail::Arbitrary(arbitrary::New {
        payload: Plaintext::text("první ž\r\n\n".into()),
        expiration_date: Some(desk.clock.now().plus_days(90)),
    });
    let mut new = whole(name, detail);
    new.reminder = serde_json::from_str(r#"{"every_days": 30}"#).unwrap();
    let id = made(desk, new);
    let values = [
        Plaintext::file(vec![0xff, 0x00, 0x0a, 0x80]),
        Plaintext::text("abcd".into()),
        Plaintext::file((0..=255).cycle().take(70_000).collect()),
    ];
    for (number, payload) in (2..).zip(values) {
        let input = RotationInput::Arbitrary(arbitrary::Rotation { payload });
        rotate(desk, &id, input, number);
    }
    id
}

fn there_and_back(desk: &Desk, id: &str) -> String {
    let other = desk_of_today();
    let there = copy(desk, &other.vault, &request(id));
    same((&desk.vault, id), (&other.vault, &there));
    let name = view(&desk.vault, id).metadata.name;
    let again = CopyRequest {
        name: Some(format!("{name}-again")),
        ..request(&there)
    };
    let back = copy(&other, &desk.vault, &again);
    assert_eq!(history(&desk.vault, id), history(&desk.vault, &back));
    back
}

#[test]
fn an_arbitrary_secret_keeps_bytes_metadata_and_order_there_and_back() {
    let desk = desk_of_today();
    let id = arbitrary_secret(&desk, "file");
    let back = there_and_back(&desk, &id);
    let (mine, copy) = (view(&desk.vault, &id), view(&desk.vault, &back));
    assert_eq!(mine.metadata.labels.len(), 3, "the label of a file as well");
    assert_eq!(mine.reminder.unwrap().every_days, 30);
    assert_eq!(copy.reminder, mine.reminder);
    assert_eq!(copy.metadata.detail, mine.metadata.detail, "with its end");
    let numbers: Vec<_> = versions(&desk.vault, &back)
        .iter()
        .map(|view| view.number)
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[test]
fn objects_and_passwords_keep_digits_policies_and_order() {
    let desk = desk_of_today();
    let data = |text: &str| kv::Data::parse(&Plaintext::text(text.into())).unwrap();
    let first = data(r#"{"z":1,"a":{"n":12345678901234567890123.50,"ü":"\u00fc"}}"#);
    let id = made(
        &desk,
        whole("object", NewDetail::Kv(kv::New { data: first })),
    );
    let second = data(r#"{"b":[null,true]}"#);
    rotate(
        &desk,
        &id,
        RotationInput::Kv(kv::Rotation { data: second }),
        2,
    );
    there_and_back(&desk, &id);

    let login = NewDetail::UsernamePassword(username_password::New {
        username: "app-1".into(),
        password: Some(Plaintext::text("heslo ž 1".into())),
        expiration_date: None,
        rotation: RotationPolicy {
            auto_rotate: true,
            interval: Some(2),
            unit: Some(IntervalUnit::Month),
            rotate_keys: None,
        },
        password_generation_policy: username_password::PasswordGenerationPolicy {
            length: 40,
            exclude_characters: "lI".into(),
            ..Default::default()
        },
    });
    let id = made(&desk, whole("login", login));
    for number in 2..=3 {
        let password = Plaintext::text(format!("heslo ž {number}"));
        let input = RotationInput::UsernamePassword(username_password::Rotation {
            password: Some(password),
            password_generation_policy: None,
        });
        rotate(&desk, &id, input, number);
    }
    let plan = planned(&desk, &desk_of_today().vault, &request(&id));
    assert!(
        plan.notes[0].contains("rotation policy"),
        "{:?}",
        plan.notes
    );
    there_and_back(&desk, &id);
}

#[test]
fn certificates_become_imported_ones() {
    let (desk, other, ssl) = (desk_of_today(), desk_of_today(), OpenSsl::new());
    ssl.authorities();
    let given = |name: &str, key: bool| {
        ssl.leaf(name, "one.example", 90);
        imported_cert::Rotation::new(
            ssl.read(&format!("{name}.pem")),
            Some(ssl.read("middle.pem")),
            key.then(|| Plaintext::text(ssl.read(&format!("{name}.key")))),
        )
    };
    let first = NewDetail::ImportedCert(imported_cert::New::Given(given("one", true)));
    let id = made(&desk, whole("web", first));
    rotate(
        &desk,
        &id,
        RotationInput::ImportedCert(given("two", false)),
        2,
    );
    there_and_back(&desk, &id);

    let vault = &desk.vault;
    authority::root(vault, "root");
    authority::intermediate(vault, "middle", Some("root"));
    authority::template(vault, "web", "middle", authority::rules(&["example.com"]));
    let id = authority::issue(vault, "inner", authority::new("web", "a.example.com")).unwrap();
    authority::rotate(vault, &id, None).unwrap();
    let receipt = copied(&desk, &other.vault, &request(&id), &Watching::quietly()).unwrap();
    assert_eq!(receipt.outcome, CopyOutcome::Checked);
    let there = receipt.secret_id.unwrap();
    let copy = view(&other.vault, &there).metadata;
    let Detail::ImportedCert(detail) = copy.detail else {
        panic!("{:?}", copy.detail);
    };
    assert!(detail.private_key_included && detail.intermediate_included);
    assert_eq!(receipt.versions.len(), 2);
    let plan = planned(&desk, &desk_of_today().vault, &request(&id));
    assert_eq!(plan.secret_type, SecretType::ImportedCert);
    assert!(plan.notes[0].contains("imported certificate"));
}

#[test]
fn a_request_whose_key_stays_is_refused() {
    let (desk, other) = (desk_of_today(), desk_of_today());
    let request_of = imported_cert::ManagedCsr {
        common_name: Some("one.example".into()),
        ..Default::default()
    };
    let managed = imported_cert::New::Managed(Box::new(request_of));
    let id = made(&desk, whole("csr", NewDetail::ImportedCert(managed)));
    let problem = copied(&desk, &other.vault, &request(&id), &Watching::quietly()).unwrap_err();
    assert_eq!(problem.code, Code::NotSupported);
    assert!(problem.message.contains("private key"), "{problem:?}");
    assert!(
        planned(&desk, &other.vault, &request(&id))
            .hindrance
            .is_some()
    );
}

#[test]
fn a_taken_name_is_told_with_one_that_is_free() {
    let (desk, other) = (Desk::new(), Desk::new());
    let id = create(&desk.vault, "db", "one");
    create(&other.vault, "db", "theirs");
    create(&other.vault, "db-copy", "theirs");
    let plan = planned(&desk, &other.vault, &request(&id));
    let problem = plan.hindrance.unwrap();
    assert_eq!(problem.code, Code::NameTaken);
    assert!(problem.message.contains("db"));
    assert_eq!(plan.suggested_name.as_deref(), Some("db-copy-2"));
    let refused = copied(&desk, &other.vault, &request(&id), &Watching::quietly());
    assert_eq!(refused.unwrap_err().code, Code::NameTaken);
    let renamed = CopyRequest {
        name: plan.suggested_name,
        ..request(&id)
    };
    let there = copy(&desk, &other.vault, &renamed);
    assert_eq!(view(&other.vault, &there).metadata.name, "db-copy-2");
    assert_eq!(value(&other.vault, &there, "current").unwrap(), "one");
}

#[test]
fn groups_are_found_by_name_and_created_if_wished() {
    let (desk, other) = (Desk::new(), Desk::new());
    let group = |vault: &Vault, name: &str| {
        let new = NewSecretGroup {
            name: name.into(),
            description: None,
        };
        let made = wait(vault.create_secret_group(&owner(), new)).unwrap();
        made.group.id
    };
    let here = group(&desk.vault, "team");
    let mut new = secret_of("a1", text("x"));
    new.secret_group_id = here;
    let id = made(&desk, new);
    let plan = planned(&desk, &other.vault, &request(&id));
    assert_eq!(
        (plan.group.name.as_str(), plan.source_group.as_str()),
        ("default", "team")
    );
    let created = CopyRequest {
        group: CopyGroup::New {
            name: "team".into(),
        },
        ..request(&id)
    };
    let receipt = copied(&desk, &other.vault, &created, &Watching::quietly()).unwrap();
    assert_eq!(receipt.created_group.as_deref(), Some("team"));
    let there = wait(other.vault.secret_groups(&owner())).unwrap();
    let team = there.iter().find(|view| view.group.name == "team").unwrap();
    let copy = view(&other.vault, &receipt.secret_id.unwrap()).metadata;
    assert_eq!(copy.secret_group_id, team.group.id);
    let plan = planned(&desk, &other.vault, &request(&id));
    assert_eq!(plan.group.id.as_ref(), Some(&team.group.id));
    let gone = CopyRequest {
        group: CopyGroup::Existing {
            id: uuid::Uuid::new_v4().to_string(),
        },
        name: Some("a2".into()),
        ..request(&id)
    };
    let hindrance = planned(&desk, &other.vault, &gone).hindrance.unwrap();
    assert_eq!(hindrance.target.unwrap().name, "group");
}

fn text(value: &str) -> NewDetail {
    NewDetail::Arbitrary(arbitrary::New {
        payload: Plaintext::text(value.into()),
        expiration_date: None,
    })
}

#[test]
fn a_failure_in_the_middle_tells_what_is_there_and_it_can_be_removed() {
    let (desk, other) = (desk_of_today(), desk_of_today());
    let id = arbitrary_secret(&desk, "file");
    let close = || other.vault.close();
    let watch = Watching {
        at: 2,
        act: &close,
        ..Watching::quietly()
    };
    let receipt = copied(&desk, &other.vault, &request(&id), &watch).unwrap();
    let CopyOutcome::Failed { problem } = &receipt.outcome else {
        panic!("{receipt:?}");
    };
    assert_eq!(problem.code, Code::VaultLocked);
    assert_eq!((receipt.versions.len(), receipt.planned_total), (2, 4));
    let there = receipt.secret_id.unwrap();
    let other = other.again();
    assert_eq!(history(&other, &there), history(&desk.vault, &id)[..2]);
    wait(other.delete_secret(&owner(), &there, None)).unwrap();
    assert_eq!(other.secrets_total(), 0);
}

#[test]
fn a_copy_can_be_ended_between_two_versions() {
    let (desk, other) = (desk_of_today(), desk_of_today());
    let id = arbitrary_secret(&desk, "file");
    let watch = Watching {
        at: 3,
        cancels: true,
        ..Watching::quietly()
    };
    let receipt = copied(&desk, &other.vault, &request(&id), &watch).unwrap();
    assert_eq!(receipt.outcome, CopyOutcome::Cancelled);
    assert_eq!(receipt.versions.len(), 3);
    assert_eq!(*watch.seen.lock().unwrap(), [(0, 4), (1, 4), (2, 4)]);
    assert_eq!(versions(&other.vault, &receipt.secret_id.unwrap()).len(), 3);
    assert_eq!(view(&desk.vault, &id).metadata.versions_total, 4);
}
