//! Certificate revocation lists (RFC 5280 section 5): made, written and read back.

use std::collections::BTreeSet;
use std::fmt;

use der::asn1::Uint;
use der::{Decode, Document};
use x509_cert::certificate::{Raw, Version};
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::ext::ToExtension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, CrlNumber, CrlReason};
use x509_cert::time::Time;

use crate::certificate::pem;
use crate::certificate::signed_part;
use crate::issue::{Authority, Serial, may, time};
use crate::signer::encoded;
use crate::{Certificate, KeyUse, Part, Refusal, Result, SignatureAlgorithm, Signed, limits};

/// A certificate that is no longer to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedEntry {
    /// Its serial number.
    pub serial: Serial,
    /// Since when, seconds since the Unix epoch.
    pub time: i64,
    /// Why, if that is told.
    pub reason: Option<Revocation>,
}

/// Why a certificate was revoked (RFC 5280 section 5.3.1). What that section advises against
/// ("unspecified") and what is for partial lists only are not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Revocation {
    /// Somebody else may have its key.
    KeyCompromise,
    /// Somebody else may have the key of the authority.
    CaCompromise,
    /// Its owner belongs elsewhere.
    AffiliationChanged,
    /// Another one took its place.
    Superseded,
    /// What it was for is no more.
    CessationOfOperation,
    /// For the time being.
    CertificateHold,
    /// Its owner lost a right that it tells of.
    PrivilegeWithdrawn,
}

const REASONS: [(Revocation, CrlReason); 7] = [
    (Revocation::KeyCompromise, CrlReason::KeyCompromise),
    (Revocation::CaCompromise, CrlReason::CaCompromise),
    (
        Revocation::AffiliationChanged,
        CrlReason::AffiliationChanged,
    ),
    (Revocation::Superseded, CrlReason::Superseded),
    (
        Revocation::CessationOfOperation,
        CrlReason::CessationOfOperation,
    ),
    (Revocation::CertificateHold, CrlReason::CertificateHold),
    (
        Revocation::PrivilegeWithdrawn,
        CrlReason::PrivilegeWithdrawn,
    ),
];

/// A revocation list with the very bytes it was read from.
#[derive(Clone)]
pub struct Crl {
    der: Vec<u8>,
    read: CertificateList<Raw>,
}

/// Makes and signs a whole list, version 2. Its number must be above that of the list before; a
/// serial number that stands twice is listed once, as it stands first.
pub fn build(
    authority: &Authority,
    entries: &[RevokedEntry],
    number: u64,
    this_update: i64,
    next_update: i64,
) -> Result<Crl> {
    let issuer = authority.certificate();
    if !may(issuer, KeyUse::CrlSign) {
        return Err(
            refuse("The certificate of the authority does not allow to sign this list.")
                .remedy("Have it signed with the use CRLSign."),
        );
    }
    if next_update <= this_update {
        return Err(
            refuse("The list would end before it begins.").remedy("Give a longer crl_expiry.")
        );
    }
    let mut seen = BTreeSet::new();
    let mut revoked = Vec::with_capacity(entries.len());
    for entry in entries {
        if seen.insert(&entry.serial) {
            revoked.push(entry.to_revoked()?);
        }
    }
    let name = issuer.tbs().subject().clone();
    let identifier = AuthorityKeyIdentifier {
        key_identifier: Some(authority.key_identifier()?.0),
        ..AuthorityKeyIdentifier::default()
    };
    let unwritten = |_| refuse("The list could not be written.");
    let number = CrlNumber::try_from(number).map_err(unwritten)?;
    let extensions = vec![
        identifier.to_extension(&name, &[]).map_err(unwritten)?,
        number.to_extension(&name, &[]).map_err(unwritten)?,
    ];
    let signer = authority.signer();
    let tbs: TbsCertList = TbsCertList {
        version: Version::V2,
        signature: signer.algorithm().clone(),
        issuer: name,
        this_update: time(this_update)?,
        next_update: Some(time(next_update)?),
        // RFC 5280 section 5.1.2.6: without entries the list must be absent, not empty.
        revoked_certificates: (!revoked.is_empty()).then_some(revoked),
        crl_extensions: Some(extensions),
    };
    let signature = signer.sign_bits(&encoded(Part::Certificate, &tbs)?)?;
    let list = CertificateList {
        signature_algorithm: tbs.signature.clone(),
        tbs_cert_list: tbs,
        signature,
    };
    Crl::from_der(&encoded(Part::Certificate, &list)?)
}

