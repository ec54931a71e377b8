//! Names of algorithms, as the API spells them, and whether they are still fit.

use aws_lc_rs::signature as aws;
use const_oid::ObjectIdentifier as Oid;
use der::{Decode, Encode};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
const EC: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
const DSA: Oid = Oid::new_unwrap("1.2.840.10040.4.1");
const ED448: Oid = Oid::new_unwrap("1.3.101.113");

/// A named curve (SEC 2, RFC 5480).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// secp224r1: known by name only; it can be neither signed nor checked with.
    P224,
    /// secp256r1.
    P256,
    /// secp384r1.
    P384,
    /// secp521r1.
    P521,
    /// secp256k1.
    K256,
}

impl Curve {
    const ALL: [Self; 5] = [Self::P224, Self::P256, Self::P384, Self::P521, Self::K256];

    /// Its object identifier.
    pub const fn oid(self) -> Oid {
        match self {
            Self::P224 => Oid::new_unwrap("1.3.132.0.33"),
            Self::P256 => Oid::new_unwrap("1.2.840.10045.3.1.7"),
            Self::P384 => Oid::new_unwrap("1.3.132.0.34"),
            Self::P521 => Oid::new_unwrap("1.3.132.0.35"),
            Self::K256 => Oid::new_unwrap("1.3.132.0.10"),
        }
    }

    /// The curve of an object identifier.
    pub fn of(oid: &Oid) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| curve.oid() == *oid)
    }

    /// Size in bits.
    pub const fn bits(self) -> u32 {
        match self {
            Self::P224 => 224,
            Self::P256 | Self::K256 => 256,
            Self::P384 => 384,
            Self::P521 => 521,
        }
    }
}

/// What kind of key it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KeyAlgorithm {
    /// RSA, with the bits of its modulus.
    Rsa(u32),
    /// On an elliptic curve.
    Ec(Curve),
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Anything else: its name, or its object identifier.
    Other(String),
}

impl KeyAlgorithm {
    /// Reads the kind of a public key. Never fails: what is unknown is named by its identifier.
    pub fn of(key: &SubjectPublicKeyInfoOwned) -> Self {
        match key.algorithm.oid {
            RSA | RSA_PSS => Self::Rsa(modulus_bits(key.subject_public_key.raw_bytes())),
            EC => curve_of(&key.algorithm).map_or_else(
                |oid| Self::Other(oid.map_or_else(|| "EC".to_owned(), |oid| format!("EC {oid}"))),
                Self::Ec,
            ),
            ED25519 => Self::Ed25519,
            ED448 => Self::Other("Ed448".to_owned()),
            DSA => Self::Other("DSA".to_owned()),
            other => Self::Other(other.to_string()),
        }
    }

    /// As the API spells it: `RSA2048`, `ECDSA256`.
    pub fn name(&self) -> String {
        match self {
            Self::Rsa(bits) => format!("RSA{bits}"),
            Self::Ec(Curve::K256) => "ECDSA256K1".to_owned(),
            Self::Ec(curve) => format!("ECDSA{}", curve.bits()),
            Self::Ed25519 => "ED25519".to_owned(),
            Self::Other(name) => name.clone(),
        }
    }

    /// How hard it is to break, in bits (NIST SP 800-57 part 1, table 2); none if unknown.
    pub fn strength(&self) -> Option<u32> {
        Some(match self {
            Self::Rsa(bits) if *bits < 1024 => 0,
            Self::Rsa(bits) if *bits < 2048 => 80,
            Self::Rsa(bits) if *bits < 3072 => 112,
            Self::Rsa(bits) if *bits < 7680 => 128,
            Self::Rsa(bits) if *bits < 15_360 => 192,
            Self::Rsa(_) => 256,
            Self::Ec(curve) => curve.bits() / 2,
            Self::Ed25519 => 128,
            Self::Other(_) => return None,
        })
    }

    /// Whether it is no longer fit for use: fewer than 112 bits (NIST SP 800-131A).
    pub fn is_weak(&self) -> bool {
        self.strength().is_some_and(|bits| bits < 112)
    }
}

