//! `create_secret`: a secret and its first version, in one commit.

use std::sync::Arc;

use keyturn_api::{
    Action, Caller, Code, NewSecret, Plaintext, Problem, Result, Secret, SecretType, State, Target,
    Timestamp, secret::NewDetail,
};
use uuid::Uuid;

use super::read;
use crate::{
    acme,
    audit::Entry,
    due, groups, iam,
    opened::{Opened, Write, WriteError},
    records::{
        Change, ChangeKind, GroupsRecord, PolicyRecord, ReminderRecord, SecretRecord, VersionEntry,
        VersionRecord, make_serial, name_key, seal_value, value_key,
    },
    rotation::{
        self, Making,
        iam_credentials::{Kept, is_leased},
    },
    versions::set_binary,
};

pub(crate) async fn create(vault: &Arc<Opened>, caller: &Caller, new: NewSecret) -> Result<Secret> {
    caller.may(Action::SecretCreate)?;
    let now = vault.now();
    new.check(now)?;
    vault.require_recovery()?;
    let id = Uuid::new_v4();
    let NewDetail::IamCredentials(asked) = &new.detail else {
        return commit(vault, caller, id, new, None).await;
    };
    iam::check_creation(vault, caller, &new)?;
    let mut key = iam::first(vault, caller, id, &new.name, asked).await?;
    let made = commit(vault, caller, id, new, key.as_mut()).await;
    if let (Err(_), Some(key)) = (&made, key) {
        iam::give_up(vault, key).await;
    }
    made
}

/// Writes a new secret; `key`: the API key it starts with.
async fn commit(
    vault: &Arc<Opened>,
    caller: &Caller,
    id: Uuid,
    new: NewSecret,
    key: Option<&mut iam::Credential<'_>>,
) -> Result<Secret> {
    let now = vault.now();
    let group = new.secret_group_id.clone();
    let mut write = Write::new(Entry::new(Action::SecretCreate, caller, id, now));
    let Staged {
        record,
        value,
        rests_on,
    } = stage(vault, caller, id, new, key, &mut write)?;
    while let Err(error) = vault.write(write.clone()).await {
        match error {
            WriteError::Failed(problem) => return Err(problem),
            WriteError::Conflict => {
                if vault
                    .get(&name_key(vault.keys(), record.secret_type(), &record.name))?
                    .is_some()
                {
                    return Err(name_taken(&record.name));
                }
                if !rests_on.is_empty() && moved(vault, &rests_on)? {
                    return Err(WriteError::Conflict.into_problem());
                }
                // Somebody changed the groups: is ours still there?
                write.expect_again(GroupsRecord::KEY, groups::revision_with(vault, &group)?);
            }
        }
    }
    if record.secret_type() == SecretType::PublicCert {
        acme::first_step(vault, id).await;
    }
    let rules = rotation::of(record.secret_type())?;
    Ok(Secret {
        view: read::metadata(vault, caller, id)?,
        payload: value.map(|value| rules.payload(&record, value)),
    })
}

/// Fills a vault with many secrets, a thousand a commit: for benchmarks and tests of scale.
pub(crate) async fn seed(
    vault: &Opened,
    caller: &Caller,
    secrets: impl Iterator<Item = NewSecret>,
) -> Result<()> {
    caller.may(Action::SecretCreate)?;
    vault.require_recovery()?;
    let mut secrets = secrets.peekable();
    while secrets.peek().is_some() {
        let now = vault.now();
        let mut write = Write::new(Entry::new(Action::SecretCreate, caller, vault.id(), now));
        for new in secrets.by_ref().take(1000) {
            new.check(now)?;
            stage(vault, caller, Uuid::new_v4(), new, None, &mut write)?;
        }
        vault.write(write).await.map_err(WriteError::into_problem)?;
    }
    Ok(())
}

