//! Distinguished names as the API has them: several values of a type, in words.

use const_oid::ObjectIdentifier as Oid;
use der::Tag;
use der::asn1::Any;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use crate::{FieldResult, Part, Refusal, Result};

/// Whom a certificate is for (RFC 5280 section 4.1.2.6). The names of the fields are the API's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// CN, at most 64 characters.
    pub common_name: Option<String>,
    /// O, at most 64 characters each.
    pub organization: Vec<String>,
    /// OU, at most 64 characters each.
    pub ou: Vec<String>,
    /// C, two letters each.
    pub country: Vec<String>,
    /// L, at most 128 characters each.
    pub locality: Vec<String>,
    /// ST, at most 128 characters each.
    pub province: Vec<String>,
    /// STREET, at most 128 characters each.
    pub street_address: Vec<String>,
    /// Postal code, at most 40 characters each.
    pub postal_code: Vec<String>,
    /// UID (RFC 4519 section 2.39), at most 256 characters each.
    pub user_ids: Vec<String>,
    /// The serial number within the name, at most 64 characters; not that of the certificate.
    pub serial_number: Option<String>,
}

/// Identifier, field and greatest number of characters (RFC 5280 appendix A.1, X.520).
struct Kind {
    oid: Oid,
    field: &'static str,
    most: usize,
}

const fn kind(oid: &str, field: &'static str, most: usize) -> Kind {
    Kind {
        oid: Oid::new_unwrap(oid),
        field,
        most,
    }
}

const COUNTRY: Kind = kind("2.5.4.6", "country", 2);
const ORGANIZATION: Kind = kind("2.5.4.10", "organization", 64);
const OU: Kind = kind("2.5.4.11", "ou", 64);
const LOCALITY: Kind = kind("2.5.4.7", "locality", 128);
const PROVINCE: Kind = kind("2.5.4.8", "province", 128);
const STREET_ADDRESS: Kind = kind("2.5.4.9", "street_address", 128);
const POSTAL_CODE: Kind = kind("2.5.4.17", "postal_code", 40);
const COMMON_NAME: Kind = kind("2.5.4.3", "common_name", 64);
const SERIAL_NUMBER: Kind = kind("2.5.4.5", "serial_number", 64);
const USER_IDS: Kind = kind("0.9.2342.19200300.100.1.1", "user_ids", 256);

/// What others put in a name, and has no field: PKCS#9's address and RFC 4519's part of a domain.
const EMAIL_ADDRESS: Oid = Oid::new_unwrap("1.2.840.113549.1.9.1");
const DOMAIN_COMPONENT: Oid = Oid::new_unwrap("0.9.2342.19200300.100.1.25");

