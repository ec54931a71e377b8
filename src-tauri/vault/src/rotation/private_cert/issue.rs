//! Issuing: a request is held against its template and authority, and signed.

use std::sync::Arc;

use keyturn_api::{
    Code, Problem, Result, SecretType, Target, Timestamp,
    configuration::template::NewTemplate,
    secret::private_cert::{self, New, PrivateCertOutlook},
};
use keyturn_pki::{
    AltNames, Authority, Csr, PrivateKey, Serial,
    issue::{
        LeafProfile, check_names,
        template::{self, CaLimits, LeafRequest, RuleRefusal},
    },
};

use super::{
    asked_again,
    kept::{Kept, Value},
};
use crate::{
    configurations::{
        self,
        authority::{self, seconds},
        profile::{alt_names, template_rules},
    },
    opened::Opened,
    records::{CatalogueRecord, serial_key},
    rotation::{
        Also, Making, Rotated,
        certificate::{self, problem, problem_of_rule},
        wrong_input,
    },
    secrets::Found,
};

/// What a certificate is made with, found in the catalogue.
pub(super) struct Ground {
    revision: Option<u64>,
    /// Name of the authority.
    authority: String,
    /// The id of its key.
    key_id: [u8; 16],
    signer: Arc<Authority>,
    chain: Vec<String>,
    pub(super) profile: LeafProfile,
    key: keyturn_pki::KeyAlgorithm,
    csr: Option<Csr>,
}

/// Holds a request against its template and authority, and says which rule forbids it.
pub(super) fn ground(making: &Making<'_>, new: &New) -> Result<Ground> {
    let (catalogue, revision) = configurations::catalogue(making.vault)?;
    let template = template(&catalogue, &new.certificate_template)?;
    if !template.rules.allows_group(making.group) {
        return Err(Problem::field(
            "secret_group_id",
            format!(
                "The template \"{}\" does not issue certificates for secrets of this group.",
                new.certificate_template
            ),
        )
        .remedy("Choose another group or another template (allowed_secret_groups)."));
    }
    let (authority, signer) = authority::signer(
        making.vault,
        &catalogue,
        &template.certificate_authority,
        making.now,
    )?;
    let limits = authority::made_from(authority)?;
    let csr = new
        .csr
        .as_deref()
        .map(|text| Csr::from_pem(text).map_err(problem))
        .transpose()?;
    let rules = template_rules(&template)?;
    let profile = template::plan(
        &rules,
        &CaLimits {
            not_after: signer.certificate().validity().1,
            max_ttl: i64::try_from(limits.max_ttl.secs()).ok(),
        },
        &LeafRequest {
            common_name: Some(new.common_name.clone()).filter(|name| !name.is_empty()),
            alt_names: alt_names(&new.alt_names),
            ttl: new.ttl.and_then(|ttl| i64::try_from(ttl.secs()).ok()),
            exclude_cn_from_sans: new.alt_names.exclude_cn_from_sans,
        },
        csr.as_ref(),
        seconds(making.now),
    )
    .map_err(|refusal| broken(&new.certificate_template, refusal))?;
    check_names(signer.path(), &profile.alt_names)
        .map_err(|refusal| problem(refusal).at(Target::field("alt_names")))?;
    let mut chain: Vec<String> = authority.certificate.iter().cloned().collect();
    chain.extend(authority::chain(&catalogue, authority));
    Ok(Ground {
        revision,
        chain,
        authority: authority.name.clone(),
        key_id: authority.present().key_id,
        signer,
        profile,
        key: rules.key,
        csr,
    })
}

fn template(catalogue: &CatalogueRecord, name: &str) -> Result<NewTemplate> {
    catalogue
        .named(keyturn_api::ConfigType::Template, name)
        .ok_or_else(|| {
            Problem::new(
                Code::WrongState,
                format!("The certificate template \"{name}\" is not there any more."),
            )
            .at(Target::field("certificate_template"))
            .remedy(
                "Create a template with this name for an authority that can sign, in Secrets \
                 engines.",
            )
        })?
        .request()
}

/// A rule of the template forbids it: the rule is named as the API spells it.
fn broken(template: &str, mut refusal: RuleRefusal) -> Problem {
    refusal.message = format!(
        "{} (rule {} of the template \"{template}\").",
        refusal.message.trim_end_matches('.'),
        refusal.rule
    );
    problem_of_rule(refusal)
}

