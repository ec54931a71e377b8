//! Alternative names as an extension has them.

use std::net::IpAddr;

use der::Tag;
use der::asn1::{Any, Ia5String};
use x509_cert::ext::pkix::name::{GeneralName, OtherName as OtherNameInner};

use crate::{Part, Refusal, Result};

use super::{AltNames, OtherName, is_uri, push};

impl AltNames {
    /// For an extension.
    pub(crate) fn to_general(&self, part: Part) -> Result<Vec<GeneralName>> {
        let ia5 = |text: &String| {
            Ia5String::new(text).map_err(|_| Refusal::new(part, "A name is not in ASCII."))
        };
        let mut names = Vec::with_capacity(self.len());
        for name in &self.dns {
            names.push(GeneralName::DnsName(ia5(name)?));
        }
        for name in &self.email {
            names.push(GeneralName::Rfc822Name(ia5(name)?));
        }
        names.extend(self.ip.iter().copied().map(GeneralName::from));
        for name in &self.uri {
            names.push(GeneralName::UniformResourceIdentifier(ia5(name)?));
        }
        for OtherName { oid, value } in &self.other {
            let value = Any::new(Tag::Utf8String, value.as_bytes())
                .map_err(|_| Refusal::new(part, "A name in other_sans is too long."))?;
            names.push(GeneralName::OtherName(OtherNameInner {
                type_id: *oid,
                value,
            }));
        }
        Ok(names)
    }

    /// Reads those of a request. They are held to the same rules; kinds that the API does not have
    /// are refused, for to leave them out would make another certificate than was asked for.
    pub(crate) fn of_request(general: &[GeneralName]) -> Result<Self> {
        let mut names = Self::default();
        for (place, name) in general.iter().enumerate() {
            let refuse = |what: &str| {
                Refusal::new(
                    Part::Csr,
                    format!("Alternative name {} of the request {what}.", place + 1),
                )
            };
            names.take_general(name, &refuse)?;
        }
        names.check_count(Part::Csr)?;
        Ok(names)
    }

    fn take_general(&mut self, name: &GeneralName, refuse: &dyn Fn(&str) -> Refusal) -> Result<()> {
        match name {
            GeneralName::DnsName(text) if !text.as_str().contains('@') => {
                self.take_alt_name(text.as_str(), refuse)
            }
            GeneralName::Rfc822Name(text) if text.as_str().contains('@') => {
                self.take_alt_name(text.as_str(), refuse)
            }
            GeneralName::IpAddress(bytes) => {
                let bytes = bytes.as_bytes();
                let address = <[u8; 4]>::try_from(bytes)
                    .map(IpAddr::from)
                    .or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from))
                    .map_err(|_| refuse("is no IP address"))?;
                push(&mut self.ip, address);
                Ok(())
            }
            GeneralName::UniformResourceIdentifier(text) if is_uri(text.as_str()) => {
                push(&mut self.uri, text.as_str().to_owned());
                Ok(())
            }
            GeneralName::OtherName(other) => {
                let value = other
                    .value
                    .decode_as::<String>()
                    .map_err(|_| refuse("is of another kind, and not in UTF-8"))?;
                let other = OtherName {
                    oid: other.type_id,
                    value,
                };
                push(&mut self.other, other);
                Ok(())
            }
            GeneralName::DirectoryName(_)
            | GeneralName::EdiPartyName(_)
            | GeneralName::RegisteredId(_) => {
                Err(refuse("is of a kind that the API does not have")
                    .remedy("Make the request once more with host names, addresses and URIs only."))
            }
            _ => Err(refuse("is not well formed")),
        }
    }
}
