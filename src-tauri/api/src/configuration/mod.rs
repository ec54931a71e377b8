//! Configurations of secrets engines: certificate authorities and templates. What one type has beyond
//! the others stands in its own file; the lists of all types are [`ConfigType`],
//! [`ConfigurationDetail`] and [`NewConfigurationDetail`].

pub mod acme;
pub mod action;
pub mod authority;
pub mod dns;
pub mod iam;
mod list;
pub mod subject;
pub mod template;

pub use list::{ConfigurationSort, ListConfigurations};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    Other, Problem, Result, Revision, SecretType, Timestamp, fields, metadata::Json, secret::other,
};

/// API v2: `config_type`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type,
)]
pub enum ConfigType {
    /// An authority that signed itself.
    #[serde(rename = "private_cert_configuration_root_ca")]
    RootCa,
    /// An authority that another one signed.
    #[serde(rename = "private_cert_configuration_intermediate_ca")]
    IntermediateCa,
    /// Rules for the certificates that an authority issues.
    #[serde(rename = "private_cert_configuration_template")]
    Template,
    /// Let's Encrypt as a certificate authority.
    #[serde(rename = "public_cert_configuration_ca_lets_encrypt")]
    LetsEncrypt,
    /// Any other certificate authority with an ACME directory. Beyond API v2.
    #[serde(rename = "public_cert_configuration_ca_acme")]
    Acme,
    /// A DNS provider that takes dynamic updates (RFC 2136). Beyond API v2.
    #[serde(rename = "public_cert_configuration_dns_rfc2136")]
    Rfc2136,
    /// How IAM credentials are made.
    #[serde(rename = "iam_credentials_configuration")]
    IamCredentials,
    /// A type that this program does not know; an instance names it otherwise.
    #[serde(rename = "other")]
    Other,
}

impl ConfigType {
    /// Every type that this program knows.
    pub const ALL: [Self; 7] = [
        Self::RootCa,
        Self::IntermediateCa,
        Self::Template,
        Self::LetsEncrypt,
        Self::Acme,
        Self::Rfc2136,
        Self::IamCredentials,
    ];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RootCa => "private_cert_configuration_root_ca",
            Self::IntermediateCa => "private_cert_configuration_intermediate_ca",
            Self::Template => "private_cert_configuration_template",
            Self::LetsEncrypt => "public_cert_configuration_ca_lets_encrypt",
            Self::Acme => "public_cert_configuration_ca_acme",
            Self::Rfc2136 => "public_cert_configuration_dns_rfc2136",
            Self::Other => "other",
            Self::IamCredentials => "iam_credentials_configuration",
        }
    }

    /// As people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RootCa => "root certificate authority",
            Self::IntermediateCa => "intermediate certificate authority",
            Self::Template => "certificate template",
            Self::LetsEncrypt | Self::Acme => "certificate authority",
            Self::Rfc2136 => "DNS provider",
            Self::Other => "configuration",
            Self::IamCredentials => "configuration of IAM credentials",
        }
    }

    /// The engine it belongs to.
    pub const fn secret_type(self) -> SecretType {
        match self {
            Self::RootCa | Self::IntermediateCa | Self::Template => SecretType::PrivateCert,
            Self::LetsEncrypt | Self::Acme | Self::Rfc2136 => SecretType::PublicCert,
            Self::Other => SecretType::Other,
            Self::IamCredentials => SecretType::IamCredentials,
        }
    }

    /// What counts together against the limit and shares names: public authorities are one kind.
    pub const fn kin(self) -> &'static [Self] {
        match self {
            Self::RootCa => &[Self::RootCa],
            Self::IntermediateCa => &[Self::IntermediateCa],
            Self::Template => &[Self::Template],
            Self::LetsEncrypt | Self::Acme => &[Self::LetsEncrypt, Self::Acme],
            Self::Rfc2136 => &[Self::Rfc2136],
            Self::Other => &[Self::Other],
            Self::IamCredentials => &[Self::IamCredentials],
        }
    }

    /// How many an instance has at most (`limits.md`).
    pub const fn limit(self) -> usize {
        match self {
            Self::IamCredentials => 1,
            _ => 10,
        }
    }
}