fn curve_of(algorithm: &AlgorithmIdentifierOwned) -> Result<Curve, Option<Oid>> {
    let oid = algorithm
        .parameters
        .as_ref()
        .and_then(|any| any.decode_as::<Oid>().ok());
    oid.as_ref().and_then(Curve::of).ok_or(oid)
}

fn modulus_bits(key: &[u8]) -> u32 {
    let modulus = RsaPublicKey::from_der(key).map(|key| key.modulus.as_bytes().to_vec());
    modulus.map_or(0, |bytes| {
        let lead = bytes.first().map_or(0, |byte| byte.leading_zeros());
        u32::try_from(bytes.len() * 8).unwrap_or(u32::MAX) - lead
    })
}

/// `RSAPublicKey` (RFC 8017 A.1.1).
#[derive(der::Sequence)]
pub(crate) struct RsaPublicKey<'a> {
    pub(crate) modulus: der::asn1::UintRef<'a>,
    pub(crate) public_exponent: der::asn1::UintRef<'a>,
}

/// What a certificate, request or list was signed with.
#[derive(Clone, Copy, Debug)]
pub struct SignatureAlgorithm {
    name: &'static str,
    weak: bool,
    verifier: Option<&'static dyn aws::VerificationAlgorithm>,
}

impl SignatureAlgorithm {
    /// Reads an identifier; none if it is not known.
    pub fn of(algorithm: &AlgorithmIdentifierOwned) -> Option<Self> {
        if algorithm.oid == RSA_PSS {
            return pss(algorithm);
        }
        let text = algorithm.oid.to_string();
        NAMES
            .iter()
            .find(|(oid, ..)| *oid == text)
            .map(|(_, name, weak, verifier)| Self {
                name,
                weak: *weak,
                verifier: *verifier,
            })
    }

    /// As the service spells it: `SHA256-RSA`, `ECDSA-SHA256`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Whether it can be forged with reasonable effort: MD5, SHA-1.
    pub const fn is_weak(self) -> bool {
        self.weak
    }

    /// Whether a signature by a key is right; none if this cannot be checked.
    pub fn verify(
        self,
        key: &SubjectPublicKeyInfoOwned,
        message: &[u8],
        signature: &[u8],
    ) -> Option<bool> {
        let verifier = self.ecdsa_on(key).or(self.verifier)?;
        let bits = key.subject_public_key.as_bytes()?;
        let public = aws::UnparsedPublicKey::new(verifier, bits);
        Some(public.verify(message, signature).is_ok())
    }

    /// ECDSA is verified by curve and hash together.
    fn ecdsa_on(
        self,
        key: &SubjectPublicKeyInfoOwned,
    ) -> Option<&'static dyn aws::VerificationAlgorithm> {
        let KeyAlgorithm::Ec(curve) = KeyAlgorithm::of(key) else {
            return None;
        };
        Some(match (curve, self.name) {
            (Curve::P256, "ECDSA-SHA256") => &aws::ECDSA_P256_SHA256_ASN1,
            (Curve::P256, "ECDSA-SHA384") => &aws::ECDSA_P256_SHA384_ASN1,
            (Curve::P256, "ECDSA-SHA512") => &aws::ECDSA_P256_SHA512_ASN1,
            (Curve::P384, "ECDSA-SHA256") => &aws::ECDSA_P384_SHA256_ASN1,
            (Curve::P384, "ECDSA-SHA384") => &aws::ECDSA_P384_SHA384_ASN1,
            (Curve::P384, "ECDSA-SHA512") => &aws::ECDSA_P384_SHA512_ASN1,
            (Curve::P521, "ECDSA-SHA256") => &aws::ECDSA_P521_SHA256_ASN1,
            (Curve::P521, "ECDSA-SHA384") => &aws::ECDSA_P521_SHA384_ASN1,
            (Curve::P521, "ECDSA-SHA512") => &aws::ECDSA_P521_SHA512_ASN1,
            (Curve::K256, "ECDSA-SHA256") => &aws::ECDSA_P256K1_SHA256_ASN1,
            _ => return None,
        })
    }
}

type Named = (
    &'static str,
    &'static str,
    bool,
    Option<&'static dyn aws::VerificationAlgorithm>,
);

