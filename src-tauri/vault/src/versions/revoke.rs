//! `private_cert_action_revoke_certificate`: the certificate of a version goes onto the revocation
//! list of the authority that signed it, in one commit with what is noted of it.

use keyturn_api::{Action, Caller, Code, Problem, Result, SecretType, Timestamp, VersionRef, lock};
use keyturn_pki::Serial;
use uuid::Uuid;

use super::{Located, check_active, load, locate};
use crate::{
    audit::Entry,
    configurations::{self, authority::seconds, crl},
    opened::{Opened, Write, WriteError},
    records::{
        CatalogueRecord, Change, ChangeKind, ConfigurationRecord, Generation, REVOKED,
        RevokedRecord, SecretRecord, VersionRecord,
    },
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
            return Err(Problem::field(
                "action_type",
                "Only private certificates can be revoked.",
            ));
        }
        check_active(&record, now)?;
        let located = locate(vault, id, &record, version)?;
        let note = located.record.certificate.as_ref();
        if let Some(at) = note.and_then(|note| note.revoked_at) {
            return Ok(Timestamp::from_millis(at));
        }
        let revoking = Revoking::of(vault, &record, now)?;
        let revoking = revoking.ok_or_else(|| Problem::not_found("private certificate"))?;
        let (serial, authority, generation) = revoking.check(&located)?;
        let mut write = Write::new(Entry::new(action, caller, id, now));
        write.expect(SecretRecord::key(id), Some(found.revision));
        let revoked = RevokedRecord {
            serial: serial.as_bytes().to_vec(),
            at: seconds(now),
        };
        crl::renew(vault, authority, generation, Some(revoked), now, &mut write)?;
        // a version that was restored has the certificate of the one it was restored from
        let same = located.record.certificate.map(|note| note.serial_number);
        for entry in record.versions.clone() {
            let mut one = load(vault, id, &entry)?.record;
            let Some(note) = one.certificate.as_mut() else {
                continue;
            };
            if Some(&note.serial_number) != same.as_ref() {
                continue;
            }
            note.revoked_at = Some(now.millis());
            let sealed = one.seal(vault.keys(), id, entry.number);
            write.put(VersionRecord::key(&entry.serial), sealed);
            if record.current() == Some(&entry) {
                record.detail = rotation::of(record.secret_type())?.revoked(&record, now)?;
            }
        }
        record.updated_at = now.millis();
        record.last_change = Change {
            kind: ChangeKind::Edited,
            by: caller.id.clone(),
            at: now.millis(),
            fields: Some(vec!["revocation".to_owned()]),
        };
        let keys = vault.keys();
        write.put(SecretRecord::key(id), record.seal(keys, id));
        write.index_put(id, &record);
        match vault.write(write).await {
            Ok(_) => return Ok(now),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// Decides whether the certificate of a version can be revoked.
pub(super) struct Revoking<'a> {
    catalogue: CatalogueRecord,
    secret: &'a SecretRecord,
    now: Timestamp,
}

impl<'a> Revoking<'a> {
    /// None for what is no private certificate.
    pub(super) fn of(
        vault: &Opened,
        secret: &'a SecretRecord,
        now: Timestamp,
    ) -> Result<Option<Self>> {
        if secret.secret_type() != SecretType::PrivateCert {
            return Ok(None);
        }
        let (catalogue, _) = configurations::catalogue(vault)?;
        Ok(Some(Self {
            catalogue,
            secret,
            now,
        }))
    }

    /// Its serial number, the authority whose list it goes onto, and the key that signed it.
    pub(super) fn check(
        &self,
        located: &Located,
    ) -> Result<(Serial, &ConfigurationRecord, Generation<'_>)> {
        check_active(self.secret, self.now)?;
        let note = located.record.certificate.as_ref();
        let note = note.ok_or_else(|| Problem::not_found("certificate"))?;
        if note.revoked_at.is_some() {
            return Err(Problem::new(Code::WrongState, REVOKED));
        }
        if self.secret.locks_on(located.entry.number) > 0 {
            return Err(lock::locked().remedy("Remove its locks first. Nothing was changed."));
        }
        let serial = note
            .serial()
            .ok_or_else(|| Problem::not_found("serial number of the certificate"))?;
        let found = note
            .signed_by
            .and_then(|key_id| self.catalogue.by_key(key_id));
        let (authority, generation) = found.ok_or_else(|| {
            Problem::new(
                Code::WrongState,
                "The certificate authority that signed it is not there any more, so it cannot be \
                 put on its list.",
            )
            .remedy("Tell whoever relies on this certificate not to trust it.")
        })?;
        Ok((serial, authority, generation))
    }
}
