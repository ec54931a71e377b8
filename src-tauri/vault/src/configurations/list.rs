//! `list_configurations` and `get_configuration`.

use std::collections::HashMap;

use keyturn_api::{
    Action, Caller, ConfigType, Configuration, ConfigurationView, ListSecrets, Other, Problem,
    Result, Revision, SecretType, Timestamp,
    configuration::{
        ConfigurationDetail, Dependent,
        authority::{AuthorityData, NewIntermediate},
        template::{NewTemplate, Rules, Template},
    },
    secret::Detail,
};

use super::{authority, catalogue, dns_provider, find, iam, public_ca};
use crate::{
    opened::Opened,
    records::{CatalogueRecord, ConfigurationRecord},
    secrets,
};

/// Dependents that are named, at most.
const NAMED: usize = 20;

pub(crate) fn list(vault: &Opened, caller: &Caller) -> Result<Vec<ConfigurationView>> {
    caller.may(Action::ConfigurationsList)?;
    let (catalogue, _) = catalogue(vault)?;
    let mut views = Vec::with_capacity(catalogue.configurations.len());
    let uses = uses(vault, caller, &catalogue)?;
    for record in &catalogue.configurations {
        views.extend(view(vault, &catalogue, record, &uses)?);
    }
    views.sort_by(|one, other| {
        let key = |view: &ConfigurationView| {
            (
                view.configuration.detail.config_type(),
                view.configuration.name.to_lowercase(),
            )
        };
        key(one).cmp(&key(other))
    });
    Ok(views)
}

pub(crate) fn read(
    vault: &Opened,
    caller: &Caller,
    config_type: ConfigType,
    name: &str,
) -> Result<ConfigurationView> {
    caller.may(Action::ConfigurationRead)?;
    let (catalogue, _) = catalogue(vault)?;
    let record = find(&catalogue, config_type, name)?;
    let uses = uses(vault, caller, &catalogue)?;
    view(vault, &catalogue, &record, &uses)?.ok_or_else(|| Problem::not_found(config_type.word()))
}

/// The certificates of an authority, PEM, from its own to that of its root. Anybody may have them.
pub(crate) fn certificates(vault: &Opened, name: &str) -> Result<Vec<String>> {
    let caller = Caller::schedule();
    let kinds = [ConfigType::RootCa, ConfigType::IntermediateCa];
    let found = kinds
        .into_iter()
        .find_map(|kind| read(vault, &caller, kind, name).ok());
    let data = match found.map(|view| view.configuration.detail) {
        Some(ConfigurationDetail::RootCa(ca) | ConfigurationDetail::IntermediateCa(ca)) => ca.data,
        _ => return Err(Problem::not_found("certificate authority")),
    };
    match data {
        AuthorityData::Certificate {
            certificate,
            ca_chain,
            ..
        } => {
            let above = ca_chain.into_iter().filter(|one| *one != certificate);
            Ok(std::iter::once(certificate.clone()).chain(above).collect())
        }
        AuthorityData::Request { .. } => Err(Problem::not_found("certificate")),
    }
}

/// What faces see; none for what a later version of Keyturn made.
fn view(
    vault: &Opened,
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
    uses: &Uses,
) -> Result<Option<ConfigurationView>> {
    let Some(config_type) = record.config_type() else {
        return Ok(None);
    };
    let detail = match config_type {
        ConfigType::RootCa => {
            ConfigurationDetail::RootCa(Box::new(authority::view(vault, catalogue, record)?))
        }
        ConfigType::IntermediateCa => ConfigurationDetail::IntermediateCa(Box::new(
            authority::view(vault, catalogue, record)?,
        )),
        ConfigType::Template => {
            let new: NewTemplate = record.request()?;
            ConfigurationDetail::Template(Box::new(Template {
                hindrance: authority::check_signs(
                    catalogue,
                    &new.certificate_authority,
                    vault.now(),
                )
                .err(),
                certificate_authority: new.certificate_authority,
                rules: Rules {
                    key_bits: (new.rules.key_bits).or_else(|| new.rules.key_type.default_bits()),
                    ..new.rules
                },
            }))
        }
        ConfigType::LetsEncrypt | ConfigType::Acme => public_ca::view(record)?,
        ConfigType::Rfc2136 => dns_provider::view(record)?,
        // none is kept here
        ConfigType::Other => return Ok(None),
        ConfigType::IamCredentials => iam::view(record)?,
    };
    let (used_by, used_total) = dependents(catalogue, record, config_type, uses);
    let (outliving, outliving_total) = outliving(catalogue, record, uses)?;
    Ok(Some(ConfigurationView {
        configuration: Configuration {
            name: record.name.clone(),
            secret_type: config_type.secret_type(),
            created_by: record.created_by.clone(),
            created_at: Timestamp::from_millis(record.created_at),
            updated_at: Timestamp::from_millis(record.updated_at),
            other: Other::new(),
            detail,
        },
        revision: Revision(record.revision.to_string()),
        used_by,
        used_total,
        outliving,
        outliving_total,
    }))
}