/// Identifier, name, weak, and how to verify where the key does not matter. RFC 3279, 4055, 5758,
/// 8410.
const NAMES: [Named; 13] = [
    ("1.2.840.113549.1.1.2", "MD2-RSA", true, None),
    ("1.2.840.113549.1.1.4", "MD5-RSA", true, None),
    (
        "1.2.840.113549.1.1.5",
        "SHA1-RSA",
        true,
        Some(&aws::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY),
    ),
    (
        "1.2.840.113549.1.1.11",
        "SHA256-RSA",
        false,
        Some(&aws::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
    ),
    (
        "1.2.840.113549.1.1.12",
        "SHA384-RSA",
        false,
        Some(&aws::RSA_PKCS1_2048_8192_SHA384),
    ),
    (
        "1.2.840.113549.1.1.13",
        "SHA512-RSA",
        false,
        Some(&aws::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
    ),
    ("1.2.840.10045.4.1", "ECDSA-SHA1", true, None),
    ("1.2.840.10045.4.3.2", "ECDSA-SHA256", false, None),
    ("1.2.840.10045.4.3.3", "ECDSA-SHA384", false, None),
    ("1.2.840.10045.4.3.4", "ECDSA-SHA512", false, None),
    ("1.3.101.112", "Ed25519", false, Some(&aws::ED25519)),
    ("1.2.840.10040.4.3", "DSA-SHA1", true, None),
    ("2.16.840.1.101.3.4.3.2", "DSA-SHA256", true, None),
];

/// `RSASSA-PSS-params` (RFC 4055 section 3.1). What is absent means SHA-1 and 20 bytes of salt.
#[derive(der::Sequence)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    hash: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    mask: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    salt: Option<u16>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    trailer: Option<u8>,
}

/// Verified only where the salt is as long as the hash, which is all that the library knows: another
/// length is no wrong signature.
fn pss(algorithm: &AlgorithmIdentifierOwned) -> Option<SignatureAlgorithm> {
    let parameters = algorithm.parameters.as_ref()?.to_der().ok()?;
    let parameters = PssParameters::from_der(&parameters).ok()?;
    let hash = parameters.hash.map(|hash| hash.oid.to_string());
    let (name, bytes, verifier): (_, u16, &'static dyn aws::VerificationAlgorithm) =
        match hash.as_deref() {
            Some("2.16.840.1.101.3.4.2.1") => ("SHA256-RSAPSS", 32, &aws::RSA_PSS_2048_8192_SHA256),
            Some("2.16.840.1.101.3.4.2.2") => ("SHA384-RSAPSS", 48, &aws::RSA_PSS_2048_8192_SHA384),
            Some("2.16.840.1.101.3.4.2.3") => ("SHA512-RSAPSS", 64, &aws::RSA_PSS_2048_8192_SHA512),
            None | Some("1.3.14.3.2.26") => {
                return Some(SignatureAlgorithm {
                    name: "SHA1-RSAPSS",
                    weak: true,
                    verifier: None,
                });
            }
            Some(_) => return None,
        };
    Some(SignatureAlgorithm {
        name,
        weak: false,
        verifier: Some(verifier).filter(|_| parameters.salt == Some(bytes)),
    })
}

#[cfg(test)]
mod tests {
    use der::asn1::Any;

    use super::*;

    fn signed_by_pss(hash: &str, salt: u16) -> SignatureAlgorithm {
        let hash = AlgorithmIdentifierOwned {
            oid: Oid::new_unwrap(hash),
            parameters: None,
        };
        let parameters = PssParameters {
            hash: Some(hash),
            mask: None,
            salt: Some(salt),
            trailer: None,
        };
        SignatureAlgorithm::of(&AlgorithmIdentifierOwned {
            oid: RSA_PSS,
            parameters: Some(Any::encode_from(&parameters).unwrap()),
        })
        .unwrap()
    }

    #[test]
    fn a_salt_that_the_library_does_not_know_is_no_wrong_signature() {
        let usual = signed_by_pss("2.16.840.1.101.3.4.2.1", 32);
        assert_eq!(usual.name(), "SHA256-RSAPSS");
        assert!(usual.verifier.is_some());
        let odd = signed_by_pss("2.16.840.1.101.3.4.2.1", 222);
        assert_eq!(odd.name(), "SHA256-RSAPSS");
        assert!(odd.verifier.is_none());
    }
}