impl Subject {
    /// With a common name only.
    pub fn named(common_name: impl Into<String>) -> Self {
        Self {
            common_name: Some(common_name.into()),
            ..Self::default()
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As a name, in the order in which the service writes it, one value in each of its parts.
    pub(crate) fn to_name(&self, part: Part) -> Result<Name> {
        self.to_name_by_field(part).map_err(|(_, refusal)| refusal)
    }

    /// Refuses what cannot be written, with the field that holds it.
    pub fn check_by_field(&self, part: Part) -> FieldResult<()> {
        self.to_name_by_field(part).map(|_| ())
    }

    pub(crate) fn to_name_by_field(&self, part: Part) -> FieldResult<Name> {
        let mut name = RdnSequence::default();
        for (kind, values) in self.values() {
            for value in values {
                let value = kind.encode(part, value).map_err(|why| (kind.field, why))?;
                let mut relative = RelativeDistinguishedName::default();
                relative
                    .insert(AttributeTypeAndValue {
                        oid: kind.oid,
                        value,
                    })
                    .map_err(|_| (kind.field, kind.refuse(part, "cannot be written")))?;
                name.push(relative);
            }
        }
        Ok(Name::hazmat_from_rdn_sequence(name))
    }

    fn values(&self) -> [(Kind, &[String]); 10] {
        [
            (COUNTRY, &self.country),
            (ORGANIZATION, &self.organization),
            (OU, &self.ou),
            (LOCALITY, &self.locality),
            (PROVINCE, &self.province),
            (STREET_ADDRESS, &self.street_address),
            (POSTAL_CODE, &self.postal_code),
            (COMMON_NAME, self.common_name.as_slice()),
            (SERIAL_NUMBER, self.serial_number.as_slice()),
            (USER_IDS, &self.user_ids),
        ]
    }

    /// What a name says. The second is the first identifier that has no place here, if there is
    /// one: an attribute that is not known, a second common name, text that cannot be read.
    pub(crate) fn read(name: &Name) -> (Self, Option<Oid>) {
        let mut subject = Self::default();
        let mut left = None;
        for attribute in name.iter() {
            let text = attribute.value.decode_as::<DirectoryString>();
            let taken = text.is_ok_and(|text| subject.take(attribute.oid, text.into()));
            if !taken {
                left = left.or(Some(attribute.oid));
            }
        }
        (subject, left)
    }

    /// What a value that has no place here is, in words: the rest of a name that was read.
    pub(crate) fn left_over(&self, oid: Oid) -> String {
        let fields = self.values();
        match fields.iter().find(|(kind, _)| kind.oid == oid) {
            Some((kind, [_])) if kind.is_single() => format!("more than one {}", kind.field),
            Some((kind, _)) => format!("a {} that is no text", kind.field),
            None if oid == EMAIL_ADDRESS => {
                "an e-mail address (emailAddress), for which there is no field".to_owned()
            }
            None if oid == DOMAIN_COMPONENT => {
                "a domain component (DC), for which there is no field".to_owned()
            }
            None => format!("a value for which there is no field ({oid})"),
        }
    }

    fn take(&mut self, oid: Oid, text: String) -> bool {
        let single = |place: &mut Option<String>, text| {
            let free = place.is_none();
            place.get_or_insert(text);
            free
        };
        let values = match oid {
            oid if oid == COMMON_NAME.oid => return single(&mut self.common_name, text),
            oid if oid == SERIAL_NUMBER.oid => return single(&mut self.serial_number, text),
            oid if oid == COUNTRY.oid => &mut self.country,
            oid if oid == ORGANIZATION.oid => &mut self.organization,
            oid if oid == OU.oid => &mut self.ou,
            oid if oid == LOCALITY.oid => &mut self.locality,
            oid if oid == PROVINCE.oid => &mut self.province,
            oid if oid == STREET_ADDRESS.oid => &mut self.street_address,
            oid if oid == POSTAL_CODE.oid => &mut self.postal_code,
            oid if oid == USER_IDS.oid => &mut self.user_ids,
            _ => return false,
        };
        values.push(text);
        true
    }
}

impl Kind {
    fn is_single(&self) -> bool {
        [COMMON_NAME.oid, SERIAL_NUMBER.oid].contains(&self.oid)
    }

    fn encode(&self, part: Part, value: &str) -> Result<Any> {
        if value.trim().is_empty() {
            return Err(self.refuse(part, "holds an empty value"));
        }
        if value.chars().any(char::is_control) {
            return Err(self.refuse(part, "holds a control character"));
        }
        let tag = if self.oid == COUNTRY.oid {
            if value.len() != 2 || !value.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                return Err(self
                    .refuse(part, "must be two letters")
                    .remedy("Use the code of ISO 3166-1, such as DE or US."));
            }
            Tag::PrintableString
        } else if self.oid == SERIAL_NUMBER.oid {
            if !value.bytes().all(is_printable) {
                return Err(self
                    .refuse(part, "holds a character that is not allowed there")
                    .remedy("Use letters, digits, spaces and ' ( ) + , - . / : = ?"));
            }
            Tag::PrintableString
        } else {
            Tag::Utf8String
        };
        if value.chars().count() > self.most {
            let what = format!("is longer than {} characters", self.most);
            let refusal = self.refuse(part, &what);
            return Err(if self.oid == COMMON_NAME.oid {
                refusal.remedy("Shorten it, or give a long host name in alt_names alone.")
            } else {
                refusal.remedy("Shorten it.")
            });
        }
        // Upper case as ISO 3166-1 writes it.
        let value = match tag {
            Tag::PrintableString if self.oid == COUNTRY.oid => value.to_ascii_uppercase(),
            _ => value.to_owned(),
        };
        Any::new(tag, value.into_bytes()).map_err(|_| self.refuse(part, "cannot be written"))
    }

    fn refuse(&self, part: Part, what: &str) -> Refusal {
        Refusal::new(part, format!("The field {} {what}.", self.field))
    }
}

/// `PrintableString` (X.680 section 41.4).
const fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b' ' | b'\'' | b'('..=b')' | b'+'..=b'/' | b':' | b'=' | b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Subject {
        Subject {
            common_name: Some("shop.example.com".into()),
            organization: vec!["Example".into(), "Beispiel GmbH".into()],
            ou: vec!["Straße".into()],
            country: vec!["DE".into(), "AT".into()],
            locality: vec!["Böblingen".into()],
            province: vec!["BW".into()],
            street_address: vec!["Schönaicher Str. 220".into()],
            postal_code: vec!["71032".into()],
            user_ids: vec!["u1".into(), "u2".into()],
            serial_number: Some("AB-12".into()),
        }
    }

