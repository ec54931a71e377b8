//! Whether CAA records let a certificate authority issue (RFC 8659), by the method and for the account
//! that an order has (RFC 8657).

use hickory_proto::rr::rdata::CAA;
use hickory_proto::rr::{Name, RData, RecordType};

use super::asker::Asker;
use super::text::{dotless, value};
use super::wire::Failure;
use super::{Mistake, zone};

/// Names that are asked on the way up; the rest of a longer name is not climbed.
const CLIMB: usize = 32;
/// Issuers that are shown.
const ISSUERS: usize = 8;
/// How orders are proven here (RFC 8555 section 9.7.8).
const METHOD: &str = "dns-01";

/// Whom CAA records should let issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuer {
    /// The names that the certificate authority goes by in CAA records; without any these are not
    /// judged.
    pub identities: Vec<String>,
    /// The address of the account that orders, if it is known.
    pub account_url: Option<String>,
}

impl Asker<'_> {
    /// The CAA records that forbid an authority to issue for a domain, or that they cannot be looked
    /// up, which forbids it, too.
    pub(super) async fn caa_forbids(&self, domain: &str, issuer: &Issuer) -> Option<Mistake> {
        if issuer.identities.is_empty() {
            return None;
        }
        let wildcard = domain.strip_prefix("*.");
        let mut at = zone::parse(wildcard.unwrap_or(domain))?;
        for _ in 0..CLIMB {
            let said = match self.recursive(&at, RecordType::CAA).await {
                Ok(said) => said,
                // some zones' servers never answer such a question, which a resolver waits for in vain
                Err(
                    Failure::ServerFailed | Failure::TimedOut | Failure::Code(_) | Failure::Circle,
                ) => {
                    let name = dotless(&at);
                    return Some(Mistake::CaaUnknown { name });
                }
                // the way to the server is ours, and says nothing of what the authority sees
                Err(_) => return None,
            };
            // CNAME records were followed, and what is at their end counts (section 3).
            let records = said.answers.iter().filter_map(|record| match &record.data {
                RData::CAA(caa) => Some(caa),
                _ => None,
            });
            let records: Vec<_> = records.collect();
            if !records.is_empty() {
                return forbidden(&records, wildcard.is_some(), issuer);
            }
            at = up(&at)?;
        }
        None
    }
}

fn up(name: &Name) -> Option<Name> {
    Some(name.base_name()).filter(|name| !name.is_root())
}

fn forbidden(records: &[&CAA], wildcard: bool, issuer: &Issuer) -> Option<Mistake> {
    let tagged = |tag: &str| {
        let of_tag = |caa: &&&CAA| caa.tag.eq_ignore_ascii_case(tag);
        records.iter().filter(of_tag).copied().collect::<Vec<_>>()
    };
    let known = [
        "issue",
        "issuewild",
        "iodef",
        "issuemail",
        "contactemail",
        "contactphone",
    ];
    let strange = |caa: &&CAA| {
        caa.issuer_critical && !known.iter().any(|tag| caa.tag.eq_ignore_ascii_case(tag))
    };
    let (issue, issue_wild) = (tagged("issue"), tagged("issuewild"));
    // For a wildcard the one kind replaces the other (section 4.3).
    let counts = if wildcard && !issue_wild.is_empty() {
        issue_wild
    } else {
        issue
    };
    let grants: Vec<_> = counts
        .iter()
        .filter_map(|caa| Grant::read(&caa.value))
        .collect();
    let allowed = (counts.is_empty() || grants.iter().any(|grant| grant.is_for(issuer)))
        && !records.iter().any(strange);
    (!allowed).then(|| Mistake::CaaForbids {
        issuers: grants.iter().take(ISSUERS).map(Grant::shown).collect(),
    })
}

/// Whom a value lets issue, and on what terms.
struct Grant {
    issuer: String,
    parameters: Vec<(String, String)>,
}

impl Grant {
    /// None if it names nobody; one that breaks the grammar counts as such (section 4.2).
    fn read(text: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(text);
        let mut parts = text.split(';').map(str::trim);
        let issuer = parts.next().filter(|name| !name.is_empty())?.to_owned();
        let parameters = parts.filter(|part| !part.is_empty()).map(|part| {
            let (tag, value) = part.split_once('=')?;
            Some((tag.trim().to_ascii_lowercase(), value.trim().to_owned()))
        });
        let parameters = parameters.collect::<Option<_>>()?;
        Some(Self { issuer, parameters })
    }

