//! Account keys: read, made, and what they sign with (RFC 7518 section 3).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, KeyPair, RSA_PKCS1_SHA256,
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde::Serialize;
use zeroize::Zeroizing;

/// The private key of an account (RFC 8555 section 6.2): RSA of 2,048 to 8,192 bits, which signs as
/// RS256, or EC on P-256 (ES256) or P-384 (ES384).
pub struct AccountKey {
    pair: Pair,
    public: Jwk,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ec(KeyAlgorithm, EcdsaKeyPair),
}

/// What an account key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA with this many bits.
    Rsa(usize),
    /// EC on the curve P-256.
    P256,
    /// EC on the curve P-384.
    P384,
}

/// Why a key is not taken as an account key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// The PEM has no private key.
    #[error("There is no private key in the PEM text.")]
    Missing,
    /// It is encrypted.
    #[error("The private key is encrypted. Decrypt it first.")]
    Encrypted,
    /// It is damaged, or of another kind.
    #[error(
        "The private key cannot be used as an account key. It must be an RSA key of 2,048 to 8,192 \
         bits, or an EC key on the curve P-256 or P-384."
    )]
    Unusable,
}

/// A public key (RFC 7517), its members in the order of RFC 7638 section 3.3.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Jwk {
    Rsa {
        e: String,
        kty: &'static str,
        n: String,
    },
    Ec {
        crv: &'static str,
        kty: &'static str,
        x: String,
        y: String,
    },
}

