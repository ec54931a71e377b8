//! The certificates of a version, without its key: what a server shows to everybody. No value is
//! read by it, so nothing counts as read. That of
//! an expired secret stays readable as long as it is kept.

use keyturn_api::{Action, Caller, CertificateParts, Problem, Result, VersionRef};
use uuid::Uuid;

use super::{locate, read::open_payload};
use crate::{opened::Opened, rotation, secrets};

pub(crate) fn certificate(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
) -> Result<CertificateParts> {
    caller.may(Action::SecretVersionMetadataRead)?;
    let found = secrets::find(vault, caller, id)?;
    let located = locate(vault, id, &found.record, version)?;
    let value = open_payload(vault, id, &located.entry)?;
    rotation::of(found.record.secret_type())?
        .certificate(&value)
        .ok_or_else(|| Problem::field("version", "Secrets of this type have no certificate."))
}
