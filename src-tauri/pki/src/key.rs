//! Private keys: read, made, matched, written. Wiped when dropped; neither printed nor cloned.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256K1_SHA256_ASN1_SIGNING,
    ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaKeyPair,
};
use der::asn1::{BitStringRef, OctetStringRef, UintRef};
use der::{Decode, Encode};
use pkcs8::PrivateKeyInfoRef;
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use crate::algorithm::RsaPublicKey;
use crate::certificate::{pem, same_key};
use crate::{Certificate, Curve, KeyAlgorithm, Part, Refusal, Result, limits};

/// A private key as PKCS#8 (RFC 5208), with the public key that belongs to it.
pub struct PrivateKey {
    pkcs8: Zeroizing<Vec<u8>>,
    public: SubjectPublicKeyInfoOwned,
}

impl PrivateKey {
    /// Reads an unencrypted PKCS#8 key (RFC 5208, RFC 5958).
    pub fn from_pkcs8_der(bytes: &[u8]) -> Result<Self> {
        check_size(bytes)?;
        let info = PrivateKeyInfoRef::try_from(bytes).map_err(|_| unreadable())?;
        let key = info.private_key.as_bytes();
        match info.algorithm.oid {
            oid if oid == oids::RSA || oid == oids::RSA_PSS => Self::from_pkcs1_der(key),
            oids::EC => {
                let curve = info
                    .algorithm
                    .parameters_oid()
                    .ok()
                    .and_then(|oid| Curve::of(&oid))
                    .ok_or_else(|| unsupported("an elliptic curve that is not known here"))?;
                let pair = EcdsaKeyPair::from_pkcs8(signing(curve)?, bytes).or_else(|_| {
                    EcdsaKeyPair::from_private_key_der(signing(curve)?, key)
                        .map_err(|_| unreadable())
                })?;
                Self::of_ec(&pair)
            }
            oids::ED25519 => {
                let pair =
                    Ed25519KeyPair::from_pkcs8_maybe_unchecked(bytes).map_err(|_| unreadable())?;
                Self::of_ed25519(&pair)
            }
            oids::DSA => Err(unsupported("DSA")),
            _ => Err(unsupported("an algorithm that is not known here")),
        }
    }

    /// Reads an RSA key as PKCS#1 has it (RFC 8017 A.1.2).
    pub fn from_pkcs1_der(bytes: &[u8]) -> Result<Self> {
        check_size(bytes)?;
        let key = RsaPrivateKey::from_der(bytes).map_err(|_| unreadable())?;
        let public = RsaPublicKey {
            modulus: key.modulus,
            public_exponent: key.public_exponent,
        };
        let public = public.to_der().map_err(|_| unreadable())?;
        let public = SubjectPublicKeyInfoOwned {
            algorithm: spki::AlgorithmIdentifierOwned {
                oid: oids::RSA,
                parameters: Some(der::asn1::Any::null()),
            },
            subject_public_key: der::asn1::BitString::from_bytes(&public)
                .map_err(|_| unreadable())?,
        };
        // What is too short to be used is still read and matched; what can be used must be sound.
        if matches!(KeyAlgorithm::of(&public), KeyAlgorithm::Rsa(2048..=8192)) {
            RsaKeyPair::from_der(bytes).map_err(|_| {
                Refusal::new(
                    Part::PrivateKey,
                    "The numbers of the RSA key do not fit each other.",
                )
                .remedy("Take the key once more from where it was made.")
            })?;
        }
        let info = PrivateKeyInfoRef::new(
            spki::AlgorithmIdentifierRef {
                oid: oids::RSA,
                parameters: Some(der::asn1::AnyRef::NULL),
            },
            OctetStringRef::new(bytes).map_err(|_| unreadable())?,
        );
        let pkcs8 = Zeroizing::new(info.to_der().map_err(|_| unreadable())?);
        Ok(Self { pkcs8, public })
    }

    /// Reads a key on an elliptic curve as SEC 1 has it (RFC 5915).
    pub fn from_sec1_der(bytes: &[u8]) -> Result<Self> {
        check_size(bytes)?;
        let key = EcPrivateKey::from_der(bytes).map_err(|_| unreadable())?;
        let curve = key
            .parameters
            .and_then(|oid| Curve::of(&oid))
            .ok_or_else(|| unsupported("an elliptic curve that is not known here"))?;
        let pair =
            EcdsaKeyPair::from_private_key_der(signing(curve)?, bytes).map_err(|_| unreadable())?;
        Self::of_ec(&pair)
    }

    /// Makes a new key.
    pub fn generate(algorithm: &KeyAlgorithm) -> Result<Self> {
        let failed = |_| Refusal::new(Part::PrivateKey, "The key could not be made.");
        match algorithm {
            KeyAlgorithm::Rsa(bits) => {
                let size = match bits {
                    2048 => KeySize::Rsa2048,
                    3072 => KeySize::Rsa3072,
                    4096 => KeySize::Rsa4096,
                    8192 => KeySize::Rsa8192,
                    _ => return Err(unsupported(&format!("RSA with {bits} bits"))),
                };
                Self::of_rsa(&RsaKeyPair::generate(size).map_err(failed)?)
            }
            KeyAlgorithm::Ec(curve) => {
                Self::of_ec(&EcdsaKeyPair::generate(signing(*curve)?).map_err(failed)?)
            }
            KeyAlgorithm::Ed25519 => Self::of_ed25519(&Ed25519KeyPair::generate().map_err(failed)?),
            KeyAlgorithm::Other(name) => Err(unsupported(name)),
        }
    }

