//! What a key may be used for, in the words of the API.

use const_oid::ObjectIdentifier as Oid;
use der::flagset::FlagSet;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};

use crate::{FieldResult, KeyAlgorithm, Part, Refusal, Result};

/// A use of a key (RFC 5280 section 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyUse {
    /// To sign, but not certificates and revocation lists.
    DigitalSignature,
    /// To sign what must not be denied later (non-repudiation).
    ContentCommitment,
    /// To encrypt keys.
    KeyEncipherment,
    /// To encrypt data.
    DataEncipherment,
    /// To agree on keys.
    KeyAgreement,
    /// To sign certificates.
    CertSign,
    /// To sign revocation lists.
    CrlSign,
    /// With key agreement: to encrypt only.
    EncipherOnly,
    /// With key agreement: to decrypt only.
    DecipherOnly,
}

impl KeyUse {
    const ALL: [Self; 9] = [
        Self::DigitalSignature,
        Self::ContentCommitment,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::CertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];

    /// Reads the words of a list; upper and lower case are one, and `KeyUsage` may stand before.
    pub fn parse_all(part: Part, words: &[String]) -> Result<Vec<Self>> {
        let mut uses = Vec::new();
        for word in words {
            let bare = strip(word, "KeyUsage");
            let found = Self::ALL
                .into_iter()
                .find(|one| one.name().eq_ignore_ascii_case(bare));
            uses.push(found.ok_or_else(|| unknown(part, "key_usage", &Self::ALL.map(Self::name)))?);
        }
        uses.sort_unstable();
        uses.dedup();
        Ok(uses)
    }

    /// As the API spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "DigitalSignature",
            Self::ContentCommitment => "ContentCommitment",
            Self::KeyEncipherment => "KeyEncipherment",
            Self::DataEncipherment => "DataEncipherment",
            Self::KeyAgreement => "KeyAgreement",
            Self::CertSign => "CertSign",
            Self::CrlSign => "CRLSign",
            Self::EncipherOnly => "EncipherOnly",
            Self::DecipherOnly => "DecipherOnly",
        }
    }

    const fn bit(self) -> KeyUsages {
        match self {
            Self::DigitalSignature => KeyUsages::DigitalSignature,
            Self::ContentCommitment => KeyUsages::NonRepudiation,
            Self::KeyEncipherment => KeyUsages::KeyEncipherment,
            Self::DataEncipherment => KeyUsages::DataEncipherment,
            Self::KeyAgreement => KeyUsages::KeyAgreement,
            Self::CertSign => KeyUsages::KeyCertSign,
            Self::CrlSign => KeyUsages::CRLSign,
            Self::EncipherOnly => KeyUsages::EncipherOnly,
            Self::DecipherOnly => KeyUsages::DecipherOnly,
        }
    }

    /// Whether a key of a kind can be used so at all (RFC 3279 section 2.3.1, RFC 5480 section 3
    /// with RFC 8813, RFC 8410 section 5).
    pub fn fits(self, key: &KeyAlgorithm) -> bool {
        let signs = matches!(
            self,
            Self::DigitalSignature | Self::ContentCommitment | Self::CertSign | Self::CrlSign
        );
        signs
            || match key {
                KeyAlgorithm::Rsa(_) => {
                    matches!(self, Self::KeyEncipherment | Self::DataEncipherment)
                }
                KeyAlgorithm::Ec(_) => matches!(
                    self,
                    Self::KeyAgreement | Self::EncipherOnly | Self::DecipherOnly
                ),
                _ => false,
            }
    }

    /// Whether only certificate authorities have it.
    pub const fn is_of_authority(self) -> bool {
        matches!(self, Self::CertSign | Self::CrlSign)
    }

    /// Those uses of a list that a key of a kind can be put to. Templates name the uses of all kinds
    /// of keys together (by default RSA's and ECDSA's), so what does not fit is left out; but if
    /// nothing were left, the extension would be missing, and any use be allowed.
    pub(crate) fn fitting(part: Part, uses: &[Self], key: &KeyAlgorithm) -> Result<Vec<Self>> {
        let mut left: Vec<_> = uses.iter().copied().filter(|one| one.fits(key)).collect();
        // Both only mean something beside it (RFC 5280 section 4.2.1.3).
        if !left.contains(&Self::KeyAgreement) {
            left.retain(|one| !matches!(one, Self::EncipherOnly | Self::DecipherOnly));
        }
        if left.contains(&Self::EncipherOnly) && left.contains(&Self::DecipherOnly) {
            let both = "The field key_usage holds EncipherOnly and DecipherOnly.";
            return Err(Refusal::new(part, both).remedy("Leave one of them out, or both."));
        }
        if left.is_empty() && !uses.is_empty() {
            let name = key.name();
            let none = format!("A key of the kind {name} has none of the uses in key_usage.");
            return Err(Refusal::new(part, none)
                .remedy("Add DigitalSignature to key_usage, or choose another key_type."));
        }
        Ok(left)
    }

    pub(crate) fn extension(uses: &[Self]) -> KeyUsage {
        let none: FlagSet<KeyUsages> = None.into();
        KeyUsage(uses.iter().fold(none, |set, one| set | one.bit()))
    }

    pub(crate) fn read(usage: KeyUsage) -> Vec<Self> {
        let bits = |one: &Self| usage.0.contains(one.bit());
        Self::ALL.into_iter().filter(bits).collect()
    }
}

