//! `update_configuration`.

use keyturn_api::{
    Action, Caller, ConfigType, ConfigurationView, Problem, Result, Revision,
    configuration::{
        ConfigurationPatch,
        authority::{AuthorityPatch, NewAuthority, NewIntermediate, NewRoot},
        template::{NewTemplate, Rules},
    },
};
use uuid::Uuid;

use super::{
    authority::{check_publishing, made_from},
    catalogue, check_revision,
    create::{check_within, json},
    crl, dns_provider, find, iam,
    profile::check_template,
    public_ca, put, read, touch,
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{CatalogueRecord, ConfigurationRecord},
};

pub(crate) async fn update(
    vault: &Opened,
    caller: &Caller,
    config_type: ConfigType,
    name: &str,
    patch: ConfigurationPatch,
    expect: Option<&Revision>,
) -> Result<ConfigurationView> {
    caller.may(Action::ConfigurationUpdate)?;
    loop {
        let now = vault.now();
        let (mut catalogue, revision) = catalogue(vault)?;
        let mut record = find(&catalogue, config_type, name)?;
        check_revision(&record, expect)?;
        let id = Uuid::from_bytes(record.id);
        let mut write = Write::new(Entry::new(Action::ConfigurationUpdate, caller, id, now));
        match (&patch, config_type) {
            (ConfigurationPatch::LetsEncrypt(patch), ConfigType::LetsEncrypt) => {
                public_ca::patch_lets_encrypt(vault, patch, &mut record, &mut write)?;
            }
            (ConfigurationPatch::Acme(patch), ConfigType::Acme) => {
                public_ca::patch_acme(vault, patch, &mut record, &mut write)?;
            }
            (ConfigurationPatch::Rfc2136(patch), ConfigType::Rfc2136) => {
                dns_provider::patch(vault, patch, &mut record, &mut write)?;
            }
            (ConfigurationPatch::IamCredentials(patch), ConfigType::IamCredentials) => {
                iam::patch(vault, patch, &mut record, &mut write)?;
            }
            (ConfigurationPatch::Template(rules), ConfigType::Template) => {
                change_template(&catalogue, &mut record, rules)?;
            }
            (
                ConfigurationPatch::Authority(patch),
                ConfigType::RootCa | ConfigType::IntermediateCa,
            ) => change_authority(&mut record, patch)?,
            _ => {
                return Err(Problem::field(
                    "config_type",
                    "This is not what a configuration of this type takes.",
                ));
            }
        }
        touch(&mut record, caller, now);
        if matches!(&patch, ConfigurationPatch::Authority(patch) if patch.crl_disable.is_some() || patch.crl_expiry.is_some())
            && record.certificate.is_some()
        {
            for generation in record.generations() {
                if crl::lives(generation, now)? {
                    crl::renew(vault, &record, generation, None, now, &mut write)?;
                }
            }
        }
        if let Some(kept) = catalogue.by_id_mut(record.id) {
            *kept = record;
        }
        put(vault, &catalogue, revision, &mut write);
        match vault.write(write).await {
            Ok(_) => return read(vault, caller, config_type, name),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

fn change_template(
    catalogue: &CatalogueRecord,
    record: &mut ConfigurationRecord,
    rules: &Rules,
) -> Result<()> {
    rules.check()?;
    let new = NewTemplate {
        rules: rules.clone(),
        ..record.request::<NewTemplate>()?
    };
    if let Some(parent) = catalogue.authority(&new.certificate_authority) {
        check_within(&new, &made_from(parent)?)?;
    }
    check_template(&new)?;
    record.request = json(&new);
    Ok(())
}

fn change_authority(record: &mut ConfigurationRecord, patch: &AuthorityPatch) -> Result<()> {
    patch.check()?;
    if record.config_type() == Some(ConfigType::RootCa) {
        let mut new: NewRoot = record.request()?;
        apply(&mut new.authority, patch)?;
        record.request = json(&new);
    } else {
        let mut new: NewIntermediate = record.request()?;
        apply(&mut new.authority, patch)?;
        record.request = json(&new);
    }
    Ok(())
}

fn apply(authority: &mut NewAuthority, patch: &AuthorityPatch) -> Result<()> {
    let publishing = &mut authority.publishing;
    if let Some(ttl) = patch.max_ttl {
        authority.max_ttl = ttl;
    }
    if let Some(expiry) = patch.crl_expiry {
        publishing.crl_expiry = expiry;
    }
    if let Some(off) = patch.crl_disable {
        publishing.crl_disable = off;
    }
    if let Some(on) = patch.crl_distribution_points_encoded {
        publishing.crl_distribution_points_encoded = on;
    }
    if let Some(on) = patch.issuing_certificates_urls_encoded {
        publishing.issuing_certificates_urls_encoded = on;
    }
    check_publishing(publishing)
}