    fn of_rsa(pair: &RsaKeyPair) -> Result<Self> {
        let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(pair).map_err(|_| unreadable())?;
        Self::with(pkcs8.as_ref(), pair.public_key())
    }

    fn of_ec(pair: &EcdsaKeyPair) -> Result<Self> {
        let pkcs8 = pair.to_pkcs8v1().map_err(|_| unreadable())?;
        Self::with(pkcs8.as_ref(), pair.public_key())
    }

    fn of_ed25519(pair: &Ed25519KeyPair) -> Result<Self> {
        let pkcs8 = pair.to_pkcs8v1().map_err(|_| unreadable())?;
        Self::with(pkcs8.as_ref(), pair.public_key())
    }

    fn with<'a>(pkcs8: &[u8], public: &impl AsDer<PublicKeyX509Der<'a>>) -> Result<Self> {
        let public = public.as_der().map_err(|_| unreadable())?;
        Ok(Self {
            pkcs8: Zeroizing::new(pkcs8.to_vec()),
            public: SubjectPublicKeyInfoOwned::from_der(public.as_ref())
                .map_err(|_| unreadable())?,
        })
    }

    /// As unencrypted PKCS#8.
    pub fn pkcs8_der(&self) -> &[u8] {
        &self.pkcs8
    }

    /// As PEM with the label `PRIVATE KEY` (RFC 7468 section 10).
    pub fn to_pem(&self) -> Zeroizing<String> {
        Zeroizing::new(pem("PRIVATE KEY", &self.pkcs8))
    }

    /// The public key that belongs to it.
    pub fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        &self.public
    }

    /// Its kind.
    pub fn algorithm(&self) -> KeyAlgorithm {
        KeyAlgorithm::of(&self.public)
    }

    /// Whether a certificate was made for it.
    pub fn matches(&self, certificate: &Certificate) -> bool {
        same_key(&self.public, certificate.public_key())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

mod oids {
    use const_oid::ObjectIdentifier as Oid;

    pub(super) const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
    pub(super) const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
    pub(super) const EC: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
    pub(super) const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
    pub(super) const DSA: Oid = Oid::new_unwrap("1.2.840.10040.4.1");
}

/// `RSAPrivateKey` with two primes.
#[derive(der::Sequence)]
struct RsaPrivateKey<'a> {
    version: u8,
    modulus: UintRef<'a>,
    public_exponent: UintRef<'a>,
    private_exponent: UintRef<'a>,
    prime1: UintRef<'a>,
    prime2: UintRef<'a>,
    exponent1: UintRef<'a>,
    exponent2: UintRef<'a>,
    coefficient: UintRef<'a>,
}

/// `ECPrivateKey`.
#[derive(der::Sequence)]
struct EcPrivateKey<'a> {
    version: u8,
    private_key: &'a OctetStringRef,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    parameters: Option<const_oid::ObjectIdentifier>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    public_key: Option<BitStringRef<'a>>,
}

fn signing(curve: Curve) -> Result<&'static EcdsaSigningAlgorithm> {
    match curve {
        Curve::P224 => Err(unsupported("the curve P-224")),
        Curve::P256 => Ok(&ECDSA_P256_SHA256_ASN1_SIGNING),
        Curve::P384 => Ok(&ECDSA_P384_SHA384_ASN1_SIGNING),
        Curve::P521 => Ok(&ECDSA_P521_SHA512_ASN1_SIGNING),
        Curve::K256 => Ok(&ECDSA_P256K1_SHA256_ASN1_SIGNING),
    }
}

fn check_size(bytes: &[u8]) -> Result<()> {
    if bytes.len() <= limits::DER_BYTES {
        return Ok(());
    }
    Err(Refusal::new(
        Part::PrivateKey,
        format!(
            "A private key of {} bytes is larger than the {} that are read.",
            bytes.len(),
            limits::DER_BYTES
        ),
    ))
}

fn unreadable() -> Refusal {
    Refusal::new(
        Part::PrivateKey,
        "Unable to parse the private key: it is not a whole key as PKCS#8, PKCS#1 or SEC 1.",
    )
    .remedy("Take it once more from where it was made; it may have been cut off.")
}

fn unsupported(what: &str) -> Refusal {
    Refusal::new(
        Part::PrivateKey,
        format!("Keys of this kind are not supported: {what}."),
    )
    .remedy("Use RSA with 2,048 bits or more, ECDSA with P-256, P-384 or P-521, or Ed25519.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        for algorithm in [
            KeyAlgorithm::Rsa(2048),
            KeyAlgorithm::Ec(Curve::P256),
            KeyAlgorithm::Ec(Curve::P384),
            KeyAlgorithm::Ec(Curve::P521),
            KeyAlgorithm::Ed25519,
        ] {
            let key = PrivateKey::generate(&algorithm).unwrap();
            let again = PrivateKey::from_pkcs8_der(key.pkcs8_der()).unwrap();
            assert_eq!(key.algorithm(), algorithm);
            assert_eq!(again.algorithm(), algorithm);
            assert!(same_key(key.public_key(), again.public_key()));
            assert_eq!(format!("{key:?}"), "PrivateKey(..)");
            let other = PrivateKey::generate(&algorithm).unwrap();
            assert!(!same_key(key.public_key(), other.public_key()));
        }
    }

    #[test]
    fn what_cannot_be_made_is_refused_by_name() {
        let refused = PrivateKey::generate(&KeyAlgorithm::Ec(Curve::P224)).unwrap_err();
        assert!(refused.message.contains("P-224"), "{refused}");
        assert!(PrivateKey::generate(&KeyAlgorithm::Rsa(1024)).is_err());
    }
}
