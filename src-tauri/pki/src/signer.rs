//! Signs as the builders of requests, certificates and revocation lists ask for it.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256K1_SHA256_ASN1_SIGNING,
    ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    RSA_PKCS1_SHA256, RsaKeyPair,
};
use const_oid::ObjectIdentifier as Oid;
use der::asn1::{Any, BitString};
use der::{Document, Encode};
use spki::{
    AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey,
    SignatureBitStringEncoding, SubjectPublicKeyInfoOwned,
};

use crate::{Curve, KeyAlgorithm, Part, PrivateKey, Refusal, Result};

/// A private key that is ready to sign: RSA and P-256 with SHA-256, P-384 with SHA-384, P-521 with
/// SHA-512, and Ed25519.
pub(crate) struct Signer {
    pair: Pair,
    algorithm: AlgorithmIdentifierOwned,
    public: SubjectPublicKeyInfoOwned,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// Makes a key ready; one that cannot sign is refused.
    pub(crate) fn new(key: &PrivateKey) -> Result<Self> {
        let pkcs8 = key.pkcs8_der();
        let (pair, oid, parameters) = match key.algorithm() {
            KeyAlgorithm::Rsa(_) => {
                let pair = RsaKeyPair::from_pkcs8(pkcs8)
                    .map_err(|_| cannot_sign("an RSA key must have 2,048 to 8,192 bits to sign"))?;
                // RFC 4055 section 5: the parameters are null, not absent.
                (Pair::Rsa(pair), "1.2.840.113549.1.1.11", Some(Any::null()))
            }
            KeyAlgorithm::Ec(curve) => {
                let (signing, oid) = match curve {
                    Curve::P224 => return Err(cannot_sign("the curve P-224 is not available")),
                    Curve::P256 => (&ECDSA_P256_SHA256_ASN1_SIGNING, "1.2.840.10045.4.3.2"),
                    Curve::P384 => (&ECDSA_P384_SHA384_ASN1_SIGNING, "1.2.840.10045.4.3.3"),
                    Curve::P521 => (&ECDSA_P521_SHA512_ASN1_SIGNING, "1.2.840.10045.4.3.4"),
                    Curve::K256 => (&ECDSA_P256K1_SHA256_ASN1_SIGNING, "1.2.840.10045.4.3.2"),
                };
                let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8)
                    .map_err(|_| cannot_sign("the key is not sound"))?;
                (Pair::Ec(pair), oid, None)
            }
            KeyAlgorithm::Ed25519 => {
                let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8)
                    .map_err(|_| cannot_sign("the key is not sound"))?;
                (Pair::Ed25519(pair), "1.3.101.112", None)
            }
            KeyAlgorithm::Other(name) => return Err(cannot_sign(&name)),
        };
        Ok(Self {
            pair,
            algorithm: AlgorithmIdentifierOwned {
                oid: Oid::new_unwrap(oid),
                parameters,
            },
            public: key.public_key().clone(),
        })
    }

    /// What it signs with.
    pub(crate) fn algorithm(&self) -> &AlgorithmIdentifierOwned {
        &self.algorithm
    }

    /// Signs bytes as a bit string.
    pub(crate) fn sign_bits(&self, message: &[u8]) -> Result<BitString> {
        signature::Signer::try_sign(self, message)
            .ok()
            .and_then(|signature: Signature| signature.to_bitstring().ok())
            .ok_or_else(|| cannot_sign("the signature could not be made"))
    }
}

/// A signature as the algorithm writes it.
pub(crate) struct Signature(Vec<u8>);

impl SignatureBitStringEncoding for Signature {
    fn to_bitstring(&self) -> der::Result<BitString> {
        BitString::from_bytes(&self.0)
    }
}

impl signature::Signer<Signature> for Signer {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Signature, signature::Error> {
        let random = SystemRandom::new();
        let failed = |_| signature::Error::new();
        let bytes = match &self.pair {
            Pair::Rsa(pair) => {
                let mut bytes = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut bytes)
                    .map_err(failed)?;
                bytes
            }
            Pair::Ec(pair) => pair
                .sign(&random, message)
                .map_err(failed)?
                .as_ref()
                .to_vec(),
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        };
        Ok(Signature(bytes))
    }
}

/// The public key of a [`Signer`], as the builders take it.
#[derive(Clone)]
pub(crate) struct VerifyingKey(SubjectPublicKeyInfoOwned);

impl EncodePublicKey for VerifyingKey {
    fn to_public_key_der(&self) -> spki::Result<Document> {
        Ok(Document::encode_msg(&self.0)?)
    }
}

impl signature::Keypair for Signer {
    type VerifyingKey = VerifyingKey;

    fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.public.clone())
    }
}

impl DynSignatureAlgorithmIdentifier for Signer {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(self.algorithm.clone())
    }
}

/// Writes what was built; it can only fail where a length cannot be held.
pub(crate) fn encoded(part: Part, value: &impl Encode) -> Result<Vec<u8>> {
    value
        .to_der()
        .map_err(|_| Refusal::new(part, "It could not be written: it is too large."))
}

fn cannot_sign(why: &str) -> Refusal {
    Refusal::new(
        Part::PrivateKey,
        format!("The private key cannot sign: {why}."),
    )
    .remedy("Use RSA with 2,048 bits or more, ECDSA with P-256, P-384 or P-521, or Ed25519.")
}
