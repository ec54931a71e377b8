//! Which names a template allows.

use crate::alt_name::{is_dns_name, is_email};
use crate::{OtherName, Part, Subject};

use super::{Result, RuleRefusal, TemplateRules};

/// What a common name is called in a refusal.
pub(super) const COMMON_NAME: &str = "common name";

/// Checks a host name, an e-mail address or, if hosts are not enforced, any common name. Of an
/// e-mail address, the domain is what counts.
pub(super) fn check(template: &TemplateRules, kind: &str, name: &str) -> Result<()> {
    let well_formed = is_dns_name(name) || is_email(name);
    let told = || {
        if well_formed {
            format!("{kind} {name}")
        } else {
            kind.to_owned()
        }
    };
    let refuse = |rule, why: &str, remedy: &str| {
        Err(RuleRefusal::new(
            rule,
            format!("The {} {why}.", told()),
            remedy,
        ))
    };
    // Before anything is compared: a long or odd name is refused as what it is.
    if kind == COMMON_NAME {
        Subject::named(name)
            .to_name(Part::Certificate)
            .map_err(RuleRefusal::of("common_name"))?;
    }
    let wildcard = name.contains('*');
    if wildcard && !template.allow_wildcard_certificates {
        return refuse(
            "allow_wildcard_certificates",
            "has a wildcard, which the template does not allow",
            "Give the names of hosts, or allow wildcards in the template.",
        );
    }
    if wildcard && !is_dns_name(name) {
        return refuse(
            "allow_wildcard_certificates",
            "has a wildcard where there can be none",
            "Write * as the whole first label of a host name.",
        );
    }
    // A name with an @ that is no address would be measured by a part of it.
    if (template.enforce_hostnames || name.contains('@')) && !well_formed {
        return refuse(
            "enforce_hostnames",
            "is neither a host name nor an e-mail address",
            "Give one of both, in ASCII, or switch enforce_hostnames off in the template.",
        );
    }
    if template.allow_any_name {
        return Ok(());
    }
    if template.allowed_domains_template
        && template
            .allowed_domains
            .iter()
            .any(|domain| domain.contains("{{"))
    {
        return Err(RuleRefusal::new(
            "allowed_domains_template",
            "Templates within allowed_domains are not supported: there are no identities to fill in.",
            "Write the domains out in the template, and switch allowed_domains_template off.",
        ));
    }
    if is_allowed(template, &name.to_ascii_lowercase()) {
        return Ok(());
    }
    refuse(
        "allowed_domains",
        "is not allowed by the template",
        "Give another name, or allow the domain in the template.",
    )
}

fn is_allowed(template: &TemplateRules, name: &str) -> bool {
    let host = name.strip_prefix("*.").unwrap_or(name);
    let wildcard = host.len() < name.len();
    let (host, email) = match host.split_once('@') {
        Some((_, domain)) => (domain, true),
        None => (host, false),
    };
    let is_below = |domain: &str| {
        let rest = host.strip_suffix(domain);
        let below = rest.is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'));
        below || (wildcard && host == domain)
    };
    if template.allow_localhost {
        for local in ["localhost", "localdomain"] {
            if (host == local && !wildcard) || (template.allow_subdomains && is_below(local)) {
                return true;
            }
        }
    }
    template
        .allowed_domains
        .iter()
        .map(|domain| domain.trim().to_ascii_lowercase())
        .filter(|domain| !domain.is_empty())
        .any(|domain| {
            (template.allow_bare_domains && (name == domain || (email && host == domain)))
                || (template.allow_subdomains && is_below(&domain))
                || (template.allow_glob_domains && domain.contains('*') && glob(&domain, name))
        })
}

/// Checks names of other kinds.
pub(super) fn check_other(template: &TemplateRules, names: &[OtherName]) -> Result<()> {
    let rule = "allowed_other_sans";
    let Some(allowed) = other_patterns(template)? else {
        return Ok(());
    };
    let is_allowed = |name: &OtherName| {
        let mut patterns = allowed.iter();
        patterns.any(|pattern| pattern.oid == name.oid && glob(&pattern.value, &name.value))
    };
    if let Some(name) = names.iter().find(|name| !is_allowed(name)) {
        return Err(RuleRefusal::new(
            rule,
            format!(
                "The template does not allow this name of the kind {}.",
                name.oid
            ),
            "Leave it out, or allow it in the template.",
        ));
    }
    Ok(())
}

/// The patterns of names of other kinds; none if all are allowed.
pub(super) fn other_patterns(template: &TemplateRules) -> Result<Option<Vec<OtherName>>> {
    if let [all] = template.allowed_other_sans.as_slice()
        && all == "*"
    {
        return Ok(None);
    }
    let mut patterns = Vec::with_capacity(template.allowed_other_sans.len());
    for pattern in &template.allowed_other_sans {
        patterns.push(OtherName::parse(pattern).ok_or_else(|| {
            RuleRefusal::new(
                "allowed_other_sans",
                "The template holds what is no name of another kind.",
                "Write it as an object identifier, ;UTF8: and a text.",
            )
        })?);
    }
    Ok(Some(patterns))
}

/// Whether `*` in a pattern can be filled in so that it becomes the text. Goes back to the last `*`
/// only, so that its work stays within the product of both lengths.
pub(super) fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(byte) if *byte == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match star {
                Some((place, from)) => {
                    star = Some((place, from + 1));
                    at = place + 1;
                    seen = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text) in [
            ("*", ""),
            ("*", "a.b"),
            ("a*c", "abcbc"),
            ("*.example.com", "a.b.example.com"),
            ("ftp*.example.com", "ftp1.example.com"),
            ("spiffe://a/*", "spiffe://a/b/c"),
            ("a", "a"),
        ] {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("a*c", "abcb"),
            ("*.example.com", "example.com"),
            ("*.example.com", "a.example.com.evil"),
            ("a", "ab"),
        ] {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
        let long = "a".repeat(2048);
        assert!(!glob(&format!("{}b", "a*".repeat(100)), &long));
    }
}
