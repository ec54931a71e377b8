//! `private_cert_action_revoke_certificate`: the certificate of a version goes onto the revocation
//! list of the authority that signed it, in one commit with what is noted of it.

use keyturn_api::{Action, Caller, Code, Problem, Result, SecretType, Timestamp, VersionRef, lock};
use uuid::Uuid;

use super::{check_active, locate, read::open_payload};
use crate::{
    audit::Entry,
    configurations::{self, authority::seconds, crl},
    opened::{Opened, Write, WriteError},
    records::{Change, ChangeKind, RevokedRecord, SecretRecord, VersionRecord},
    rotation, secrets,
};

pub(crate) async fn revoke(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
) -> Result<Timestamp> {
    let action = if *version == VersionRef::CURRENT {
        Action::SecretActionCreate
    } else {
        Action::SecretVersionActionCreate
    };
    caller.may(action)?;
    vault.require_recovery()?;
    loop {
        let now = vault.now();
        let found = secrets::find(vault, caller, id)?;
        let mut record = found.record;
        if record.secret_type() != SecretType::PrivateCert {
            return Err(Problem::new(
                Code::NotSupported,
                "Only private certificates can be revoked.",
            ));
        }
        check_active(&record, now)?;
        let mut located = locate(vault, id, &record, version)?;
        if record.locks_on(located.entry.number) > 0 {
            return Err(lock::locked().remedy("Remove its locks first. Nothing was changed."));
        }
        let note = located.record.certificate.as_mut();
        let note = note.ok_or_else(|| Problem::not_found("certificate"))?;
        if let Some(at) = note.revoked_at {
            return Ok(Timestamp::from_millis(at));
        }
        note.revoked_at = Some(now.millis());
        let value = open_payload(vault, id, &located.entry)?;
        let (authority, serial) = rotation::signed_by(&value)
            .ok_or_else(|| Problem::not_found("authority of the certificate"))?;
        let (catalogue, _) = configurations::catalogue(vault)?;
        let authority = catalogue.authority(&authority).ok_or_else(|| {
            Problem::new(
                Code::WrongState,
                format!(
                    "The certificate authority \"{authority}\" that signed it is not there any more, \
                     so it cannot be put on its list."
                ),
            )
            .remedy("Tell whoever relies on this certificate not to trust it.")
        })?;
        let mut write = Write::new(Entry::new(action, caller, id, now));
        write.expect(SecretRecord::key(id), Some(found.revision));
        let revoked = RevokedRecord {
            serial: serial.as_bytes().to_vec(),
            at: seconds(now),
        };
        crl::renew(vault, authority, Some(revoked), now, &mut write)?;
        let is_current = record.current() == Some(&located.entry);
        if is_current {
            record.detail = rotation::of(record.secret_type())?.revoked(&record, now)?;
        }
        record.updated_at = now.millis();
        record.last_change = Change {
            kind: ChangeKind::Edited,
            by: caller.id.clone(),
            at: now.millis(),
            fields: Some(vec!["revocation".to_owned()]),
        };
        let keys = vault.keys();
        let serial = located.entry.serial;
        write.put(
            VersionRecord::key(&serial),
            located.record.seal(keys, id, located.entry.number),
        );
        write.put(SecretRecord::key(id), record.seal(keys, id));
        write.index_put(id, &record);
        match vault.write(write).await {
            Ok(_) => return Ok(now),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
