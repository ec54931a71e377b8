//! Making a request.

use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::request::{CertReq, CertReqInfo, ExtensionReq, Version};

use crate::extension::ExtensionList;
use crate::signer::{Signer, encoded};
use crate::usage::identifiers;
use crate::{
    AltNames, AltNamesText, Csr, Curve, ExtendedUse, FieldResult, KeyAlgorithm, KeyUse, Part,
    PrivateKey, Refusal, Result, Subject,
};

/// What a request is to say, as `managed_csr` of the API has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsrRequest {
    /// Whom it is for.
    pub subject: Subject,
    /// Alternative names, in the API's text.
    pub alt_names: AltNamesText,
    /// Whether a common name is needed.
    pub require_cn: bool,
    /// Whether the common name is kept out of the alternative names.
    pub exclude_cn_from_sans: bool,
    /// `key_usage`.
    pub key_usage: Vec<String>,
    /// The four flags, `ext_key_usage` and `ext_key_usage_oids`.
    pub ext_key_usage: ExtendedUse,
    /// `policy_identifiers`.
    pub policy_identifiers: Vec<String>,
}

/// Makes a request and signs it with the key that it is for. It never asks to become a certificate
/// authority: basic constraints are left out.
pub fn create(request: &CsrRequest, key: &PrivateKey) -> Result<Csr> {
    create_by_field(request, key).map_err(|(_, refusal)| refusal)
}

/// The same, with the field that is refused; `private_key` if it is none of the request's.
pub fn create_by_field(request: &CsrRequest, key: &PrivateKey) -> FieldResult<Csr> {
    let part = Part::Csr;
    let names = names(request)?;
    let subject = request.subject.to_name_by_field(part)?;
    let mut extensions = ExtensionList::new(part, &subject);
    key_usage(request, key)
        .and_then(|uses| extensions.uses(&uses))
        .map_err(Refusal::of("key_usage"))?;
    let extended = request.ext_key_usage.parse_by_field(part)?;
    extensions
        .extended_uses(&extended)
        .map_err(Refusal::of("ext_key_usage"))?;
    let field = "policy_identifiers";
    identifiers(part, field, &request.policy_identifiers)
        .and_then(|policies| extensions.policies(&policies))
        .map_err(Refusal::of(field))?;
    extensions.names(&names).map_err(Refusal::of("alt_names"))?;
    let extensions = extensions.into_list();
    sign(subject, extensions, key).map_err(Refusal::of("private_key"))
}

/// All alternative names, with the common name if it is to be among them.
fn names(request: &CsrRequest) -> FieldResult<AltNames> {
    let part = Part::Csr;
    let mut names = AltNames::parse_by_field(part, &request.alt_names)?;
    let missing =
        |what: &str, remedy: &str| Err(("common_name", Refusal::new(part, what).remedy(remedy)));
    match &request.subject.common_name {
        Some(name) if !request.exclude_cn_from_sans => names.add_common_name(name),
        None if request.require_cn => {
            return missing(
                "The field common_name is missing.",
                "Give a common name, or switch require_cn off.",
            );
        }
        _ => {}
    }
    if request.subject.is_empty() && names.is_empty() {
        return missing(
            "The request has no name at all.",
            "Give a common name or an alternative name.",
        );
    }
    Ok(names)
}

fn key_usage(request: &CsrRequest, key: &PrivateKey) -> Result<Vec<KeyUse>> {
    let uses = KeyUse::parse_all(Part::Csr, &request.key_usage)?;
    if uses.iter().any(|one| one.is_of_authority()) {
        return Err(Refusal::new(
            Part::Csr,
            "The field key_usage holds a use that only certificate authorities have.",
        )
        .remedy("Leave out CertSign and CRLSign."));
    }
    KeyUse::fitting(Part::Csr, &uses, &key.algorithm())
}

fn sign(subject: Name, extensions: Vec<Extension>, key: &PrivateKey) -> Result<Csr> {
    let part = Part::Csr;
    let mut info = CertReqInfo {
        version: Version::V1,
        subject,
        public_key: key.public_key().clone(),
        attributes: x509_cert::attr::Attributes::default(),
    };
    // An empty list is no value of the attribute (RFC 5272 section 3.1).
    if !extensions.is_empty() {
        ExtensionReq(extensions)
            .try_into()
            .and_then(|attribute| info.attributes.insert(attribute))
            .map_err(|_| Refusal::new(part, "The request could not be written."))?;
    }
    let signer = Signer::new(key)?;
    let signature = signer.sign_bits(&encoded(part, &info)?)?;
    let request = CertReq {
        info,
        algorithm: signer.algorithm().clone(),
        signature,
    };
    Csr::from_der(&encoded(part, &request)?)
}

