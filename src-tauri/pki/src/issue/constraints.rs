//! Name constraints (RFC 5280 section 4.2.1.10): which names the authorities of a path let stand
//! below them. A certificate beyond them would be signed, and trusted by nobody.

use std::net::IpAddr;

use const_oid::ObjectIdentifier as Oid;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::pkix::NameConstraints;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::{Name, RelativeDistinguishedName};

use crate::alt_name::uri_host;
use crate::name::string;
use crate::{AltNames, Certificate, Part, Refusal, Result, Subject};

/// Holds alternative names against the constraints of all authorities above them, whatever their
/// order.
pub fn check_names<'a>(
    authorities: impl IntoIterator<Item = &'a Certificate>,
    names: &AltNames,
) -> Result<()> {
    for authority in authorities {
        let Some(constraints) = Constraints::of(authority)? else {
            continue;
        };
        for name in &names.dns {
            constraints.check(Named::Dns(name))?;
        }
        for name in &names.email {
            constraints.check(Named::Email(name))?;
        }
        for address in &names.ip {
            constraints.check(Named::Ip(*address))?;
        }
        for uri in &names.uri {
            constraints.check(Named::Uri(uri))?;
        }
        if !names.other.is_empty() {
            constraints.check(Named::Other)?;
        }
    }
    Ok(())
}

/// Holds a subject against the directory names that they permit and exclude.
pub fn check_subject<'a>(
    authorities: impl IntoIterator<Item = &'a Certificate>,
    subject: &Subject,
) -> Result<()> {
    check_name(authorities, &subject.to_name(Part::Certificate)?)
}

pub(super) fn check_name<'a>(
    authorities: impl IntoIterator<Item = &'a Certificate>,
    subject: &Name,
) -> Result<()> {
    if subject.is_empty() {
        return Ok(());
    }
    for authority in authorities {
        if let Some(constraints) = Constraints::of(authority)? {
            constraints.check(Named::Directory(subject))?;
        }
    }
    Ok(())
}

/// An authority in a sentence: by its common name if nothing in that could mislead.
pub(super) fn called(authority: &Certificate) -> String {
    let sound = |char: char| char.is_alphanumeric() || " .,-_'()&".contains(char);
    crate::name::common_name(authority.tbs().subject())
        .filter(|name| (1..=64).contains(&name.chars().count()) && name.chars().all(sound))
        .map_or_else(String::new, |name| format!(" ‘{name}’"))
}

/// What one authority permits and excludes.
struct Constraints<'a> {
    authority: &'a Certificate,
    permitted: Vec<GeneralSubtree>,
    excluded: Vec<GeneralSubtree>,
}

impl<'a> Constraints<'a> {
    fn of(authority: &'a Certificate) -> Result<Option<Self>> {
        let read = match authority.tbs().get_extension::<NameConstraints>() {
            Ok(None) => return Ok(None),
            Ok(Some((_, read))) => read,
            Err(_) => return Err(unreadable(authority)),
        };
        let permitted = read.permitted_subtrees.unwrap_or_default();
        let excluded = read.excluded_subtrees.unwrap_or_default();
        // Section 4.2.1.10 knows no other values, and nobody has said what they would mean.
        let odd = |subtree: &GeneralSubtree| subtree.minimum != 0 || subtree.maximum.is_some();
        if permitted.iter().chain(&excluded).any(odd) {
            return Err(unreadable(authority));
        }
        Ok(Some(Self {
            authority,
            permitted,
            excluded,
        }))
    }

    /// Within one that is permitted, if any of its kind are, and within none that is excluded.
    fn check(&self, name: Named<'_>) -> Result<()> {
        let mut permitted = self.permitted.iter().filter(|one| name.is_kind_of(one));
        let mut excluded = self.excluded.iter().filter(|one| name.is_kind_of(one));
        if permitted.clone().chain(excluded.clone()).next().is_none() {
            return Ok(());
        }
        if !name.can_be_compared() {
            return Err(self.refuse(name, "cannot be held against the name constraints"));
        }
        if permitted.clone().next().is_some() && !permitted.any(|one| name.is_within(one)) {
            let rule = match name {
                Named::Dns(_) => "lies beyond the permitted_dns_domains",
                _ => "lies beyond the permitted names",
            };
            return Err(self.refuse(name, rule));
        }
        if excluded.any(|one| name.is_excluded_by(one)) {
            return Err(self.refuse(name, "lies within the excluded names"));
        }
        Ok(())
    }

    fn refuse(&self, name: Named<'_>, rule: &str) -> Refusal {
        let (kind, authority) = (name.kind(), called(self.authority));
        let remedy = match name {
            Named::Directory(_) => "Give another subject, or use another issuer.",
            _ => "Leave the name out, or use another issuer.",
        };
        Refusal::new(
            Part::Certificate,
            format!("{kind} {rule} of the authority{authority}."),
        )
        .remedy(remedy)
    }
}

