//! Signing authorities.

use keyturn_api::{Result, Timestamp, configuration::action::SigningOptions};
use keyturn_pki::{Certificate, Csr, Serial};

use super::{
    authority::{self, made_from},
    create::{claim, json},
    profile::intermediate_profile,
};
use crate::{
    opened::{Opened, Write},
    records::{CatalogueRecord, ConfigurationRecord},
    rotation::certificate::problem,
};

/// Signs an authority of this instance by another one.
pub(super) fn sign_below(
    vault: &Opened,
    catalogue: &CatalogueRecord,
    parent: &str,
    below: &mut ConfigurationRecord,
    options: &SigningOptions,
    now: Timestamp,
    write: &mut Write,
) -> Result<()> {
    let csr = below.csr.as_deref().unwrap_or_default();
    let csr = Csr::from_pem(csr).map_err(problem)?;
    let certificate = sign(vault, catalogue, parent, &csr, options, now, write)?;
    below.certificate = Some(certificate.to_pem());
    below.chain = None;
    below.revoked_above = None;
    below.signing = Some(json(options)).filter(|_| *options != SigningOptions::default());
    below.signed_by = catalogue.authority(parent).map(|parent| parent.id);
    Ok(())
}

/// Signs the request of an authority.
pub(super) fn sign(
    vault: &Opened,
    catalogue: &CatalogueRecord,
    parent: &str,
    csr: &Csr,
    options: &SigningOptions,
    now: Timestamp,
    write: &mut Write,
) -> Result<Certificate> {
    let (record, signer) = authority::signer(vault, catalogue, parent, now)?;
    csr.verify().map_err(problem)?;
    let serial = Serial::random().map_err(problem)?;
    claim(vault, record.present().key_id, &serial, write);
    let profile = intermediate_profile(options, csr, &made_from(record)?, now)?;
    signer
        .sign_ca(&profile, csr.public_key(), &serial)
        .map_err(problem)
}