/// Words and identifiers (RFC 5280 section 4.2.1.12; Microsoft's and Netscape's).
const EXTENDED: [(&str, &str); 14] = [
    ("Any", "2.5.29.37.0"),
    ("ServerAuth", "1.3.6.1.5.5.7.3.1"),
    ("ClientAuth", "1.3.6.1.5.5.7.3.2"),
    ("CodeSigning", "1.3.6.1.5.5.7.3.3"),
    ("EmailProtection", "1.3.6.1.5.5.7.3.4"),
    ("IPSECEndSystem", "1.3.6.1.5.5.7.3.5"),
    ("IPSECTunnel", "1.3.6.1.5.5.7.3.6"),
    ("IPSECUser", "1.3.6.1.5.5.7.3.7"),
    ("TimeStamping", "1.3.6.1.5.5.7.3.8"),
    ("OCSPSigning", "1.3.6.1.5.5.7.3.9"),
    ("MicrosoftServerGatedCrypto", "1.3.6.1.4.1.311.10.3.3"),
    ("NetscapeServerGatedCrypto", "2.16.840.1.113730.4.1"),
    ("MicrosoftCommercialCodeSigning", "1.3.6.1.4.1.311.2.1.22"),
    ("MicrosoftKernelCodeSigning", "1.3.6.1.4.1.311.61.1.1"),
];

/// What four flags, words and identifiers ask for together, each once, in this order.
#[expect(clippy::struct_excessive_bools, reason = "so it is in the API")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtendedUse {
    /// `server_flag`.
    pub server: bool,
    /// `client_flag`.
    pub client: bool,
    /// `code_signing_flag`.
    pub code_signing: bool,
    /// `email_protection_flag`.
    pub email_protection: bool,
    /// `ext_key_usage`; `ExtKeyUsage` may stand before a word.
    pub words: Vec<String>,
    /// `ext_key_usage_oids`.
    pub oids: Vec<String>,
}

impl ExtendedUse {
    /// The identifiers.
    pub fn parse(&self, part: Part) -> Result<Vec<Oid>> {
        self.parse_by_field(part).map_err(|(_, refusal)| refusal)
    }

    /// The same, with the field that is refused.
    pub fn parse_by_field(&self, part: Part) -> FieldResult<Vec<Oid>> {
        let flags = [
            (self.server, "ServerAuth"),
            (self.client, "ClientAuth"),
            (self.code_signing, "CodeSigning"),
            (self.email_protection, "EmailProtection"),
        ];
        let flags = flags
            .into_iter()
            .filter_map(|(on, word)| on.then_some(word));
        let words = self.words.iter().map(|word| strip(word, "ExtKeyUsage"));
        let mut oids = Vec::new();
        let field = "ext_key_usage";
        for word in flags.chain(words) {
            let (_, oid) = EXTENDED
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(word))
                .ok_or_else(|| (field, unknown(part, field, &EXTENDED.map(|(name, _)| name))))?;
            oids.push(Oid::new_unwrap(oid));
        }
        let field = "ext_key_usage_oids";
        oids.extend(identifiers(part, field, &self.oids).map_err(Refusal::of(field))?);
        Ok(once(oids))
    }
}

/// Reads a list of object identifiers, each once.
pub(crate) fn identifiers(part: Part, field: &str, texts: &[String]) -> Result<Vec<Oid>> {
    let oids = texts
        .iter()
        .map(|text| identifier(text))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| {
            Refusal::new(
                part,
                format!("The field {field} holds what is no object identifier."),
            )
            .remedy("Write identifiers as numbers with dots, such as 1.3.6.1.5.5.7.3.1.")
        })?;
    Ok(once(oids))
}

/// Reads one object identifier.
pub(crate) fn identifier(text: &str) -> Option<Oid> {
    Oid::new(text.trim()).ok()
}

fn once(oids: Vec<Oid>) -> Vec<Oid> {
    let mut each = Vec::with_capacity(oids.len());
    for oid in oids {
        if !each.contains(&oid) {
            each.push(oid);
        }
    }
    each
}

fn strip<'a>(word: &'a str, prefix: &str) -> &'a str {
    let word = word.trim();
    match word.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &word[prefix.len()..],
        _ => word,
    }
}

fn unknown(part: Part, field: &str, words: &[&str]) -> Refusal {
    Refusal::new(
        part,
        format!("The field {field} holds a word that is not known."),
    )
    .remedy(format!("Use one of {}.", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn words_are_read_in_any_case_and_with_their_prefix() {
        let uses = words(&["keyusagecrlsign", " DigitalSignature", "DIGITALSIGNATURE"]);
        let uses = KeyUse::parse_all(Part::Csr, &uses).unwrap();
        assert_eq!(uses, [KeyUse::DigitalSignature, KeyUse::CrlSign]);
        assert_eq!(KeyUse::read(KeyUse::extension(&uses)), uses);
        let refused = KeyUse::parse_all(Part::Csr, &words(&["Signing"])).unwrap_err();
        assert!(refused.message.contains("key_usage"), "{refused}");
    }

    #[test]
    fn every_use_has_its_own_bit() {
        for one in KeyUse::ALL {
            assert_eq!(KeyUse::read(KeyUse::extension(&[one])), [one]);
        }
    }

    #[test]
    fn extended_uses_are_named_once() {
        let asked = ExtendedUse {
            server: true,
            words: words(&["ExtKeyUsageServerAuth", "timestamping"]),
            oids: words(&["1.3.6.1.5.5.7.3.8", "1.2.3.4"]),
            ..ExtendedUse::default()
        };
        let oids: Vec<_> = asked
            .parse(Part::Csr)
            .unwrap()
            .iter()
            .map(Oid::to_string)
            .collect();
        assert_eq!(oids, ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.8", "1.2.3.4"]);
        let asked = ExtendedUse {
            oids: words(&["1.a"]),
            ..ExtendedUse::default()
        };
        assert!(asked.parse(Part::Csr).is_err());
    }
}