/// Puts everything about a new secret into a write: the claim on its name, its record, its first
/// version.
fn stage(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    new: NewSecret,
    key: Option<&mut iam::Credential<'_>>,
    write: &mut Write,
) -> Result<Staged> {
    let now = vault.now();
    if !caller.reaches(&new.secret_group_id) {
        return Err(groups::unknown());
    }
    let group = groups::join(vault, &new.secret_group_id, write)?;
    let secret_type = new.detail.secret_type();
    let making = Making {
        vault,
        id,
        group: &new.secret_group_id,
        now,
    };
    let mut made = rotation::of(secret_type)?.make(&making, new.detail)?;
    let credential = key.as_ref().map(|key| key.entry.clone());
    if let Some(key) = key {
        iam::confirm(vault, key, write);
        made.expires_at = Some(Timestamp::from_millis(key.entry.expires_at));
        made.value = key.value.take();
    }
    let millis = now.millis();
    let mut record = SecretRecord {
        name: new.name,
        secret_type: secret_type.name().to_owned(),
        group: *group.as_bytes(),
        description: new.description.filter(|text| !text.is_empty()),
        labels: new.labels,
        state: State::PreActivation.number(), // until there is a value
        created_by: caller.id.clone(),
        created_at: millis,
        updated_at: millis,
        custom_metadata: new.custom_metadata.and_then(kept_metadata),
        expires_at: made.expires_at.map(Timestamp::millis),
        versions: Vec::new(),
        last_change: Change {
            kind: ChangeKind::Created,
            by: caller.id.clone(),
            at: millis,
            fields: None,
        },
        rotated_at: millis,
        binary: false,
        detail: made.detail,
        locks: None,
        policy: PolicyRecord::of(made.policy),
        reminder: new.reminder.map(ReminderRecord::from),
        counted_from: None,
        expiry_seen: None,
        search: None,
        request_key: None,
        renew_at: None,
        renew_why: None,
    };
    if let Some(key) = &credential {
        record.detail = Kept::read(&record)?.with(Some(key)).encode();
    }
    due::check_plan(&record, true, now)?;
    made.also.join(write);
    if let Some(certificate) = &made.certificate {
        record.note_certificate(certificate, millis);
    }
    let keys = vault.keys();
    if let Some(key) = &made.request_key {
        record.put_request_key(keys, id, key, write);
    }
    let version_metadata = new.version_custom_metadata.and_then(kept_metadata);
    if let Some(mut order) = made.order {
        order.version_custom_metadata.clone_from(&version_metadata);
        for (key, sealed) in order.rows(keys, id) {
            write.put(key, sealed);
        }
    }
    // where each reader gets a key of its own, there is a version without a value
    let leased = is_leased(&record).then(|| Plaintext::text(String::new()));
    if let Some(value) = made.value.as_ref().or(leased.as_ref()) {
        let serial = make_serial(now);
        set_binary(&mut record, value.is_binary())?;
        record.state = State::Active.number();
        let version = VersionRecord {
            custom_metadata: version_metadata,
            certificate: made.certificate,
            credential,
            ..VersionRecord::make(caller, value, now)
        };
        record.versions.push(VersionEntry {
            number: 1,
            serial,
            has_value: leased.is_none(),
        });
        write.put(VersionRecord::key(&serial), version.seal(keys, id, 1));
        if leased.is_none() {
            write.put(value_key(&serial), seal_value(keys, id, 1, value));
        }
    }
    put(vault, id, &record, write);
    Ok(Staged {
        record,
        value: made.value,
        rests_on: made.also.expect,
    })
}

/// Puts the record of a new secret, and the claim on its name.
fn put(vault: &Opened, id: Uuid, record: &SecretRecord, write: &mut Write) {
    let claim = name_key(vault.keys(), record.secret_type(), &record.name);
    write.expect(claim.clone(), None);
    write.put(claim, Vec::new());
    write.put(SecretRecord::key(id), record.seal(vault.keys(), id));
    write.index_put(id, record);
}

/// A new secret whose rows are in a write.
struct Staged {
    record: SecretRecord,
    value: Option<Plaintext>,
    /// Rows that its value rests on.
    rests_on: Vec<(Vec<u8>, Option<u64>)>,
}

/// Whether any of these rows is another one by now.
fn moved(vault: &Opened, rows: &[(Vec<u8>, Option<u64>)]) -> Result<bool> {
    for (key, revision) in rows {
        if vault.get(key)?.map(|row| row.revision) != *revision {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The name is claimed by another secret of the type.
pub(crate) fn name_taken(name: &str) -> Problem {
    Problem::new(
        Code::NameTaken,
        format!("A secret with the same name already exists: {name}"),
    )
    .at(Target::field("name"))
    .remedy("Choose another name, or rotate the secret that has it.")
}

/// Metadata as it is kept; an empty object is none.
pub(crate) fn kept_metadata(map: keyturn_api::Metadata) -> Option<String> {
    (!map.is_empty()).then(|| serde_json::Value::Object(map).to_string())
}
