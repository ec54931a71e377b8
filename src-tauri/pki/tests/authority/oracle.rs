//! What the rules of a template mean, told a second time and in another way: by labels, from what
//! stands in the certificate.

use der::Decode;
use keyturn_pki::Certificate;
use keyturn_pki::issue::template::TemplateRules;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// The names of a certificate that the rules are about.
pub(crate) struct Names {
    pub(crate) common: Option<String>,
    pub(crate) hosts: Vec<String>,
    pub(crate) mails: Vec<String>,
    pub(crate) ips: usize,
    pub(crate) uris: Vec<String>,
    pub(crate) others: usize,
}

pub(crate) fn names(certificate: &Certificate) -> Names {
    let read = x509_cert::Certificate::from_der(certificate.der()).unwrap();
    let read = read.tbs_certificate();
    let common = read.subject().common_name().unwrap();
    let mut names = Names {
        common: common.map(|name| name.value().into_owned()),
        hosts: Vec::new(),
        mails: Vec::new(),
        ips: 0,
        uris: Vec::new(),
        others: 0,
    };
    let alternative = read.get_extension::<SubjectAltName>().unwrap();
    if let Some((critical, _)) = &alternative {
        assert_eq!(*critical, read.subject().is_empty());
    }
    for name in alternative.map(|(_, names)| names.0).unwrap_or_default() {
        match name {
            GeneralName::DnsName(name) => names.hosts.push(name.to_string()),
            GeneralName::Rfc822Name(name) => names.mails.push(name.to_string()),
            GeneralName::IpAddress(_) => names.ips += 1,
            GeneralName::UniformResourceIdentifier(name) => names.uris.push(name.to_string()),
            GeneralName::OtherName(_) => names.others += 1,
            other => panic!("nobody can ask for {other:?}"),
        }
    }
    names
}

pub(crate) fn allows(rules: &TemplateRules, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if name.contains('*') && !rules.allow_wildcard_certificates {
        return false;
    }
    if rules.allow_any_name {
        return true;
    }
    let host = name.rsplit('@').next().unwrap();
    let labels: Vec<&str> = host.split('.').collect();
    let mut ends = Vec::new();
    for domain in &rules.allowed_domains {
        let domain = domain.to_ascii_lowercase();
        if domain.is_empty() {
            continue;
        }
        if rules.allow_glob_domains && domain.contains('*') && fills(&domain, &name) {
            return true;
        }
        if rules.allow_bare_domains && (domain == name || (host != name && domain == host)) {
            return true;
        }
        ends.push(domain);
    }
    if rules.allow_localhost {
        if ["localhost", "localdomain"].contains(&host) {
            return true;
        }
        ends.extend(["localhost".to_owned(), "localdomain".to_owned()]);
    }
    rules.allow_subdomains
        && ends.iter().any(|end| {
            let end: Vec<&str> = end.split('.').collect();
            labels.len() > end.len() && labels.ends_with(&end)
        })
}

/// Whether `*` can be filled in: the first part begins the text, the last one ends it, and the
/// others stand between in their order.
pub(crate) fn fills(pattern: &str, text: &str) -> bool {
    let parts: Vec<&str> = pattern.split('*').collect();
    let [first, middle @ .., last] = parts.as_slice() else {
        return pattern == text;
    };
    let Some(rest) = text
        .strip_prefix(first)
        .and_then(|rest| rest.strip_suffix(last))
    else {
        return false;
    };
    let mut rest = rest;
    middle.iter().all(|part| {
        let found = rest.find(part);
        rest = found.map_or("", |at| &rest[at + part.len()..]);
        found.is_some()
    })
}
