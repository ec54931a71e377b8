//! Revocation lists: made with the authority, anew with each revocation, when asked for, and before
//! they end.

use keyturn_api::{Caller, Problem, Result, Timestamp};
use keyturn_pki::{
    Part, Serial,
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
    policy::is_ahead,
    records::{ConfigurationRecord, CrlRecord, Generation, RevokedRecord},
    rotation::certificate::{problem, read_certificates},
};

/// The list of a new key, which is empty.
pub(super) fn first(
    vault: &Opened,
    record: &ConfigurationRecord,
    authority: &issue::Authority,
    now: Timestamp,
    write: &mut Write,
) -> Result<()> {
    let key_id = record.present().key_id;
    let list = make(record, authority, CrlRecord::default(), now)?;
    let key = CrlRecord::key(key_id);
    write.expect(key.clone(), None);
    write.put(key, list.seal(vault.keys(), key_id));
    Ok(())
}

/// Puts the list of a key anew, with another certificate on it if one is given.
pub(crate) fn renew(
    vault: &Opened,
    record: &ConfigurationRecord,
    generation: Generation<'_>,
    revoked: Option<RevokedRecord>,
    now: Timestamp,
    write: &mut Write,
) -> Result<()> {
    let authority = vault.signers.get(vault, generation, Vec::new())?;
    let (mut list, revision) = match authority::crl(vault, generation.key_id)? {
        Some((list, revision)) => (list, Some(revision)),
        None => (CrlRecord::default(), None),
    };
    if let Some(revoked) = revoked
        && !list.revoked.iter().any(|one| one.serial == revoked.serial)
    {
        list.revoked.push(revoked);
    }
    let list = make(record, &authority, list, now)?;
    let key = CrlRecord::key(generation.key_id);
    write.expect(key.clone(), revision);
    write.put(key, list.seal(vault.keys(), generation.key_id));
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

/// The lists of an authority, DER: that of its present key first, then those of earlier keys whose
/// certificates still live.
pub(crate) fn published(vault: &Opened, name: &str) -> Result<Vec<Vec<u8>>> {
    let (catalogue, _) = catalogue(vault)?;
    let record = catalogue
        .authority(name)
        .ok_or_else(|| Problem::not_found("certificate authority"))?;
    let mut lists = Vec::new();
    for generation in record.generations() {
        let list = authority::crl(vault, generation.key_id)?;
        if generation.key_id == record.present().key_id || lives(generation, vault.now())? {
            lists.extend(list.map(|(list, _)| list.der));
        }
    }
    if lists.is_empty() {
        return Err(Problem::not_found("revocation list"));
    }
    Ok(lists)
}

/// Whether the certificate of a key has not expired.
pub(super) fn lives(generation: Generation<'_>, now: Timestamp) -> Result<bool> {
    let Some(text) = generation.certificate else {
        return Ok(false);
    };
    let certificates = read_certificates(Part::Certificate, text)?;
    let end = certificates.first().map(|one| one.validity().1);
    Ok(end.is_some_and(|end| end >= seconds(now)))
}

/// Makes lists anew that are in the last quarter of their life, or from a time that has not come.
/// How many, and how many failed: one that fails keeps no other from it.
pub(crate) async fn renew_due(vault: &Opened, caller: &Caller) -> Result<(u32, u32)> {
    let (catalogue, _) = catalogue(vault)?;
    let (mut renewed, mut failed) = (0, 0);
    let authorities = catalogue.configurations.iter();
    for record in authorities.filter(|one| one.is_authority()) {
        for generation in record.generations() {
            match renew_one(vault, caller, record, generation).await {
                Ok(true) => renewed += 1,
                Ok(false) => {}
                Err(_) => failed += 1,
            }
        }
    }
    Ok((renewed, failed))
}

async fn renew_one(
    vault: &Opened,
    caller: &Caller,
    record: &ConfigurationRecord,
    generation: Generation<'_>,
) -> Result<bool> {
    let now = vault.now();
    let Some((list, _)) = authority::crl(vault, generation.key_id)? else {
        return Ok(false);
    };
    let life = list.next_update - list.this_update;
    // made by a clock that was ahead, it would not be in force for as long
    let early = is_ahead(Timestamp::from_millis(list.this_update), now);
    let due = early || now.millis() >= list.next_update - life / 4;
    if !due || !lives(generation, now)? {
        return Ok(false);
    }
    let verb = "configuration.renew-crl";
    let id = Uuid::from_bytes(record.id);
    let mut write = Write::new(Entry::of_schedule(verb, caller, id, now));
    renew(vault, record, generation, None, now, &mut write)?;
    match vault.write(write).await {
        Ok(_) => Ok(true),
        // another program was quicker
        Err(WriteError::Conflict) => Ok(false),
        Err(WriteError::Failed(problem)) => Err(problem),
    }
}
