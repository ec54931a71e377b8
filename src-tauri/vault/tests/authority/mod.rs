//! Authorities and templates as tests want them.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test program uses its part"
)]

use std::time::{SystemTime, UNIX_EPOCH};

use keyturn_api::{
    ConfigType, Instance, KeyType, NewConfiguration, Problem, Result, RotationPolicy, Ttl,
    VersionRef,
    configuration::{
        ConfigurationDetail, NewConfigurationDetail,
        action::{ActionOutcome, ConfigurationAction},
        authority::{
            Authority, AuthorityData, NewAuthority, NewIntermediate, NewRoot, Publishing,
            SigningMethod,
        },
        subject::{AltNameFields, SubjectFields},
        template::{NewTemplate, Rules},
    },
    secret::{
        Detail, NewDetail, Payload,
        private_cert::{self, New, Rotation},
    },
    version::RotationInput,
};
use keyturn_vault::{Vault, wait};

use crate::desk::{Desk, owner, rotation_by, secret_of};

/// A desk whose clock shows today: openssl knows no other day.
pub fn desk_of_today() -> Desk {
    let desk = Desk::new();
    #[expect(clippy::disallowed_methods, reason = "openssl judges by the real day")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seconds = i64::try_from(now.as_secs()).unwrap() - 1_760_000_000;
    desk.clock.advance_hours(seconds / 3_600);
    desk
}

fn new_authority(name: &str) -> NewAuthority {
    NewAuthority {
        max_ttl: Ttl::from_days(1500),
        common_name: format!("Test {name}"),
        subject: SubjectFields {
            organization: vec!["Example".into()],
            ..SubjectFields::default()
        },
        alt_names: AltNameFields::default(),
        publishing: Publishing::default(),
        key_type: KeyType::Ec,
        key_bits: Some(256),
    }
}

/// A root to be created.
pub fn new_root(name: &str) -> NewConfiguration {
    NewConfiguration {
        name: name.into(),
        detail: NewConfigurationDetail::RootCa(Box::new(NewRoot {
            authority: new_authority(name),
            ttl: None,
            max_path_length: 2,
            permitted_dns_domains: Vec::new(),
        })),
    }
}

pub fn root(vault: &Vault, name: &str) {
    wait(vault.create_configuration(&owner(), new_root(name))).unwrap();
}

/// An intermediate signed by an authority here, or elsewhere.
pub fn new_intermediate(name: &str, issuer: Option<&str>) -> NewConfiguration {
    NewConfiguration {
        name: name.into(),
        detail: NewConfigurationDetail::IntermediateCa(Box::new(NewIntermediate {
            authority: NewAuthority {
                max_ttl: Ttl::from_days(365),
                ..new_authority(name)
            },
            signing_method: match issuer {
                Some(_) => SigningMethod::Internal,
                None => SigningMethod::External,
            },
            issuer: issuer.map(ToOwned::to_owned),
        })),
    }
}

pub fn intermediate(vault: &Vault, name: &str, issuer: Option<&str>) {
    wait(vault.create_configuration(&owner(), new_intermediate(name, issuer))).unwrap();
}

/// Rules for names below some domains, for 90 days.
pub fn rules(domains: &[&str]) -> Rules {
    Rules {
        allowed_domains: domains.iter().map(|&domain| domain.to_owned()).collect(),
        allow_subdomains: true,
        ttl: Some(Ttl::from_days(90)),
        max_ttl: Some(Ttl::from_days(180)),
        ..Rules::default()
    }
}

pub fn template(vault: &Vault, name: &str, authority: &str, rules: Rules) {
    let new = NewConfiguration {
        name: name.into(),
        detail: NewConfigurationDetail::Template(Box::new(NewTemplate {
            certificate_authority: authority.into(),
            rules,
        })),
    };
    wait(vault.create_configuration(&owner(), new)).unwrap();
}

pub fn outcome(
    vault: &Vault,
    config_type: ConfigType,
    name: &str,
    action: ConfigurationAction,
) -> ActionOutcome {
    wait(vault.configuration_action(&owner(), config_type, name, action)).unwrap()
}

pub fn new(template: &str, common_name: &str) -> New {
    New {
        certificate_template: template.into(),
        common_name: common_name.into(),
        alt_names: AltNameFields::default(),
        csr: None,
        ttl: None,
        rotation: RotationPolicy::default(),
    }
}

pub fn issue(vault: &Vault, name: &str, new: New) -> Result<String> {
    let detail = NewDetail::PrivateCert(Box::new(new));
    let made = wait(vault.create_secret(&owner(), secret_of(name, detail)))?;
    Ok(made.view.metadata.id)
}

pub fn rotate(vault: &Vault, id: &str, csr: Option<String>) -> Result<u32> {
    let input = RotationInput::PrivateCert(Rotation::new(csr));
    wait(vault.create_version(&owner(), id, rotation_by(input), None)).map(|made| made.view.number)
}

pub fn payload(vault: &Vault, id: &str, version: &str) -> private_cert::Payload {
    let version = VersionRef::parse("id", version).unwrap();
    match wait(vault.version(&owner(), id, &version)).unwrap().payload {
        Some(Payload::PrivateCert(payload)) => payload,
        other => panic!("{other:?}"),
    }
}

pub fn detail(vault: &Vault, id: &str) -> private_cert::Detail {
    match wait(vault.secret_metadata(&owner(), id))
        .unwrap()
        .metadata
        .detail
    {
        Detail::PrivateCert(detail) => *detail,
        other => panic!("{other:?}"),
    }
}

pub fn ca(vault: &Vault, config_type: ConfigType, name: &str) -> Authority {
    let view = wait(vault.configuration(&owner(), config_type, name)).unwrap();
    match view.configuration.detail {
        ConfigurationDetail::RootCa(authority) | ConfigurationDetail::IntermediateCa(authority) => {
            *authority
        }
        other => panic!("{other:?}"),
    }
}

pub fn certificate(authority: &Authority) -> &str {
    match &authority.data {
        AuthorityData::Certificate { certificate, .. } => certificate,
        AuthorityData::Request { .. } => panic!("not signed"),
    }
}

pub fn field(problem: &Problem) -> &str {
    problem
        .target
        .as_ref()
        .map_or("", |target| target.name.as_str())
}