impl RevokedEntry {
    fn to_revoked(&self) -> Result<RevokedCert> {
        let reason = self.reason.and_then(|reason| {
            let reasons = REASONS.iter().find(|(one, _)| *one == reason);
            reasons.map(|(_, reason)| reason)
        });
        let extensions = reason
            .map(|reason| reason.to_extension(&x509_cert::name::Name::default(), &[]))
            .transpose()
            .map_err(|_| refuse("The list could not be written."))?;
        Ok(RevokedCert {
            serial_number: self.serial.to_number()?,
            revocation_date: time(self.time)?,
            crl_entry_extensions: extensions.map(|extension| vec![extension]),
        })
    }
}

impl Crl {
    /// Reads one list, to its last byte.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        if der.len() > limits::FILE_BYTES {
            let many = format!(
                "A list of more than {} bytes is not read.",
                limits::FILE_BYTES
            );
            return Err(refuse(&many));
        }
        let read = CertificateList::from_der(der).map_err(|_| unreadable())?;
        Ok(Self {
            der: der.to_vec(),
            read,
        })
    }

    /// Reads the one list of a PEM text (RFC 7468 section 6).
    pub fn from_pem(text: &str) -> Result<Self> {
        if text.len() > 2 * limits::FILE_BYTES {
            return Err(unreadable());
        }
        match Document::from_pem(text.trim()) {
            Ok(("X509 CRL", document)) => Self::from_der(document.as_bytes()),
            _ => Err(unreadable()),
        }
    }

    /// The bytes it was read from.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// As PEM, with a line end at the end.
    pub fn to_pem(&self) -> String {
        pem("X509 CRL", &self.der)
    }

    /// Its number; none if it has none, or one above 64 bits.
    pub fn number(&self) -> Option<u64> {
        let mut extensions = self.read.tbs_cert_list.crl_extensions.iter().flatten();
        let number =
            extensions.find(|one| one.extn_id == <CrlNumber as const_oid::AssociatedOid>::OID)?;
        let number = Uint::from_der(number.extn_value.as_bytes()).ok()?;
        let bytes = number.as_bytes();
        let start = 8_usize.checked_sub(bytes.len())?;
        let mut wide = [0; 8];
        wide[start..].copy_from_slice(bytes);
        Some(u64::from_be_bytes(wide))
    }

    /// When it was made, seconds since the Unix epoch.
    pub fn this_update(&self) -> i64 {
        seconds(self.read.tbs_cert_list.this_update)
    }

    /// When the next one is due at the latest.
    pub fn next_update(&self) -> Option<i64> {
        self.read.tbs_cert_list.next_update.map(seconds)
    }

    /// What is revoked. Serial numbers that are none of ours are left out.
    pub fn entries(&self) -> Vec<RevokedEntry> {
        let revoked = self
            .read
            .tbs_cert_list
            .revoked_certificates
            .iter()
            .flatten();
        let entry = |revoked: &RevokedCert<Raw>| {
            let mut extensions = revoked.crl_entry_extensions.iter().flatten();
            let reason = extensions
                .find(|one| one.extn_id == <CrlReason as const_oid::AssociatedOid>::OID)
                .and_then(|one| CrlReason::from_der(one.extn_value.as_bytes()).ok());
            let reason = REASONS.iter().find(|(_, one)| Some(*one) == reason);
            Some(RevokedEntry {
                serial: Serial::from_bytes(revoked.serial_number.as_bytes()).ok()?,
                time: seconds(revoked.revocation_date),
                reason: reason.map(|(reason, _)| *reason),
            })
        };
        revoked.filter_map(entry).collect()
    }

    /// Whether it is signed by the key of a certificate, and names it as its issuer.
    pub fn signed_by(&self, issuer: &Certificate) -> Signed {
        if self.read.tbs_cert_list.issuer != *issuer.tbs().subject() {
            return Signed::No;
        }
        let verified =
            SignatureAlgorithm::of(&self.read.signature_algorithm).and_then(|algorithm| {
                let message = signed_part(&self.der).ok()?;
                algorithm.verify(
                    issuer.public_key(),
                    message,
                    self.read.signature.as_bytes()?,
                )
            });
        match verified {
            Some(true) => Signed::Yes,
            Some(false) => Signed::No,
            None => Signed::Unknown,
        }
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crl")
            .field("bytes", &self.der.len())
            .finish_non_exhaustive()
    }
}