    fn is_for(&self, issuer: &Issuer) -> bool {
        let same = |identity: &String| identity.eq_ignore_ascii_case(&self.issuer);
        // A parameter that is there twice is never met (RFC 8657 sections 3 and 4).
        let meets = |tag: &str, is_met: &dyn Fn(&str) -> bool| {
            let values = self.parameters.iter().filter(|(name, _)| name == tag);
            let values: Vec<_> = values.map(|(_, value)| value.as_str()).collect();
            match values[..] {
                [] => true,
                [value] => is_met(value),
                _ => false,
            }
        };
        let account = issuer.account_url.as_deref();
        issuer.identities.iter().any(same)
            && meets("validationmethods", &|methods| {
                methods.split(',').any(|method| method.trim() == METHOD)
            })
            && meets("accounturi", &|uri| account.is_none_or(|url| url == uri))
    }

    /// The name, with the terms that say on what it depends.
    fn shown(&self) -> String {
        let mut text = self.issuer.clone();
        for (tag, value) in &self.parameters {
            if tag == "validationmethods" || tag == "accounturi" {
                text.extend(["; ", tag.as_str(), "=", value.as_str()]);
            }
        }
        value(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(records: &[(&str, &str)], wildcard: bool, critical: bool) -> Option<Vec<String>> {
        let record = |(tag, value): &(&str, &str)| {
            let mut caa = CAA::new_issue(critical, None, Vec::new());
            caa.tag = (*tag).to_owned();
            caa.value = value.as_bytes().to_vec();
            caa
        };
        let records: Vec<_> = records.iter().map(record).collect();
        let records: Vec<_> = records.iter().collect();
        let issuer = Issuer {
            identities: vec!["ca.example".to_owned(), "other-ca.example".to_owned()],
            account_url: Some("https://ca.example/acct/1".to_owned()),
        };
        forbidden(&records, wildcard, &issuer).map(|mistake| match mistake {
            Mistake::CaaForbids { issuers } => issuers,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    #[rustfmt::skip] // one case a line
    fn the_rules_of_rfc_8659_decide_who_may_issue() {
        let nobody = Some(Vec::new());
        let rival = Some(vec!["rival.example".to_owned()]);
        assert_eq!(judged(&[("issue", "ca.example")], false, false), None);
        assert_eq!(judged(&[("ISSUE", " CA.Example ; account=1")], false, false), None);
        assert_eq!(judged(&[("issue", "rival.example"), ("issue", "ca.example")], false, false), None);
        assert_eq!(judged(&[("issue", "rival.example; policy=ev")], false, false), rival);
        assert_eq!(judged(&[("issue", ";")], false, false), nobody);
        assert_eq!(judged(&[("issue", "")], true, false), nobody);
        // Only who says something about issuing forbids it.
        assert_eq!(judged(&[("iodef", "mailto:a@example.com")], false, true), None);
        assert_eq!(judged(&[("issuewild", ";")], false, false), None);
        assert_eq!(judged(&[("issuewild", ";")], true, false), nobody);
        assert_eq!(judged(&[("issue", "rival.example"), ("issuewild", "ca.example")], true, false), None);
        assert_eq!(judged(&[("issue", "ca.example"), ("issuewild", "rival.example")], true, false), rival);
        assert_eq!(judged(&[("issue", "ca.example")], true, false), None);
        // What an authority must understand and does not.
        assert_eq!(judged(&[("future", "x")], false, true), nobody);
        assert_eq!(judged(&[("future", "x")], false, false), None);
    }

    #[test]
    #[rustfmt::skip] // one case a line
    fn the_terms_of_rfc_8657_are_those_of_the_order() {
        let is_allowed = |value: &str| judged(&[("issue", value)], false, false).is_none();
        assert!(is_allowed("ca.example; validationmethods=dns-01"));
        assert!(is_allowed("ca.example;validationmethods = http-01,dns-01 ;"));
        assert!(!is_allowed("ca.example; validationmethods=http-01"));
        assert!(!is_allowed("ca.example; validationmethods="));
        assert!(!is_allowed("ca.example; validationmethods=dns-01; validationmethods=dns-01"));
        assert!(is_allowed("ca.example; accounturi=https://ca.example/acct/1"));
        assert!(!is_allowed("ca.example; accounturi=https://ca.example/acct/2"));
        assert!(!is_allowed("ca.example; accounturi=https://ca.example/acct/1; validationmethods=http-01"));
        assert!(is_allowed("ca.example; policy=ev"));
        assert!(!is_allowed("ca.example; nonsense"), "as if it named nobody");
        let shown = judged(&[("issue", "ca.example; a=b; validationmethods=http-01")], false, false);
        assert_eq!(shown, Some(vec!["ca.example; validationmethods=http-01".to_owned()]));
        let unknown = Issuer { identities: vec!["ca.example".to_owned()], account_url: None };
        let grant = Grant::read(b"ca.example; accounturi=https://ca.example/acct/2").unwrap();
        assert!(grant.is_for(&unknown), "nothing to compare it with");
    }
}