impl AccountKey {
    /// Reads PKCS#8 (RFC 5208) as DER.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyRefusal> {
        let rsa = RsaKeyPair::from_pkcs8(der).ok().map(Self::rsa);
        rsa.or_else(|| Self::ec(|curve| EcdsaKeyPair::from_pkcs8(curve, der).ok()))
            .ok_or(KeyRefusal::Unusable)
    }

    /// Reads the first private key of a PEM text: PKCS#8, PKCS#1 (RFC 8017) or SEC 1 (RFC 5915).
    pub fn from_pem(pem: &str) -> Result<Self, KeyRefusal> {
        let (label, body) = first_private_key(pem).ok_or(KeyRefusal::Missing)?;
        // RFC 1421 section 4.6.1.1 tells encryption of the old forms in a header.
        if label == "ENCRYPTED " || body.contains("ENCRYPTED") {
            return Err(KeyRefusal::Encrypted);
        }
        // All the room at once: growing would leave parts of the key behind.
        let mut text = Zeroizing::new(Vec::with_capacity(body.len()));
        text.extend(body.bytes().filter(|byte| !byte.is_ascii_whitespace()));
        let der = BASE64.decode(&text).map(Zeroizing::new);
        let der = der.map_err(|_| KeyRefusal::Unusable)?;
        match label {
            "RSA " => RsaKeyPair::from_der(&der).ok().map(Self::rsa),
            "EC " => Self::ec(|curve| EcdsaKeyPair::from_private_key_der(curve, &der).ok()),
            _ => Self::from_pkcs8(&der).ok(),
        }
        .ok_or(KeyRefusal::Unusable)
    }

    /// Makes a new key on P-256, as PKCS#8 for [`AccountKey::from_pkcs8`].
    pub fn generate() -> Zeroizing<Vec<u8>> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .and_then(|pair| pair.to_pkcs8v1())
            .map(|document| Zeroizing::new(document.as_ref().to_vec()))
            .expect("only without memory or randomness is there no key")
    }

    /// As PKCS#8, to be kept; sealed by whoever keeps it.
    pub fn to_pkcs8(&self) -> Zeroizing<Vec<u8>> {
        let written = match &self.pair {
            Pair::Rsa(pair) => {
                AsDer::<Pkcs8V1Der<'_>>::as_der(pair).map(|der| der.as_ref().to_vec())
            }
            Pair::Ec(_, pair) => pair.to_pkcs8v1().map(|der| der.as_ref().to_vec()),
        };
        Zeroizing::new(written.expect("only without memory is a key not written"))
    }

    /// What it is.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match &self.pair {
            Pair::Rsa(pair) => KeyAlgorithm::Rsa(pair.public_modulus_len() * 8),
            Pair::Ec(curve, _) => *curve,
        }
    }

    /// The thumbprint of its public key (RFC 7638, with SHA-256), base64url.
    pub fn thumbprint(&self) -> String {
        BASE64URL_NOPAD.encode(digest(&SHA256, self.public.canonical().as_bytes()).as_ref())
    }

    /// The value of the TXT record for the token of a `dns-01` challenge (RFC 8555 section 8.4):
    /// 43 characters.
    pub fn key_authorization_digest(&self, token: &str) -> String {
        let authorization = format!("{token}.{}", self.thumbprint());
        BASE64URL_NOPAD.encode(digest(&SHA256, authorization.as_bytes()).as_ref())
    }

    pub(crate) fn public(&self) -> &Jwk {
        &self.public
    }

    /// The name of the algorithm it signs with (RFC 7518 section 3.1).
    pub(crate) fn signs_with(&self) -> &'static str {
        match self.algorithm() {
            KeyAlgorithm::Rsa(_) => "RS256",
            KeyAlgorithm::P256 => "ES256",
            KeyAlgorithm::P384 => "ES384",
        }
    }

    /// A signature as JWS has it; none if the system has no randomness or memory left.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut bytes = vec![0; pair.public_modulus_len()];
                let signed = pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut bytes);
                signed.ok().map(|()| bytes)
            }
            Pair::Ec(_, pair) => Some(pair.sign(&random, message).ok()?.as_ref().to_vec()),
        }
    }

    fn rsa(pair: RsaKeyPair) -> Self {
        let number = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        let public = Jwk::Rsa {
            e: number(
                pair.public_key()
                    .exponent()
                    .big_endian_without_leading_zero(),
            ),
            kty: "RSA",
            n: number(
                pair.public_key()
                    .modulus()
                    .big_endian_without_leading_zero(),
            ),
        };
        Self {
            pair: Pair::Rsa(pair),
            public,
        }
    }

    fn ec(read: impl Fn(&'static EcdsaSigningAlgorithm) -> Option<EcdsaKeyPair>) -> Option<Self> {
        let p256 = || {
            Some((
                KeyAlgorithm::P256,
                "P-256",
                read(&ECDSA_P256_SHA256_FIXED_SIGNING)?,
            ))
        };
        let p384 = || {
            Some((
                KeyAlgorithm::P384,
                "P-384",
                read(&ECDSA_P384_SHA384_FIXED_SIGNING)?,
            ))
        };
        let (curve, crv, pair) = p256().or_else(p384)?;
        // A point as SEC 1 writes it uncompressed: 4, then both coordinates at full length.
        let point = pair.public_key().as_ref().get(1..)?;
        let (x, y) = point.split_at_checked(point.len() / 2)?;
        let public = Jwk::Ec {
            crv,
            kty: "EC",
            x: BASE64URL_NOPAD.encode(x),
            y: BASE64URL_NOPAD.encode(y),
        };
        Some(Self {
            pair: Pair::Ec(curve, pair),
            public,
        })
    }
}

impl Jwk {
    /// As RFC 7638 section 3 has it: this order, no spaces.
    pub(crate) fn canonical(&self) -> String {
        serde_json::to_string(self).expect("text is always written")
    }
}

/// The words before `PRIVATE KEY` in the label, and what stands between the label's lines.
fn first_private_key(pem: &str) -> Option<(&str, &str)> {
    pem.split("-----BEGIN ").skip(1).find_map(|section| {
        let (label, rest) = section.split_once("-----")?;
        let kind = label.strip_suffix("PRIVATE KEY")?;
        let known = ["", "RSA ", "EC ", "ENCRYPTED "].contains(&kind);
        let (body, _) = rest.split_once("-----END ")?;
        known.then_some((kind, body))
    })
}