/// The kind of key that `key_type` and `key_bits` of the API name: `rsa` with 2048 bits if none are
/// given, `ec` with 256, and `ed25519`, for which the bits mean nothing.
pub fn key_algorithm(key_type: &str, key_bits: Option<u32>) -> Result<KeyAlgorithm> {
    let bits = |wanted: &str| {
        Refusal::new(
            Part::PrivateKey,
            "The field key_bits fits no key of this key_type.",
        )
        .remedy(format!("Use one of {wanted}."))
    };
    match key_type {
        "rsa" => match key_bits.unwrap_or(2048) {
            size @ (2048 | 3072 | 4096 | 8192) => Ok(KeyAlgorithm::Rsa(size)),
            _ => Err(bits("2048, 3072, 4096 and 8192")),
        },
        "ec" => match key_bits.unwrap_or(256) {
            224 => Ok(KeyAlgorithm::Ec(Curve::P224)),
            256 => Ok(KeyAlgorithm::Ec(Curve::P256)),
            384 => Ok(KeyAlgorithm::Ec(Curve::P384)),
            521 => Ok(KeyAlgorithm::Ec(Curve::P521)),
            _ => Err(bits("256, 384 and 521")),
        },
        "ed25519" => Ok(KeyAlgorithm::Ed25519),
        _ => Err(
            Refusal::new(Part::PrivateKey, "The field key_type is not known.")
                .remedy("Use rsa, ec or ed25519."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    fn request() -> CsrRequest {
        CsrRequest {
            subject: Subject {
                organization: words(&["Example", "Beispiel"]),
                ..Subject::named("shop.example.com")
            },
            alt_names: AltNamesText {
                alt_names: words(&["www.example.com", "a@example.com"]),
                ip_sans: "192.0.2.1".into(),
                ..AltNamesText::default()
            },
            require_cn: true,
            key_usage: words(&["DigitalSignature", "KeyAgreement"]),
            ext_key_usage: ExtendedUse {
                server: true,
                ..ExtendedUse::default()
            },
            policy_identifiers: words(&["1.2.3.4"]),
            ..CsrRequest::default()
        }
    }

    #[test]
    fn a_request_says_what_it_was_made_of_with_every_kind_of_key() {
        for algorithm in [
            KeyAlgorithm::Rsa(2048),
            KeyAlgorithm::Ec(Curve::P256),
            KeyAlgorithm::Ec(Curve::P384),
            KeyAlgorithm::Ec(Curve::P521),
            KeyAlgorithm::Ed25519,
        ] {
            let key = PrivateKey::generate(&algorithm).unwrap();
            let csr = create(&request(), &key).unwrap();
            let csr = Csr::from_pem(&csr.to_pem().replace('\n', "\r\n")).unwrap();
            csr.verify().unwrap();
            assert_eq!(csr.whole_subject().unwrap(), request().subject);
            let names = csr.alt_names().unwrap();
            assert_eq!(names.dns, ["www.example.com", "shop.example.com"]);
            assert_eq!(names.len(), 4);
            assert_eq!(csr.key_algorithm(), algorithm);
            assert!(!csr.asks_for_ca());
            assert_eq!(csr.ext_key_usage().unwrap().len(), 1);
            let agrees = csr.key_usage().unwrap().contains(&KeyUse::KeyAgreement);
            assert_eq!(agrees, matches!(algorithm, KeyAlgorithm::Ec(_)));
        }
    }

    #[test]
    fn a_request_with_a_wrong_signature_is_refused() {
        let key = PrivateKey::generate(&KeyAlgorithm::Ed25519).unwrap();
        let csr = create(&request(), &key).unwrap();
        let mut der = csr.der().to_vec();
        let at = der.windows(4).position(|part| part == b"shop").unwrap();
        der[at] = b'S';
        let refused = Csr::from_der(&der).unwrap().verify().unwrap_err();
        assert_eq!(refused.part, Part::Csr);
        der.push(0);
        assert!(Csr::from_der(&der).is_err());
        assert!(Csr::from_pem(&key.to_pem()).is_err());
    }

    #[test]
    fn a_request_needs_a_name() {
        let key = PrivateKey::generate(&KeyAlgorithm::Ed25519).unwrap();
        let nobody = CsrRequest::default();
        assert!(create(&nobody, &key).is_err());
        let nobody = CsrRequest {
            require_cn: true,
            alt_names: request().alt_names,
            ..nobody
        };
        let refused = create(&nobody, &key).unwrap_err();
        assert!(refused.message.contains("common_name"), "{refused}");
        let somebody = CsrRequest {
            require_cn: false,
            ..nobody
        };
        assert!(create(&somebody, &key).unwrap().subject().is_empty());
        let bare = CsrRequest {
            subject: Subject::named("Some Body"),
            ..CsrRequest::default()
        };
        let bare = create(&bare, &key).unwrap();
        bare.verify().unwrap();
        assert!(bare.alt_names().unwrap().is_empty());
    }

    #[test]
    fn a_request_does_not_ask_for_the_uses_of_an_authority() {
        let key = PrivateKey::generate(&KeyAlgorithm::Ed25519).unwrap();
        let key_usage = words(&["CertSign"]);
        let asked = CsrRequest {
            key_usage,
            ..request()
        };
        assert!(create(&asked, &key).is_err());
    }

    /// A change that spoils a request.
    type Spoil = fn(&mut CsrRequest);

    #[test]
    fn what_is_refused_in_a_request_is_told_by_its_field() {
        let key = PrivateKey::generate(&KeyAlgorithm::Ed25519).unwrap();
        let spoils: [(&str, Spoil); 10] = [
            ("common_name", |asked| asked.subject.common_name = None),
            ("common_name", |asked| *asked = CsrRequest::default()),
            ("country", |asked| {
                asked.subject.country = words(&["Germany"]);
            }),
            ("alt_names", |asked| {
                asked.alt_names.alt_names = words(&["a b"]);
            }),
            ("ip_sans", |asked| asked.alt_names.ip_sans = "a".into()),
            ("uri_sans", |asked| asked.alt_names.uri_sans = "a".into()),
            ("key_usage", |asked| asked.key_usage = words(&["CRLSign"])),
            ("ext_key_usage", |asked| {
                asked.ext_key_usage.words = words(&["x"]);
            }),
            ("ext_key_usage_oids", |asked| {
                asked.ext_key_usage.oids = words(&["x"]);
            }),
            ("policy_identifiers", |asked| {
                asked.policy_identifiers = words(&["x"]);
            }),
        ];
        for (field, spoil) in spoils {
            let mut asked = request();
            spoil(&mut asked);
            let (refused, refusal) = create_by_field(&asked, &key).unwrap_err();
            assert_eq!(refused, field, "{refusal}");
            assert_eq!(create(&asked, &key).unwrap_err(), refusal);
        }
    }

    #[test]
    fn a_subject_that_cannot_be_kept_whole_is_refused_with_its_reason() {
        let key = PrivateKey::generate(&KeyAlgorithm::Ed25519).unwrap();
        let whole = |name: &str| {
            let csr = sign(name.parse().unwrap(), Vec::new(), &key).unwrap();
            csr.whole_subject()
        };
        let kept = whole("CN=a,OU=b,OU=c,O=d,C=DE").unwrap();
        assert_eq!((kept.ou.len(), kept.country), (2, words(&["DE"])));
        for (name, reason) in [
            (
                "CN=a,1.2.840.113549.1.9.1=b@c",
                "an e-mail address (emailAddress)",
            ),
            ("CN=a,DC=example", "a domain component (DC)"),
            ("CN=a,CN=b", "more than one common_name"),
            ("CN=a,2.5.4.5=1,2.5.4.5=2", "more than one serial_number"),
            ("CN=a,2.5.4.6=#0401ff", "a country that is no text"),
            ("CN=a,2.5.4.12=b", "(2.5.4.12)"),
            (
                "CN=a,2.5.4.6=Germany",
                "The field country must be two letters.",
            ),
        ] {
            let refused = whole(name).unwrap_err();
            assert!(refused.message.contains(reason), "{name}: {refused}");
            let remedy = refused.remedy.unwrap();
            assert!(remedy.contains("use_csr_values"), "{remedy}");
        }
        let long = format!("CN=a,O={}", "x".repeat(65));
        assert!(whole(&long).unwrap_err().message.contains("organization"));
    }

    #[test]
    fn kinds_of_keys_are_named_as_in_the_api() {
        assert_eq!(key_algorithm("rsa", None), Ok(KeyAlgorithm::Rsa(2048)));
        assert_eq!(key_algorithm("ec", None), Ok(KeyAlgorithm::Ec(Curve::P256)));
        assert_eq!(key_algorithm("ed25519", Some(7)), Ok(KeyAlgorithm::Ed25519));
        assert!(key_algorithm("rsa", Some(1024)).is_err());
        assert!(key_algorithm("ec", Some(2048)).is_err());
        assert!(key_algorithm("dsa", None).is_err());
    }
}