fn seconds(time: Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

fn refuse(message: &str) -> Refusal {
    Refusal::new(Part::File, message)
}

fn unreadable() -> Refusal {
    refuse("Unable to parse the revocation list: it is not a whole X.509 revocation list.")
        .remedy("Take it once more from where it was issued; it may have been cut off.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::CaProfile;
    use crate::{KeyAlgorithm, PrivateKey, Subject};

    const NOW: i64 = 1_800_000_000;

    fn authority(name: &str) -> Authority {
        let key = PrivateKey::generate(&KeyAlgorithm::Ed25519).unwrap();
        let profile = CaProfile {
            subject: Subject::named(name),
            not_before: NOW,
            not_after: NOW + 86_400,
            ..CaProfile::default()
        };
        let serial = Serial::random().unwrap();
        let certificate = Authority::self_signed(&profile, &key, &serial, NOW).unwrap();
        Authority::new(certificate, &key).unwrap()
    }

    #[test]
    fn a_list_is_read_as_it_was_made() {
        let authority = authority("Example Root");
        let entries = [
            (
                Serial::from_bytes(&[0x80; 19]).unwrap(),
                Some(Revocation::KeyCompromise),
            ),
            (Serial::random().unwrap(), None),
        ];
        let entries = entries.map(|(serial, reason)| RevokedEntry {
            serial,
            time: NOW + 5,
            reason,
        });
        let twice = [entries.clone(), entries.clone()].concat();
        let list = build(&authority, &twice, u64::MAX, NOW, NOW + 60).unwrap();
        let list = Crl::from_pem(&list.to_pem()).unwrap();
        assert_eq!(list.entries(), entries);
        assert_eq!(list.number(), Some(u64::MAX));
        assert_eq!(
            (list.this_update(), list.next_update()),
            (NOW, Some(NOW + 60))
        );
        assert_eq!(list.signed_by(authority.certificate()), Signed::Yes);
    }

    #[test]
    fn a_list_without_entries_is_signed_too() {
        let (one, other) = (authority("Example One"), authority("Example One"));
        let list = build(&one, &[], 0, NOW, NOW + 60).unwrap();
        assert!(list.entries().is_empty());
        assert_eq!(list.number(), Some(0));
        assert_eq!(list.signed_by(one.certificate()), Signed::Yes);
        assert_eq!(list.signed_by(other.certificate()), Signed::No);
        assert!(build(&one, &[], 1, NOW, NOW).is_err());
        assert!(Crl::from_pem(&one.certificate().to_pem()).is_err());
    }

    #[test]
    fn every_reason_is_read_back() {
        let authority = authority("Example Root");
        let entries = REASONS.map(|(reason, _)| RevokedEntry {
            serial: Serial::random().unwrap(),
            time: NOW,
            reason: Some(reason),
        });
        let list = build(&authority, &entries, 3, NOW, NOW + 60).unwrap();
        assert_eq!(list.entries(), entries);
    }
}