/// One name that is to be signed.
#[derive(Clone, Copy)]
enum Named<'a> {
    Dns(&'a str),
    Email(&'a str),
    Ip(IpAddr),
    Uri(&'a str),
    Directory(&'a Name),
    /// What it means to be within another one is not known.
    Other,
}

impl Named<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Dns(_) => "A host name",
            Self::Email(_) => "An e-mail address",
            Self::Ip(_) => "An IP address",
            Self::Uri(_) => "A URI",
            Self::Directory(_) => "The subject",
            Self::Other => "A name in other_sans",
        }
    }

    const fn is_kind_of(self, subtree: &GeneralSubtree) -> bool {
        matches!(
            (self, &subtree.base),
            (Self::Dns(_), GeneralName::DnsName(_))
                | (Self::Email(_), GeneralName::Rfc822Name(_))
                | (Self::Ip(_), GeneralName::IpAddress(_))
                | (Self::Uri(_), GeneralName::UniformResourceIdentifier(_))
                | (Self::Directory(_), GeneralName::DirectoryName(_))
                | (Self::Other, GeneralName::OtherName(_))
        )
    }

    /// A URI without a host name must be refused where hosts are constrained.
    fn can_be_compared(self) -> bool {
        match self {
            Self::Uri(uri) => uri_host(uri).is_some(),
            Self::Other => false,
            _ => true,
        }
    }

    fn is_within(self, subtree: &GeneralSubtree) -> bool {
        match (self, &subtree.base) {
            (Self::Dns(name), GeneralName::DnsName(base)) => is_below(name, base.as_str()),
            (Self::Email(name), GeneralName::Rfc822Name(base)) => is_mail_of(name, base.as_str()),
            (Self::Ip(address), GeneralName::IpAddress(base)) => {
                is_in_net(address, base.as_bytes())
            }
            (Self::Uri(uri), GeneralName::UniformResourceIdentifier(base)) => {
                uri_host(uri).is_some_and(|host| is_host_of(host, base.as_str()))
            }
            (Self::Directory(name), GeneralName::DirectoryName(base)) => begins_with(name, base),
            _ => false,
        }
    }

    /// Also a wildcard that could stand for an excluded name, and an address where the net cannot
    /// be read.
    fn is_excluded_by(self, subtree: &GeneralSubtree) -> bool {
        let covers = match (self, &subtree.base) {
            (Self::Dns(name), GeneralName::DnsName(base)) => {
                let parent = base.as_str().split_once('.').map(|(_, parent)| parent);
                let rest = name.strip_prefix("*.");
                rest.is_some_and(|rest| {
                    parent.is_some_and(|parent| rest.eq_ignore_ascii_case(parent))
                })
            }
            (Self::Ip(_), GeneralName::IpAddress(base)) => !matches!(base.as_bytes().len(), 8 | 32),
            _ => false,
        };
        covers || self.is_within(subtree)
    }
}

/// Whether labels can be put before a domain to make a name. With a dot before the domain it must
/// be one at least, as all programs take it that know more than the letter of the RFC.
fn is_below(name: &str, domain: &str) -> bool {
    let (name, domain) = (name.as_bytes(), domain.as_bytes());
    let Some((rest, end)) = name
        .len()
        .checked_sub(domain.len())
        .map(|at| name.split_at(at))
    else {
        return false;
    };
    let parted = rest.is_empty() || rest.ends_with(b".") || domain.starts_with(b".");
    end.eq_ignore_ascii_case(domain) && (parted || domain.is_empty())
}

/// One mailbox, all of a host, or all of the hosts below a domain.
fn is_mail_of(address: &str, base: &str) -> bool {
    let Some((local, host)) = address.split_once('@') else {
        return false;
    };
    match base.rsplit_once('@') {
        Some((wanted, of)) => local == wanted && host.eq_ignore_ascii_case(of),
        None => is_host_of(host, base),
    }
}

/// One host, or all of those below a domain that has a dot before it.
fn is_host_of(host: &str, base: &str) -> bool {
    if base.starts_with('.') {
        is_below(host, base)
    } else {
        base.is_empty() || host.eq_ignore_ascii_case(base)
    }
}

/// An address and a mask of the same length.
fn is_in_net(address: IpAddr, base: &[u8]) -> bool {
    let address = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let (net, mask) = base.split_at(base.len() / 2);
    let mut bytes = net.iter().zip(mask).zip(&address);
    base.len() == 2 * address.len()
        && bytes.all(|((net, mask), byte)| (net & mask) == (byte & mask))
}

/// Whether a name has all parts of another one before its own.
fn begins_with(name: &Name, base: &Name) -> bool {
    let mut parts = name.iter_rdn();
    base.iter_rdn()
        .all(|wanted| parts.next().is_some_and(|part| told(part) == told(wanted)))
}

/// Without regard to case, spaces and the type of a string (RFC 5280 section 7.1).
fn told(part: &RelativeDistinguishedName) -> Vec<(Oid, Option<String>, &[u8])> {
    let mut told: Vec<_> = part
        .iter()
        .map(|attribute| {
            let text = text(attribute);
            let bytes = attribute.value.value();
            let bytes = if text.is_some() { &[][..] } else { bytes };
            (attribute.oid, text, bytes)
        })
        .collect();
    told.sort();
    told
}

fn text(attribute: &AttributeTypeAndValue) -> Option<String> {
    let text = string(attribute.value.to_ref())?.to_lowercase();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn unreadable(authority: &Certificate) -> Refusal {
    let authority = called(authority);
    Refusal::new(
        Part::Certificate,
        format!("The name constraints of the authority{authority} cannot be read."),
    )
    .remedy("Use another issuer.")
}