/// What would be issued; nothing is made.
pub(crate) fn outlook(vault: &Opened, group: &str, new: &New) -> Result<PrivateCertOutlook> {
    new.check()?;
    let making = Making {
        vault,
        id: uuid::Uuid::nil(),
        group,
        now: vault.now(),
    };
    let ground = ground(&making, new)?;
    check_interval(new, &ground.profile, making.now)?;
    Ok(ground.told())
}

/// What the next version would be; nothing is made.
pub(crate) fn rotation_outlook(
    vault: &Opened,
    found: &Found,
    rotation: &private_cert::Rotation,
) -> Result<PrivateCertOutlook> {
    rotation.check()?;
    let group = found.record.group_id();
    let making = Making {
        vault,
        id: found.id,
        group: &group,
        now: vault.now(),
    };
    if found.record.secret_type() != SecretType::PrivateCert {
        return Err(wrong_input("csr", found.record.secret_type()));
    }
    let new = asked_again(&found.record, rotation)?;
    ground(&making, &new).map(Ground::told)
}

impl Ground {
    fn told(self) -> PrivateCertOutlook {
        let ground = self;
        PrivateCertOutlook {
            certificate_authority: ground.authority,
            common_name: ground.profile.subject.common_name.clone(),
            alt_names: texts(&ground.profile.alt_names),
            not_after: Timestamp::from_millis(ground.profile.not_after.saturating_mul(1000)),
            key_algorithm: ground
                .csr
                .map_or(ground.key, |csr| csr.key_algorithm())
                .name(),
        }
    }
}

fn texts(names: &AltNames) -> Vec<String> {
    let dns = names.dns.iter().chain(&names.email).chain(&names.uri);
    let others = names.other.iter().map(|other| other.value.clone());
    dns.cloned()
        .chain(names.ip.iter().map(ToString::to_string))
        .chain(others)
        .collect()
}

/// An interval is within the life of a certificate. Where it is as long, the schedule is a little
/// earlier.
pub(super) fn check_interval(new: &New, profile: &LeafProfile, now: Timestamp) -> Result<()> {
    let Some(every) = new.rotation.every() else {
        return Ok(());
    };
    if seconds(every.after(now)) <= profile.not_after {
        return Ok(());
    }
    Err(Problem::field(
        "rotation",
        "The interval is longer than the life that the template gives a certificate.",
    )
    .remedy("Choose a shorter interval, or a longer ttl."))
}

/// Signs a certificate. `planned`: the interval is new; else a life that became shorter than it does
/// not keep anybody from rotating.
pub(super) fn issue(making: &Making<'_>, new: &New, planned: bool) -> Result<(Kept, Rotated)> {
    let ground = ground(making, new)?;
    if planned {
        check_interval(new, &ground.profile, making.now)?;
    }
    let key = match &ground.csr {
        Some(_) => None,
        None => Some(PrivateKey::generate(&ground.key).map_err(problem)?),
    };
    let public = match (&key, &ground.csr) {
        (Some(key), _) => key.public_key(),
        (None, Some(csr)) => csr.public_key(),
        (None, None) => return Err(Problem::not_found("key")),
    };
    let serial = Serial::random().map_err(problem)?;
    let certificate = ground
        .signer
        .sign_leaf(&ground.profile, public, &serial)
        .map_err(problem)?;
    let claim = serial_key(making.vault.keys(), ground.key_id, &serial);
    let (fields, mut entry) = certificate::noted(&certificate, key.is_some());
    entry.signed_by = Some(ground.key_id);
    let kept = Kept::of_certificate(new, &ground.authority, fields, key.is_some());
    let pem = certificate.to_pem();
    let key_pem = key.as_ref().map(PrivateKey::to_pem);
    let value = Value {
        certificate: &pem,
        private_key: key_pem.as_deref().map(String::as_str),
        ca_chain: ground.chain.iter().map(String::as_str).collect(),
        authority: &ground.authority,
    };
    let rotated = Rotated {
        value: value.encode(),
        detail: Some(kept.encode()),
        certificate: Some(entry),
        also: Also {
            expect: vec![
                (CatalogueRecord::KEY.to_vec(), ground.revision),
                (claim.clone(), None),
            ],
            mark: vec![claim],
            put: Vec::new(),
        },
    };
    Ok((kept, rotated))
}
