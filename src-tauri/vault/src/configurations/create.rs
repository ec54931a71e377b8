//! `create_configuration`.

use keyturn_api::{
    Action, Caller, Code, ConfigType, ConfigurationView, NewConfiguration, Problem, Result, Target,
    Timestamp,
    configuration::{
        NewConfigurationDetail,
        action::SigningOptions,
        authority::{NewAuthority, NewIntermediate, NewRoot, SigningMethod},
        template::NewTemplate,
    },
};
use keyturn_pki::{PrivateKey, Serial, issue};
use serde::Serialize;
use uuid::Uuid;

use super::{
    authority::{self, check_free, check_publishing, key_text, make_key, seconds},
    catalogue, crl, dns_provider, iam,
    profile::{check_template, root_profile},
    public_ca, put, read,
    sign::sign_below,
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{
        CatalogueRecord, ConfigurationRecord, authority_key, seal_authority_key, serial_key,
    },
    rotation::certificate::problem,
};

pub(crate) async fn create(
    vault: &Opened,
    caller: &Caller,
    new: NewConfiguration,
) -> Result<ConfigurationView> {
    caller.may(Action::ConfigurationCreate)?;
    new.check()?;
    vault.require_recovery()?;
    let config_type = new.detail.config_type();
    // the key is made once, however often the commit has to be tried
    let key = match &new.detail {
        NewConfigurationDetail::RootCa(root) => Some(make_key(&root.authority)?),
        NewConfigurationDetail::IntermediateCa(below) => Some(make_key(&below.authority)?),
        _ => None,
    };
    loop {
        let now = vault.now();
        let (mut catalogue, revision) = catalogue(vault)?;
        check_room(&catalogue, config_type, &new.name)?;
        let id = *Uuid::new_v4().as_bytes();
        let mut write = Write::new(Entry::new(
            Action::ConfigurationCreate,
            caller,
            Uuid::from_bytes(id),
            now,
        ));
        let making = Making {
            vault,
            catalogue: &catalogue,
            id,
            now,
        };
        let mut record = blank(caller, id, config_type, &new.name, now);
        match (&new.detail, &key) {
            (NewConfigurationDetail::RootCa(root), Some(key)) => {
                making.root(root, key, &mut record, &mut write)?;
            }
            (NewConfigurationDetail::IntermediateCa(below), Some(key)) => {
                making.intermediate(below, key, &mut record, &mut write)?;
            }
            (NewConfigurationDetail::Template(template), _) => {
                making.template(template, &mut record)?;
            }
            (NewConfigurationDetail::LetsEncrypt(new), _) => {
                public_ca::lets_encrypt(vault, new, &mut record, &mut write)?;
            }
            (NewConfigurationDetail::Acme(new), _) => {
                public_ca::acme(vault, new, &mut record, &mut write)?;
            }
            (NewConfigurationDetail::Rfc2136(new), _) => {
                dns_provider::rfc2136(vault, new, &mut record, &mut write);
            }
            (NewConfigurationDetail::IamCredentials(new), _) => {
                iam::engine(vault, new, &mut record, &mut write)?;
            }
            _ => return Err(Problem::not_found("configuration type")),
        }
        catalogue.configurations.push(record);
        put(vault, &catalogue, revision, &mut write);
        match vault.write(write).await {
            Ok(_) => return read(vault, caller, config_type, &new.name),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// Where a configuration is made.
struct Making<'a> {
    vault: &'a Opened,
    catalogue: &'a CatalogueRecord,
    id: [u8; 16],
    now: Timestamp,
}

impl Making<'_> {
    fn root(
        &self,
        new: &NewRoot,
        key: &PrivateKey,
        record: &mut ConfigurationRecord,
        write: &mut Write,
    ) -> Result<()> {
        check_free(self.vault, &record.name)?;
        check_publishing(&new.authority.publishing)?;
        let serial = Serial::random().map_err(problem)?;
        let profile = root_profile(new, self.now)?;
        let certificate = issue::Authority::self_signed(&profile, key, &serial, seconds(self.now))
            .map_err(problem)?;
        record.request = json(new);
        record.certificate = Some(certificate.to_pem());
        claim(self.vault, self.id, &serial, write);
        self.keep_key(key, write);
        let authority = issue::Authority::new(certificate, key).map_err(problem)?;
        crl::first(self.vault, record, &authority, self.now, write)
    }

    fn intermediate(
        &self,
        new: &NewIntermediate,
        key: &PrivateKey,
        record: &mut ConfigurationRecord,
        write: &mut Write,
    ) -> Result<()> {
        check_free(self.vault, &record.name)?;
        check_publishing(&new.authority.publishing)?;
        record.request = json(new);
        record.csr = Some(authority::request(&new.authority, key)?.to_pem());
        self.keep_key(key, write);
        // At IBM an authority that is signed within the instance waits for an action. Here it is
        // signed at once, and that action signs it again, with other options.
        if new.signing_method == SigningMethod::Internal {
            let issuer = new.issuer.as_deref().unwrap_or_default();
            authority::check_signs(self.catalogue, issuer, self.now)
                .map_err(|problem| problem.at(Target::field("issuer")))?;
            sign_below(
                self.vault,
                self.catalogue,
                issuer,
                record,
                &SigningOptions::default(),
                self.now,
                write,
            )?;
            let certificate = authority::own_certificate(record)?
                .ok_or_else(|| Problem::not_found("certificate"))?;
            let authority = issue::Authority::new(certificate, key).map_err(problem)?;
            crl::first(self.vault, record, &authority, self.now, write)?;
        }
        Ok(())
    }

    fn template(&self, new: &NewTemplate, record: &mut ConfigurationRecord) -> Result<()> {
        let parent = self.catalogue.authority(&new.certificate_authority);
        let Some(parent) = parent else {
            return Err(Problem::field(
                "certificate_authority",
                "There is no such certificate authority.",
            )
            .remedy("Create it first, or choose another one."));
        };
        check_within(new, &authority::made_from(parent)?)?;
        check_template(new)?;
        record.request = json(new);
        Ok(())
    }

    fn keep_key(&self, key: &PrivateKey, write: &mut Write) {
        let sealed = seal_authority_key(self.vault.keys(), self.id, key_text(key).bytes());
        write.put(authority_key(self.id), sealed);
    }
}

/// A template's longest life is within that of its authority.
pub(super) fn check_within(new: &NewTemplate, authority: &NewAuthority) -> Result<()> {
    for (field, ttl) in [("max_ttl", new.rules.max_ttl), ("ttl", new.rules.ttl)] {
        if ttl.is_some_and(|ttl| ttl > authority.max_ttl) {
            return Err(Problem::field(
                field,
                format!(
                    "This is longer than the longest life that the authority gives, {}.",
                    authority.max_ttl.words()
                ),
            ));
        }
    }
    Ok(())
}

/// Notes that a serial number was given; the commit fails if it was given before.
pub(super) fn claim(vault: &Opened, authority: [u8; 16], serial: &Serial, write: &mut Write) {
    let key = serial_key(vault.keys(), authority, serial);
    write.expect(key.clone(), None);
    write.put(key, Vec::new());
}

fn check_room(catalogue: &CatalogueRecord, config_type: ConfigType, name: &str) -> Result<()> {
    let kin = config_type.kin();
    if kin.iter().any(|kin| catalogue.named(*kin, name).is_some()) {
        return Err(Problem::new(
            Code::NameTaken,
            format!("A configuration with the same name already exists: {name}"),
        )
        .at(Target::field("name"))
        .remedy("Choose another name."));
    }
    let same = |one: &&ConfigurationRecord| one.config_type().is_some_and(|one| kin.contains(&one));
    if catalogue.configurations.iter().filter(same).count() >= config_type.limit() {
        let limit = config_type.limit();
        let plural = if limit == 1 { "" } else { "s" };
        return Err(Problem::new(
            Code::LimitReached,
            format!(
                "The instance has reached the maximum of {limit} configuration{plural} of this kind."
            ),
        )
        .remedy("Delete one that is no longer used."));
    }
    Ok(())
}

fn blank(
    caller: &Caller,
    id: [u8; 16],
    config_type: ConfigType,
    name: &str,
    now: Timestamp,
) -> ConfigurationRecord {
    ConfigurationRecord {
        id,
        config_type: config_type.name().to_owned(),
        name: name.to_owned(),
        created_by: caller.id.clone(),
        created_at: now.millis(),
        updated_at: now.millis(),
        updated_by: caller.id.clone(),
        revision: 1,
        request: String::new(),
        certificate: None,
        csr: None,
        signed_by: None,
        chain: None,
        revoked_at: None,
        key_id: None,
        former: None,
        signing: None,
        revoked_above: None,
        account_url: None,
        contact_untold: None,
    }
}

/// As the API has it.
pub(super) fn json(new: &impl Serialize) -> String {
    serde_json::to_string(new).unwrap_or_default()
}