    #[test]
    fn a_subject_is_read_as_it_was_written() {
        let name = full().to_name(Part::Csr).unwrap();
        assert_eq!(Subject::read(&name), (full(), None));
        assert_eq!(name.len(), 13);
        let tags: Vec<_> = name
            .iter()
            .map(|value| der::Tagged::tag(&value.value))
            .collect();
        assert_eq!(tags[0], Tag::PrintableString);
        assert_eq!(tags[2], Tag::Utf8String);
        assert_eq!(tags[10], Tag::PrintableString);
    }

    #[test]
    fn what_is_too_long_or_odd_is_refused_by_its_field() {
        let refused = |subject: Subject| subject.to_name(Part::Csr).unwrap_err().message;
        let long = |count: usize| vec!["x".repeat(count)];
        for (field, subject) in [
            ("common_name", Subject::named("x".repeat(65))),
            ("common_name", Subject::named("a\0b")),
            (
                "organization",
                Subject {
                    organization: long(65),
                    ..Subject::default()
                },
            ),
            (
                "ou",
                Subject {
                    ou: long(65),
                    ..Subject::default()
                },
            ),
            (
                "country",
                Subject {
                    country: long(3),
                    ..Subject::default()
                },
            ),
            (
                "country",
                Subject {
                    country: vec!["1A".into()],
                    ..Subject::default()
                },
            ),
            (
                "locality",
                Subject {
                    locality: long(129),
                    ..Subject::default()
                },
            ),
            (
                "province",
                Subject {
                    province: long(129),
                    ..Subject::default()
                },
            ),
            (
                "street_address",
                Subject {
                    street_address: long(129),
                    ..Subject::default()
                },
            ),
            (
                "postal_code",
                Subject {
                    postal_code: long(41),
                    ..Subject::default()
                },
            ),
            (
                "user_ids",
                Subject {
                    user_ids: vec![" ".into()],
                    ..Subject::default()
                },
            ),
            (
                "serial_number",
                Subject {
                    serial_number: Some("a_b".into()),
                    ..Subject::default()
                },
            ),
        ] {
            let message = refused(subject);
            assert!(
                message.starts_with(&format!("The field {field} ")),
                "{message}"
            );
        }
        assert!(Subject::named("ä".repeat(64)).to_name(Part::Csr).is_ok());
    }

    #[test]
    fn an_attribute_without_a_field_is_told() {
        let name: Name = "CN=a,1.2.840.113549.1.9.1=b@c".parse().unwrap();
        let (subject, left) = Subject::read(&name);
        assert_eq!(subject, Subject::named("a"));
        assert_eq!(left, Some(Oid::new_unwrap("1.2.840.113549.1.9.1")));
    }
}