/// Everything about a configuration but its private key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Configuration {
    /// Unique per type.
    pub name: String,
    /// The engine it belongs to.
    pub secret_type: SecretType,
    /// Who created it.
    pub created_by: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// What the instance said besides, as JSON; on the wire in its place again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[specta(type = BTreeMap<String, Json>)]
    pub other: Other,
    /// What the type adds, with `config_type` as the discriminator.
    #[serde(flatten)]
    pub detail: ConfigurationDetail,
}

/// The type-specific part of [`Configuration`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "config_type")]
#[non_exhaustive]
pub enum ConfigurationDetail {
    /// A root certificate authority.
    #[serde(rename = "private_cert_configuration_root_ca")]
    RootCa(Box<authority::Authority>),
    /// An intermediate certificate authority.
    #[serde(rename = "private_cert_configuration_intermediate_ca")]
    IntermediateCa(Box<authority::Authority>),
    /// A template.
    #[serde(rename = "private_cert_configuration_template")]
    Template(Box<template::Template>),
    /// Let's Encrypt.
    #[serde(rename = "public_cert_configuration_ca_lets_encrypt")]
    LetsEncrypt(Box<acme::LetsEncrypt>),
    /// Another ACME directory.
    #[serde(rename = "public_cert_configuration_ca_acme")]
    Acme(Box<acme::Acme>),
    /// A DNS provider by RFC 2136.
    #[serde(rename = "public_cert_configuration_dns_rfc2136")]
    Rfc2136(Box<dns::Rfc2136>),
    /// A type that this program does not know.
    #[serde(rename = "other")]
    Other(other::Detail),
    /// How IAM credentials are made.
    #[serde(rename = "iam_credentials_configuration")]
    IamCredentials(Box<iam::IamCredentials>),
}

impl ConfigurationDetail {
    /// The discriminator.
    pub const fn config_type(&self) -> ConfigType {
        match self {
            Self::RootCa(_) => ConfigType::RootCa,
            Self::IntermediateCa(_) => ConfigType::IntermediateCa,
            Self::Template(_) => ConfigType::Template,
            Self::LetsEncrypt(_) => ConfigType::LetsEncrypt,
            Self::Acme(_) => ConfigType::Acme,
            Self::Rfc2136(_) => ConfigType::Rfc2136,
            Self::Other(_) => ConfigType::Other,
            Self::IamCredentials(_) => ConfigType::IamCredentials,
        }
    }
}

/// A configuration with what a face needs besides the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ConfigurationView {
    /// What goes over the wire.
    pub configuration: Configuration,
    /// Opaque; a change that expects it fails if somebody changed it since.
    pub revision: Revision,
    /// What depends on it and stops working if it is deleted: configurations and secrets by name,
    /// the first of them.
    pub used_by: Vec<Dependent>,
    /// How many depend on it in all.
    pub used_total: u32,
    /// Secrets whose next certificate would outlive this authority, so that their next rotation is
    /// refused; the first of them.
    pub outliving: Vec<Dependent>,
    /// How many there are.
    pub outliving_total: u32,
}

/// What depends on a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
pub struct Dependent {
    /// In words: `certificate template`, `secret`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Id, if it is a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_id: Option<String>,
}

/// What a configuration is made from (API v2: `ConfigurationPrototype`).
#[derive(Debug, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct NewConfiguration {
    /// 2–128 characters.
    pub name: String,
    /// What the type needs.
    pub detail: NewConfigurationDetail,
}