/// What depends on a configuration: authorities below it, its templates, secrets made from them.
fn dependents(
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
    config_type: ConfigType,
    uses: &Uses,
) -> (Vec<Dependent>, u32) {
    let mut found = Vec::new();
    let used_as = match config_type {
        ConfigType::Template => Some(UsedAs::Template),
        ConfigType::LetsEncrypt | ConfigType::Acme => Some(UsedAs::Ca),
        ConfigType::Rfc2136 => Some(UsedAs::Dns),
        ConfigType::IamCredentials => Some(UsedAs::Iam),
        ConfigType::RootCa | ConfigType::IntermediateCa | ConfigType::Other => None,
    };
    if let Some(used_as) = used_as {
        // the one configuration of IAM credentials is not named by what uses it
        let named = if used_as == UsedAs::Iam {
            ""
        } else {
            &record.name
        };
        let of = uses.get(&(used_as, named.to_owned()));
        found.extend(of.into_iter().flatten().map(|one| one.secret.clone()));
    } else {
        for other in &catalogue.configurations {
            let depends = match other.config_type() {
                Some(ConfigType::Template) => other
                    .request::<NewTemplate>()
                    .is_ok_and(|new| new.certificate_authority == record.name),
                Some(ConfigType::IntermediateCa) => other
                    .request::<NewIntermediate>()
                    .is_ok_and(|new| new.issuer.as_deref() == Some(&record.name)),
                _ => false,
            };
            if depends && other.id != record.id {
                found.push(Dependent {
                    kind: other.config_type().map_or("", ConfigType::word).to_owned(),
                    name: other.name.clone(),
                    secret_id: None,
                });
            }
        }
    }
    first_of(found)
}

/// The first by name, and how many there are.
fn first_of(mut found: Vec<Dependent>) -> (Vec<Dependent>, u32) {
    found.sort();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    found.truncate(NAMED);
    (found, total)
}

/// Secrets whose next certificate would outlive an authority.
fn outliving(
    catalogue: &CatalogueRecord,
    record: &ConfigurationRecord,
    uses: &Uses,
) -> Result<(Vec<Dependent>, u32)> {
    let Some(certificate) = authority::own_certificate(record)? else {
        return Ok((Vec::new(), 0));
    };
    let end = certificate.validity().1.saturating_mul(1000);
    let mut found = Vec::new();
    for template in &catalogue.configurations {
        let of = template.config_type() == Some(ConfigType::Template)
            && template.request::<NewTemplate>()?.certificate_authority == record.name;
        let key = (UsedAs::Template, template.name.clone());
        let secrets = uses.get(&key).filter(|_| of);
        let late = secrets
            .into_iter()
            .flatten()
            .filter(|one| one.next_end > end);
        found.extend(late.map(|one| one.secret.clone()));
    }
    Ok(first_of(found))
}

/// Secrets by what they are made with.
type Uses = HashMap<(UsedAs, String), Vec<Use>>;

/// What a configuration is to a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum UsedAs {
    Template,
    Ca,
    Dns,
    Iam,
}

struct Use {
    secret: Dependent,
    /// The end of its next certificate, if that lives as long as the present one: milliseconds.
    next_end: i64,
}

fn uses(vault: &Opened, caller: &Caller, catalogue: &CatalogueRecord) -> Result<Uses> {
    let mut uses = Uses::new();
    let has = |engine: SecretType| {
        let of = |one: &ConfigurationRecord| {
            one.config_type()
                .is_some_and(|of| of.secret_type() == engine)
        };
        catalogue.configurations.iter().any(of)
    };
    let engines = [
        SecretType::PrivateCert,
        SecretType::PublicCert,
        SecretType::IamCredentials,
    ];
    let secret_types: Vec<SecretType> = engines.into_iter().filter(|one| has(*one)).collect();
    if secret_types.is_empty() {
        return Ok(uses);
    }
    let mut query = ListSecrets {
        secret_types,
        limit: 1000,
        ..ListSecrets::default()
    };
    loop {
        let page = secrets::list(vault, caller, &query)?;
        for secret in &page.items {
            let mut put = |used_as, name: &str, next_end| {
                uses.entry((used_as, name.to_owned()))
                    .or_default()
                    .push(Use {
                        secret: Dependent {
                            kind: "secret".to_owned(),
                            name: secret.metadata.name.clone(),
                            secret_id: Some(secret.metadata.id.clone()),
                        },
                        next_end,
                    });
            };
            match &secret.metadata.detail {
                Detail::PrivateCert(detail) => {
                    let validity = &detail.certificate.validity;
                    let life = validity.not_after.millis() - validity.not_before.millis();
                    let next = detail.next_rotation_date.unwrap_or(validity.not_after);
                    let end = next.millis().saturating_add(life);
                    put(UsedAs::Template, &detail.certificate_template, end);
                }
                Detail::PublicCert(detail) => {
                    put(UsedAs::Ca, &detail.ca, 0);
                    put(UsedAs::Dns, &detail.dns, 0);
                }
                Detail::IamCredentials(_) => put(UsedAs::Iam, "", 0),
                _ => {}
            }
        }
        query.offset += 1000;
        if query.offset >= page.total_count {
            return Ok(uses);
        }
    }
}
