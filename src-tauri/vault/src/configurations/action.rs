//! `create_configuration_action`: signing, revoking and rotating authorities.

use keyturn_api::{
    Action, Caller, Code, ConfigType, Problem, Result, Target, Timestamp,
    configuration::{
        action::{ActionOutcome, ConfigurationAction, SigningOptions},
        authority::{NewIntermediate, SigningMethod},
    },
};
use keyturn_pki::{Certificate, Csr, Part, Serial, chain::order, issue};
use uuid::Uuid;

use super::{
    authority::{self, key_text, made_from, make_key, own_certificate, seconds},
    catalogue,
    create::json,
    crl, find,
    hindrance::{check_revocable, check_rotatable},
    put,
    sign::{sign, sign_below},
    touch,
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{
        CatalogueRecord, ConfigurationRecord, CrlRecord, FormerRecord, Generation, RevokedRecord,
        authority_key, open_authority_key, seal_authority_key,
    },
    rotation::certificate::{problem, read_certificates, read_private_key},
};

pub(crate) async fn action(
    vault: &Opened,
    caller: &Caller,
    config_type: ConfigType,
    name: &str,
    action: ConfigurationAction,
) -> Result<ActionOutcome> {
    caller.may(Action::ConfigurationActionCreate)?;
    vault.require_recovery()?;
    if !matches!(config_type, ConfigType::RootCa | ConfigType::IntermediateCa) {
        return Err(Problem::field(
            "config_type",
            "Only authorities of private certificates have actions.",
        ));
    }
    loop {
        let now = vault.now();
        let (mut catalogue, revision) = catalogue(vault)?;
        let record = find(&catalogue, config_type, name)?;
        let id = Uuid::from_bytes(record.id);
        let entry = Entry::new(Action::ConfigurationActionCreate, caller, id, now);
        let mut acting = Acting {
            vault,
            catalogue: &mut catalogue,
            caller,
            now,
            write: Write::new(entry),
        };
        let outcome = acting.act(record, &action)?;
        let mut write = acting.write;
        put(vault, &catalogue, revision, &mut write);
        match vault.write(write).await {
            Ok(_) => return Ok(outcome),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// Earlier keys of an authority whose certificates still live, at most.
const FORMER_KEYS: usize = 20;

/// An action under way; nothing is written before all of it is decided.
struct Acting<'a> {
    vault: &'a Opened,
    catalogue: &'a mut CatalogueRecord,
    caller: &'a Caller,
    now: Timestamp,
    write: Write,
}

impl Acting<'_> {
    fn act(
        &mut self,
        mut record: ConfigurationRecord,
        action: &ConfigurationAction,
    ) -> Result<ActionOutcome> {
        match action {
            ConfigurationAction::RotateCrl => {
                authority::check_signs(self.catalogue, &record.name, self.now)?;
                for generation in record.generations() {
                    if crl::lives(generation, self.now)? {
                        self.renew_list(&record, generation)?;
                    }
                }
                Ok(ActionOutcome::Done)
            }
            ConfigurationAction::SignIntermediate {
                intermediate_certificate_authority,
                options,
            } => self.sign_intermediate(&record.name, intermediate_certificate_authority, options),
            ConfigurationAction::SignCsr { csr, options } => {
                options.check()?;
                let csr = Csr::from_pem(csr).map_err(problem)?;
                let certificate = sign(
                    self.vault,
                    self.catalogue,
                    &record.name,
                    &csr,
                    options,
                    self.now,
                    &mut self.write,
                )?;
                Ok(self.signed(&record, &certificate))
            }
            ConfigurationAction::SetSigned { certificate } => {
                self.set_signed(&mut record, certificate)?;
                self.keep(record);
                Ok(ActionOutcome::Done)
            }
            ConfigurationAction::RevokeCaCertificate => {
                self.revoke(&mut record)?;
                self.keep(record);
                Ok(ActionOutcome::Revoked { at: self.now })
            }
            ConfigurationAction::RotateIntermediate => {
                self.rotate(&mut record)?;
                self.keep(record);
                Ok(ActionOutcome::Done)
            }
            _ => Err(Problem::field("action_type", "This action is not known.")),
        }
    }

    fn sign_intermediate(
        &mut self,
        parent: &str,
        name: &str,
        options: &SigningOptions,
    ) -> Result<ActionOutcome> {
        options.check()?;
        let field = "intermediate_certificate_authority";
        let mut below = find(self.catalogue, ConfigType::IntermediateCa, name)
            .map_err(|problem| problem.at(Target::field(field)))?;
        let mut new: NewIntermediate = below.request()?;
        if new.signing_method == SigningMethod::External {
            return Err(Problem::field(field, "This authority is signed elsewhere.")
                .remedy("Download its request, have it signed, and bring the certificate."));
        }
        if below.revoked_at.is_some() {
            return Err(
                Problem::field(field, "The certificate of this authority was revoked.")
                    .remedy("Rotate it: that gives it another key."),
            );
        }
        let signer = self.catalogue.authority(parent);
        let circle = signer.is_some_and(|signer| {
            let mut line = std::iter::once(signer).chain(authority::above(self.catalogue, signer));
            line.any(|one| one.id == below.id)
        });
        if circle {
            return Err(Problem::field(
                field,
                "This authority stands above the one that would sign it, or is the same.",
            )
            .remedy("Choose an authority that stands below."));
        }
        new.issuer = Some(parent.to_owned());
        below.request = json(&new);
        sign_below(
            self.vault,
            self.catalogue,
            parent,
            &mut below,
            options,
            self.now,
            &mut self.write,
        )?;
        self.begin_list(&below)?;
        let certificate =
            own_certificate(&below)?.ok_or_else(|| Problem::not_found("certificate"))?;
        let outcome = self.signed_by(&below, &certificate);
        self.keep(below);
        Ok(outcome)
    }

    fn begin_list(&mut self, record: &ConfigurationRecord) -> Result<()> {
        if authority::crl(self.vault, record.present().key_id)?.is_some() {
            return self.renew_list(record, record.present());
        }
        let authority = authority::load(self.vault, self.catalogue, record)?;
        crl::first(self.vault, record, &authority, self.now, &mut self.write)
    }

    fn renew_list(
        &mut self,
        record: &ConfigurationRecord,
        generation: Generation<'_>,
    ) -> Result<()> {
        let write = &mut self.write;
        crl::renew(self.vault, record, generation, None, self.now, write)
    }

    /// Takes the certificate of an authority that was signed elsewhere, with its chain.
    fn set_signed(&mut self, record: &mut ConfigurationRecord, text: &str) -> Result<()> {
        if record.config_type() != Some(ConfigType::IntermediateCa) {
            return Err(Problem::field(
                "action_type",
                "A root has signed itself; no certificate is taken for it.",
            ));
        }
        let new: NewIntermediate = record.request()?;
        if new.signing_method != SigningMethod::External {
            return Err(Problem::new(
                Code::WrongState,
                "This authority is signed within this instance; no certificate is taken for it.",
            ));
        }
        let mut given = read_certificates(Part::Certificate, text)?;
        let key = read_private_key(&open_authority_key(self.vault, record.present().key_id)?)?;
        let place = given
            .iter()
            .position(|one| key.matches(one))
            .ok_or_else(|| {
                Problem::field(
                    "certificate",
                    "None of these certificates was signed for the request of this authority.",
                )
                .remedy("Download the request again, have that one signed, and bring the answer.")
            })?;
        let own = given.swap_remove(place);
        if own.validity().1 < seconds(self.now) {
            return Err(Problem::field(
                "certificate",
                "The certificate has expired.",
            ));
        }
        // refuses what is no authority
        issue::Authority::new(own.clone(), &key).map_err(problem)?;
        let above = order(&own, given);
        let chain = above.intermediates.iter().chain(&above.root);
        record.chain = Some(chain.map(Certificate::to_pem).collect());
        record.certificate = Some(own.to_pem());
        record.signed_by = None;
        self.begin_list(record)
    }

    /// Revokes the certificate of an authority that an authority of this instance signed.
    fn revoke(&mut self, record: &mut ConfigurationRecord) -> Result<()> {
        let parent = check_revocable(self.catalogue, record)?;
        let certificate = own_certificate(record)?;
        let serial = certificate
            .as_ref()
            .and_then(Serial::of)
            .ok_or_else(|| Problem::not_found("certificate"))?;
        let revoked = RevokedRecord {
            serial: serial.as_bytes().to_vec(),
            at: seconds(self.now),
        };
        crl::renew(
            self.vault,
            parent,
            parent.present(),
            Some(revoked),
            self.now,
            &mut self.write,
        )?;
        record.revoked_at = Some(self.now.millis());
        Ok(())
    }

    /// Gives an authority that signs certificates only another key and certificate.
    fn rotate(&mut self, record: &mut ConfigurationRecord) -> Result<()> {
        let parent = check_rotatable(self.catalogue, record, self.now)?
            .name
            .clone();
        let new = made_from(record)?;
        let key = make_key(&new)?;
        let options = match &record.signing {
            Some(options) => serde_json::from_str(options).unwrap_or_default(),
            None => SigningOptions::default(),
        };
        self.retire_key(record)?;
        record.csr = Some(authority::request(&new, &key)?.to_pem());
        record.certificate = None;
        record.revoked_at = None;
        sign_below(
            self.vault,
            self.catalogue,
            &parent,
            record,
            &options,
            self.now,
            &mut self.write,
        )?;
        let key_id = record.present().key_id;
        let sealed = seal_authority_key(self.vault.keys(), key_id, key_text(&key).bytes());
        self.write.put(authority_key(key_id), sealed);
        let certificate =
            own_certificate(record)?.ok_or_else(|| Problem::not_found("certificate"))?;
        let authority = issue::Authority::new(certificate, &key).map_err(problem)?;
        crl::first(self.vault, record, &authority, self.now, &mut self.write)
    }

    /// Makes room for another key. The present one still signs the list of what it signed, until its
    /// certificate ends; those whose certificate has ended are deleted.
    fn retire_key(&mut self, record: &mut ConfigurationRecord) -> Result<()> {
        let mut former = Vec::new();
        for generation in record.generations() {
            match generation.certificate {
                Some(certificate) if crl::lives(generation, self.now)? => {
                    former.push(FormerRecord {
                        key_id: generation.key_id,
                        certificate: certificate.to_owned(),
                    });
                }
                _ => {
                    self.write.delete(authority_key(generation.key_id));
                    self.write.delete(CrlRecord::key(generation.key_id));
                }
            }
        }
        if former.len() > FORMER_KEYS {
            return Err(Problem::new(
                Code::LimitReached,
                format!(
                    "The certificates of {FORMER_KEYS} earlier keys of this authority are still in \
                     force."
                ),
            )
            .remedy("Create another authority, and move what is below this one."));
        }
        record.former = Some(former).filter(|former| !former.is_empty());
        record.key_id = Some(*Uuid::new_v4().as_bytes());
        Ok(())
    }

    fn keep(&mut self, mut record: ConfigurationRecord) {
        touch(&mut record, self.caller, self.now);
        if let Some(kept) = self.catalogue.by_id_mut(record.id) {
            *kept = record;
        }
    }

    /// What an authority signed for somebody else.
    fn signed(&self, by: &ConfigurationRecord, certificate: &Certificate) -> ActionOutcome {
        let own = by.certificate.clone().unwrap_or_default();
        let mut ca_chain = vec![own.clone()];
        ca_chain.extend(authority::chain(self.catalogue, by));
        ActionOutcome::Signed {
            certificate: certificate.to_pem(),
            serial_number: certificate.serial_number(),
            issuing_ca: own,
            ca_chain,
            expiration: Timestamp::from_millis(certificate.validity().1.saturating_mul(1000)),
        }
    }

    /// What was signed for an authority of this instance.
    fn signed_by(&self, below: &ConfigurationRecord, certificate: &Certificate) -> ActionOutcome {
        let ca_chain = authority::chain(self.catalogue, below);
        ActionOutcome::Signed {
            certificate: certificate.to_pem(),
            serial_number: certificate.serial_number(),
            issuing_ca: ca_chain.first().cloned().unwrap_or_default(),
            ca_chain,
            expiration: Timestamp::from_millis(certificate.validity().1.saturating_mul(1000)),
        }
    }
}