/// The type-specific part of [`NewConfiguration`].
#[derive(Debug, Deserialize, Type)]
#[serde(tag = "config_type")]
#[non_exhaustive]
pub enum NewConfigurationDetail {
    /// A root certificate authority.
    #[serde(rename = "private_cert_configuration_root_ca")]
    RootCa(Box<authority::NewRoot>),
    /// An intermediate certificate authority.
    #[serde(rename = "private_cert_configuration_intermediate_ca")]
    IntermediateCa(Box<authority::NewIntermediate>),
    /// A template.
    #[serde(rename = "private_cert_configuration_template")]
    Template(Box<template::NewTemplate>),
    /// Let's Encrypt.
    #[serde(rename = "public_cert_configuration_ca_lets_encrypt")]
    LetsEncrypt(Box<acme::NewLetsEncrypt>),
    /// Another ACME directory.
    #[serde(rename = "public_cert_configuration_ca_acme")]
    Acme(Box<acme::NewAcme>),
    /// A DNS provider by RFC 2136.
    #[serde(rename = "public_cert_configuration_dns_rfc2136")]
    Rfc2136(Box<dns::NewRfc2136>),
    /// How IAM credentials are made.
    #[serde(rename = "iam_credentials_configuration")]
    IamCredentials(Box<iam::NewIamCredentials>),
}

impl NewConfigurationDetail {
    /// The discriminator.
    pub const fn config_type(&self) -> ConfigType {
        match self {
            Self::RootCa(_) => ConfigType::RootCa,
            Self::IntermediateCa(_) => ConfigType::IntermediateCa,
            Self::Template(_) => ConfigType::Template,
            Self::LetsEncrypt(_) => ConfigType::LetsEncrypt,
            Self::Acme(_) => ConfigType::Acme,
            Self::Rfc2136(_) => ConfigType::Rfc2136,
            Self::IamCredentials(_) => ConfigType::IamCredentials,
        }
    }
}

impl NewConfiguration {
    /// Checks every field.
    pub fn check(&self) -> Result<()> {
        check_configuration_name(&self.name)?;
        match &self.detail {
            NewConfigurationDetail::RootCa(new) => new.check(),
            NewConfigurationDetail::IntermediateCa(new) => new.check(),
            NewConfigurationDetail::Template(new) => new.rules.check(),
            NewConfigurationDetail::LetsEncrypt(new) => new.check(),
            NewConfigurationDetail::Acme(new) => new.check(),
            NewConfigurationDetail::Rfc2136(new) => new.check(),
            NewConfigurationDetail::IamCredentials(new) => new.check(),
        }
    }
}

/// A change (API v2: `ConfigurationPatch`): what is absent stays.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "config_type")]
#[non_exhaustive]
pub enum ConfigurationPatch {
    /// Of a certificate authority, root or intermediate.
    #[serde(rename = "private_cert_configuration_ca")]
    Authority(authority::AuthorityPatch),
    /// Of a template: all its rules.
    #[serde(rename = "private_cert_configuration_template")]
    Template(Box<template::Rules>),
    /// Of Let's Encrypt.
    #[serde(rename = "public_cert_configuration_ca_lets_encrypt")]
    LetsEncrypt(Box<acme::LetsEncryptPatch>),
    /// Of another ACME directory.
    #[serde(rename = "public_cert_configuration_ca_acme")]
    Acme(Box<acme::AcmePatch>),
    /// Of a DNS provider.
    #[serde(rename = "public_cert_configuration_dns_rfc2136")]
    Rfc2136(Box<dns::Rfc2136Patch>),
    /// Of how IAM credentials are made.
    #[serde(rename = "iam_credentials_configuration")]
    IamCredentials(Box<iam::IamCredentialsPatch>),
}

/// Name of a configuration: 2–128, written like the name of a secret.
pub fn check_configuration_name(name: &str) -> Result<()> {
    let count = name.chars().count();
    if !(2..=128).contains(&count) {
        return Err(Problem::field(
            "name",
            format!("The name of a configuration has 2 to 128 characters; this one has {count}."),
        ));
    }
    fields::check_name(name)
}
