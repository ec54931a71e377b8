//! PKCS#12 key stores (RFC 7292), as OpenSSL, Java and Windows write them.
//!
//! p12-keystore, which writes ours, would read them too. But what is in an encrypted safe (keys that
//! are encrypted once more, each with a count of its own) can be held against the limits only after
//! the safe was opened and before the keys are, and p12-keystore does both in one go; nor does it
//! know the absent password, or wipe the keys. So the pieces that it is made of are put together
//! here.

use const_oid::ObjectIdentifier as Oid;
use der::asn1::{AnyRef, OctetString};
use der::{Decode, Encode};
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use pkcs12::pfx::Pfx;
use pkcs12::{AuthenticatedSafe, CertBag};
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::binary::{elements, explicit, is_whole};
use super::encryption::{self, Effort, Password};
use super::{Form, Found, integrity};
use crate::{Part, PrivateKey, Refusal, Result};

const WHAT: &str = "the PKCS#12 file";
const DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");
const ENCRYPTED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.6");
const KEY_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.3");
const SAFE_CONTENTS_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.6");
const X509_CERTIFICATE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.22.1");

/// How deep bags may stand in bags. Nobody has been seen to put any there.
const DEPTH: usize = 2;

/// Reads a key store. Without a password, none and an empty one are tried.
pub(super) fn read(bytes: &[u8], password: Option<&str>) -> Result<Found> {
    let store = Pfx::from_der(bytes).map_err(|_| unreadable())?;
    match store.auth_safe.content_type {
        DATA => {}
        SIGNED_DATA => {
            return Err(Refusal::new(
                Part::File,
                "The PKCS#12 file is protected by a signature and not by a password, which is not \
                 read.",
            )
            .remedy("Export it once more with a password."));
        }
        _ => return Err(unreadable()),
    }
    let safes = octets(&store.auth_safe.content)?;
    let mut effort = Effort::new();
    let candidates = match password {
        None | Some("") => vec![Password::of(""), Password::absent()],
        Some(text) => vec![Password::of(text)],
    };
    let refused = || match password {
        Some(text) if !text.is_empty() => Refusal::password_wrong(WHAT),
        _ => Refusal::password_needed(Part::File, "The PKCS#12 file"),
    };
    for password in candidates {
        if let Some(mac) = &store.mac_data
            && !integrity::is_right(mac, safes.as_bytes(), &password, &mut effort)?
        {
            continue;
        }
        let mut opening = Opening {
            password,
            effort: &mut effort,
            found: Found::new(Form::Pkcs12),
        };
        match opening.read(safes.as_bytes()) {
            Ok(true) if opening.found.is_empty() => return Err(empty()),
            Ok(true) => return Ok(opening.found),
            // With no seal, only the plain text tells a wrong password.
            Ok(false) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Err(refused())
}

/// A key store that is opened with one password.
struct Opening<'a> {
    password: Password,
    effort: &'a mut Effort,
    found: Found,
}

impl Opening<'_> {
    /// Reads all safes; false if the password does not open them.
    fn read(&mut self, safes: &[u8]) -> Result<bool> {
        let safes = AuthenticatedSafe::from_der(safes).map_err(|_| unreadable())?;
        for safe in safes {
            let opened = match safe.content_type {
                DATA => self.read_bags(octets(&safe.content)?.as_bytes(), DEPTH)?,
                ENCRYPTED_DATA => {
                    let content = safe.content.to_der().map_err(|_| unreadable())?;
                    let Some(plain) = self.decrypt_safe(&content)? else {
                        return Ok(false);
                    };
                    self.read_bags(&plain, DEPTH)?
                }
                _ => {
                    return Err(Refusal::new(
                        Part::File,
                        "A part of the PKCS#12 file is encrypted for a certificate and not with a \
                         password, which is not read.",
                    )
                    .remedy("Export it once more with a password."));
                }
            };
            if !opened {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `EncryptedData` (RFC 5652 section 8), whose attributes are of no use here.
    fn decrypt_safe(&mut self, content: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let content = AnyRef::from_der(content).map_err(|_| unreadable())?;
        let info = elements(content.value()).nth(1).and_then(der::Result::ok);
        let info = info.ok_or_else(unreadable)?;
        let mut parts = elements(info.value()).skip(1).map_while(der::Result::ok);
        let algorithm = parts.next().ok_or_else(unreadable)?;
        let algorithm = algorithm.to_der().map_err(|_| unreadable())?;
        let algorithm = AlgorithmIdentifierOwned::from_der(&algorithm).map_err(|_| unreadable())?;
        // Left out is what is empty; in pieces it is only as BER.
        let data = parts.next().map_or(&[][..], |data| data.value());
        self.decrypt(Part::File, &algorithm, data)
    }

    /// What comes out is one sequence in any case; a wrong password makes something else of it.
    fn decrypt(
        &mut self,
        part: Part,
        algorithm: &AlgorithmIdentifierOwned,
        data: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let plain = encryption::decrypt(part, algorithm, data, &self.password, self.effort)?;
        Ok(plain.filter(|plain| is_whole(plain)))
    }

    /// Reads `SafeContents`; false if the password does not open a key.
    fn read_bags(&mut self, bags: &[u8], depth: usize) -> Result<bool> {
        let bags = AnyRef::from_der(bags).map_err(|_| unreadable())?;
        for bag in elements(bags.value()) {
            let bag = bag.map_err(|_| unreadable())?;
            // Attributes follow: names and numbers of boxes, which are of no use here.
            let mut parts = elements(bag.value()).map_while(der::Result::ok);
            let (Some(id), Some(value)) = (parts.next(), parts.next()) else {
                return Err(unreadable());
            };
            let id = id.decode_as::<Oid>().map_err(|_| unreadable())?;
            let value = explicit(&value, 0).ok_or_else(unreadable)?;
            let opened = match id {
                SAFE_CONTENTS_BAG if depth > 0 => self.read_bags(&encoded(&value)?, depth - 1)?,
                SAFE_CONTENTS_BAG => return Err(unreadable()),
                _ => self.read_bag(id, &encoded(&value)?)?,
            };
            if !opened {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn read_bag(&mut self, id: Oid, value: &[u8]) -> Result<bool> {
        match id {
            CERTIFICATE_BAG => {
                let bag = CertBag::from_der(value).map_err(|_| unreadable())?;
                if bag.cert_id == X509_CERTIFICATE {
                    self.found.add_certificate(bag.cert_value.as_bytes())?;
                }
            }
            KEY_BAG => self.found.add_key(PrivateKey::from_pkcs8_der(value)?)?,
            SHROUDED_KEY_BAG => {
                self.found.check_keys()?;
                let key = EncryptedPrivateKeyInfo::from_der(value).map_err(|_| unreadable())?;
                let data = key.encrypted_data.as_bytes();
                let plain = self.decrypt(Part::PrivateKey, &key.encryption_algorithm, data)?;
                let Some(plain) = plain else {
                    return Ok(false);
                };
                self.found.add_key(PrivateKey::from_pkcs8_der(&plain)?)?;
            }
            // Revocation lists and secrets of other kinds.
            _ => {}
        }
        Ok(true)
    }
}

fn octets(content: &der::Any) -> Result<OctetString> {
    content.decode_as().map_err(|_| unreadable())
}

fn encoded(value: &AnyRef<'_>) -> Result<Zeroizing<Vec<u8>>> {
    value.to_der().map(Zeroizing::new).map_err(|_| unreadable())
}

fn unreadable() -> Refusal {
    Refusal::new(
        Part::File,
        "Unable to parse the PKCS#12 file: it is not whole.",
    )
    .remedy("Export it once more; it may have been cut off.")
}

fn empty() -> Refusal {
    Refusal::new(
        Part::File,
        "The PKCS#12 file holds neither a certificate nor a private key.",
    )
    .remedy("Export it once more with the certificate and its private key.")
}
