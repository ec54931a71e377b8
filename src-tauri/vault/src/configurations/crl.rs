//! Revocation lists: made with the authority, anew with each revocation, when asked for, and before
//! they end.

use keyturn_api::{Caller, Problem, Result, Timestamp};
use keyturn_pki::{
    PrivateKey, Serial,
    crl::{self, RevokedEntry},
    issue,
};
use uuid::Uuid;

use super::{
    authority::{self, seconds},
    catalogue,
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{ConfigurationRecord, CrlRecord, RevokedRecord},
    rotation::certificate::problem,
};

/// The list of a new authority, which is empty.
pub(super) fn first(
    vault: &Opened,
    record: &ConfigurationRecord,
    authority: &issue::Authority,
    now: Timestamp,
    write: &mut Write,
) -> Result<()> {
    let key = CrlRecord::key(record.id);
    let list = make(record, authority, CrlRecord::default(), now)?;
    write.expect(key.clone(), None);
    write.put(key, list.seal(vault.keys(), record.id));
    Ok(())
}

/// The list of an authority with another key: what the old key signed ends with its own list.
pub(super) fn restart(
    vault: &Opened,
    record: &ConfigurationRecord,
    key: &PrivateKey,
    now: Timestamp,
    write: &mut Write,
) -> Result<()> {
    let certificate = authority::own_certificate(record)?
        .ok_or_else(|| Problem::not_found("certificate of the authority"))?;
    let authority = issue::Authority::new(certificate, key).map_err(problem)?;
    let (list, revision) = match authority::crl(vault, record.id)? {
        Some((list, revision)) => (list, Some(revision)),
        None => (CrlRecord::default(), None),
    };
    let list = make(record, &authority, list, now)?;
    let key = CrlRecord::key(record.id);
    write.expect(key.clone(), revision);
    write.put(key, list.seal(vault.keys(), record.id));
    Ok(())
}

/// Puts the list anew, with another certificate on it if one is given.
pub(crate) fn renew(
    vault: &Opened,
    record: &ConfigurationRecord,
    revoked: Option<RevokedRecord>,
    now: Timestamp,
    write: &mut Write,
) -> Result<()> {
    let authority = authority::load(vault, record)?;
    let (mut list, revision) = match authority::crl(vault, record.id)? {
        Some((list, revision)) => (list, Some(revision)),
        None => (CrlRecord::default(), None),
    };
    if let Some(revoked) = revoked
        && !list.revoked.iter().any(|one| one.serial == revoked.serial)
    {
        list.revoked.push(revoked);
    }
    let list = make(record, &authority, list, now)?;
    let key = CrlRecord::key(record.id);
    write.expect(key.clone(), revision);
    write.put(key, list.seal(vault.keys(), record.id));
    Ok(())
}

fn make(
    record: &ConfigurationRecord,
    authority: &issue::Authority,
    list: CrlRecord,
    now: Timestamp,
) -> Result<CrlRecord> {
    let publishing = authority::made_from(record)?.publishing;
    let life = i64::try_from(publishing.crl_expiry.secs()).unwrap_or(i64::MAX);
    let start = seconds(now);
    let end = start.saturating_add(life);
    let number = list.number + 1;
    // A list that is turned off is still signed, and empty.
    let entries = list
        .revoked
        .iter()
        .filter(|_| !publishing.crl_disable)
        .map(|one| {
            Ok(RevokedEntry {
                serial: Serial::from_bytes(&one.serial)?,
                time: one.at,
                reason: None,
            })
        })
        .collect::<keyturn_pki::Result<Vec<_>>>()
        .map_err(problem)?;
    let made = crl::build(authority, &entries, u64::from(number), start, end).map_err(problem)?;
    Ok(CrlRecord {
        number,
        this_update: start.saturating_mul(1000),
        next_update: end.saturating_mul(1000),
        der: made.der().to_vec(),
        ..list
    })
}

/// The list of an authority, DER.
pub(crate) fn published(vault: &Opened, name: &str) -> Result<Vec<u8>> {
    let (catalogue, _) = catalogue(vault)?;
    let record = catalogue
        .authority(name)
        .ok_or_else(|| Problem::not_found("certificate authority"))?;
    let list = authority::crl(vault, record.id)?;
    list.map(|(list, _)| list.der)
        .ok_or_else(|| Problem::not_found("revocation list"))
}

/// Makes lists anew that are in the last quarter of their life. How many, and how many failed.
pub(crate) async fn renew_due(vault: &Opened, caller: &Caller) -> Result<(u32, u32)> {
    let now = vault.now();
    let (catalogue, _) = catalogue(vault)?;
    let (mut renewed, mut failed) = (0, 0);
    for record in catalogue
        .configurations
        .iter()
        .filter(|one| one.is_authority())
    {
        let Some((list, _)) = authority::crl(vault, record.id)? else {
            continue;
        };
        let life = list.next_update - list.this_update;
        let due = now.millis() >= list.next_update - life / 4;
        if !due || authority::check_signs(&catalogue, &record.name, now).is_err() {
            continue;
        }
        let verb = "configuration.renew-crl";
        let id = Uuid::from_bytes(record.id);
        let mut write = Write::new(Entry::of_schedule(verb, caller, id, now));
        let written = match renew(vault, record, None, now, &mut write) {
            Ok(()) => vault.write(write).await,
            Err(problem) => Err(WriteError::Failed(problem)),
        };
        match written {
            Ok(_) => renewed += 1,
            // another program was quicker
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(_)) => failed += 1,
        }
    }
    Ok((renewed, failed))
}
